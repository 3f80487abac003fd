resource "aws_s3_bucket" "conforming" {
  bucket = "conforming"
}

resource "aws_s3_bucket_policy" "inline" {
  bucket = aws_s3_bucket.conforming.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Tls", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::app/*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}

resource "aws_s3_bucket" "conforming_2" {
  bucket = "conforming_2"
}

resource "aws_s3_bucket_policy" "document" {
  bucket = aws_s3_bucket.conforming_2.id
  policy = data.aws_iam_policy_document.tls.json
}

data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["*"]

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket" "conforming_3" {
  bucket = "conforming_3"
}

resource "aws_s3_bucket_policy" "text" {
  bucket = aws_s3_bucket.conforming_3.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app/*"},
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::app/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
      ]
    }
  JSON
}
