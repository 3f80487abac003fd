data "aws_iam_policy_document" "conforming" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["111122223333"]
    }
  }
}

data "aws_iam_policy_document" "not_a_subject" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}
