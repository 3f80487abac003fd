data "aws_iam_policy_document" "conforming" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.task.arn]
  }
}

data "aws_iam_policy_document" "conforming_2" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}
