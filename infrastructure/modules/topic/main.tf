data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "topic" {
  statement {
    sid       = "PublishFromServicesOfTheAccount"
    effect    = "Allow"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this.arn]

    principals {
      type        = "Service"
      identifiers = var.publishers
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [data.aws_caller_identity.current.account_id]
    }
  }

  statement {
    sid       = "RefuseUnencryptedTransport"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = var.key_arn # OBS-04
}

resource "aws_sns_topic_policy" "this" {
  arn    = aws_sns_topic.this.arn
  policy = data.aws_iam_policy_document.topic.json
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.subscribers # OBS-04

  topic_arn = aws_sns_topic.this.arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}
