data "aws_iam_policy_document" "violating" {
  statement {
    actions   = ["s3:GetObject", "sqs:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "violating_2" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}
