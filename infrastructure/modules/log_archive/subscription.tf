# How CloudWatch Logs feeds the stream.

data "aws_iam_policy_document" "subscription_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn" # IAM-03
      values   = ["arn:${local.partition}:logs:${local.region}:${local.account_id}:*"]
    }
  }
}

data "aws_iam_policy_document" "subscription" {
  statement {
    sid       = "FeedArchive"
    actions   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
    resources = [aws_kinesis_firehose_delivery_stream.this.arn]
  }
}

resource "aws_iam_role" "subscription" {
  name               = "${var.name}-log-subscription"
  description        = "Passes log events of ${var.name} to the archive's stream"
  assume_role_policy = data.aws_iam_policy_document.subscription_trust.json

  tags = { Name = "${var.name}-log-subscription" }
}

resource "aws_iam_role_policy" "subscription" {
  name   = "subscription"
  role   = aws_iam_role.subscription.id
  policy = data.aws_iam_policy_document.subscription.json # IAM-02
}
