data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/${var.name}/cloudtrail"
  retention_in_days = 365
  kms_key_id        = var.key_arn
}

data "aws_iam_policy_document" "trail_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn" # IAM-03
      values   = ["arn:${local.partition}:cloudtrail:${local.region}:${local.account}:trail/${var.name}"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "trail" {
  statement {
    sid       = "DeliverEvents"
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.trail.arn}:log-stream:${local.account}_CloudTrail_${local.region}*"]
  }
}

resource "aws_iam_role" "trail" {
  name               = "${var.name}-trail"
  description        = "Lets CloudTrail deliver the events of the account to CloudWatch Logs."
  assume_role_policy = data.aws_iam_policy_document.trail_trust.json
}

resource "aws_iam_role_policy" "trail" {
  name   = "deliver-events"
  role   = aws_iam_role.trail.id
  policy = data.aws_iam_policy_document.trail.json
}

resource "aws_cloudtrail" "this" {
  #checkov:skip=CKV_AWS_252:A notification for every log file would drown the alarms; failing delivery is seen in the log group
  name                          = var.name
  s3_bucket_name                = var.bucket # AUD-02
  s3_key_prefix                 = "cloudtrail"
  kms_key_id                    = var.key_arn # AUD-01
  is_multi_region_trail         = true        # AUD-01
  include_global_service_events = true
  enable_log_file_validation    = true # AUD-01
  enable_logging                = true # AUD-01
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail.arn

  event_selector {
    read_write_type           = "All"
    include_management_events = true # AUD-01
  }

  depends_on = [aws_iam_role_policy.trail]

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_guardduty_detector" "this" {
  #checkov:skip=CKV2_AWS_3:The account belongs to no organization that could enrol it; the detector covers the region that serves
  enable                       = true # AUD-04
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_guardduty_detector_feature" "this" {
  for_each = toset(["RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"])

  detector_id = aws_guardduty_detector.this.id
  name        = each.key
  status      = "ENABLED"
}

# Findings of medium severity and above, and rules that turn red, reach a person.
resource "aws_cloudwatch_event_rule" "this" {
  for_each = {
    threat = {
      source      = ["aws.guardduty"]
      detail-type = ["GuardDuty Finding"]
      detail      = { severity = [{ numeric = [">=", 4] }] }
    }
    noncompliance = {
      source      = ["aws.config"]
      detail-type = ["Config Rules Compliance Change"]
      detail      = { newEvaluationResult = { complianceType = ["NON_COMPLIANT"] } }
    }
  }

  name          = "${var.name}-${each.key}"
  description   = "Reports a ${each.key} found in the account."
  event_pattern = jsonencode(each.value)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = aws_cloudwatch_event_rule.this

  rule      = each.value.name
  target_id = "topic"
  arn       = var.topic_arn
}
