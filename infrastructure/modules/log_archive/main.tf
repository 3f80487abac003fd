# Copies log groups into the account's protected archive, where neither an application nor an operator of the environment
# can change what was written. OBS-09

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name
}

resource "aws_cloudwatch_log_group" "delivery" {
  name              = "/${var.name}/log-archive"
  retention_in_days = 365
  kms_key_id        = var.key_arn

  tags = { Name = "${var.name}-log-archive" }
}

resource "aws_cloudwatch_log_stream" "delivery" {
  name           = "errors"
  log_group_name = aws_cloudwatch_log_group.delivery.name
}

data "aws_iam_policy_document" "delivery_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId" # IAM-03
      values   = [local.account_id]
    }
  }
}

data "aws_iam_policy_document" "delivery" {
  statement {
    sid       = "FindBucket"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [var.bucket_arn]
  }

  statement {
    sid       = "WriteLogs"
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
    resources = ["${var.bucket_arn}/application/${var.name}/*"]
  }

  statement {
    sid       = "Encrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = distinct([var.bucket_key_arn, var.key_arn])
  }

  statement {
    sid       = "ReportErrors"
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.delivery.arn}:log-stream:${aws_cloudwatch_log_stream.delivery.name}"]
  }
}

resource "aws_iam_role" "delivery" {
  name               = "${var.name}-log-delivery"
  description        = "Writes the logs of ${var.name} to the archive"
  assume_role_policy = data.aws_iam_policy_document.delivery_trust.json

  tags = { Name = "${var.name}-log-delivery" }
}

resource "aws_iam_role_policy" "delivery" {
  name   = "delivery"
  role   = aws_iam_role.delivery.id
  policy = data.aws_iam_policy_document.delivery.json # IAM-02
}

resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = "${var.name}-log-archive"
  destination = "extended_s3"

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = var.key_arn
  }

  extended_s3_configuration {
    role_arn            = aws_iam_role.delivery.arn
    bucket_arn          = var.bucket_arn # OBS-09
    prefix              = "application/${var.name}/!{timestamp:yyyy/MM/dd}/"
    error_output_prefix = "application/${var.name}/failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
    kms_key_arn         = var.bucket_key_arn
    compression_format  = "UNCOMPRESSED" # CloudWatch sends the records gzipped already
    buffering_interval  = 300
    buffering_size      = 64

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.delivery.name
      log_stream_name = aws_cloudwatch_log_stream.delivery.name
    }
  }

  tags = { Name = "${var.name}-log-archive" }

  depends_on = [aws_iam_role_policy.delivery]
}
