resource "aws_s3_bucket" "violating" {
  bucket = "violating"
}

resource "aws_s3_bucket_policy" "other" {
  bucket = aws_s3_bucket.violating.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:DeleteBucket", Resource = "arn:aws:s3:::app" }]
  })
}

resource "aws_s3_bucket" "violating_2" {
  bucket = "violating_2"
}

resource "aws_s3_bucket_policy" "other_document" {
  bucket = aws_s3_bucket.violating_2.id
  policy = data.aws_iam_policy_document.mfa.json
}

data "aws_iam_policy_document" "mfa" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["*"]

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}
