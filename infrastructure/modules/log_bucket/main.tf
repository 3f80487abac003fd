data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  arn       = "arn:${local.partition}:s3:::${var.name}"

  # Where each service of AWS writes, and how it proves that it writes for this account.
  writers = {
    AccessLogsOfLoadBalancers = {
      service = "logdelivery.elasticloadbalancing.amazonaws.com"
      paths   = ["AWSLogs/${local.account}/*", "*/AWSLogs/${local.account}/*"]
      proof   = { test = "ArnLike", variable = "aws:SourceArn", value = "arn:${local.partition}:elasticloadbalancing:*:${local.account}:loadbalancer/*" }
    }
    AccessLogsOfBuckets = {
      service = "logging.s3.amazonaws.com"
      paths   = ["s3/*"]
      proof   = { test = "StringEquals", variable = "aws:SourceAccount", value = local.account }
    }
    AuditTrail = {
      service = "cloudtrail.amazonaws.com"
      paths   = ["AWSLogs/${local.account}/*", "*/AWSLogs/${local.account}/*"]
      proof   = { test = "ArnLike", variable = "aws:SourceArn", value = "arn:${local.partition}:cloudtrail:*:${local.account}:trail/*" }
    }
    Configuration = {
      service = "config.amazonaws.com"
      paths   = ["AWSLogs/${local.account}/*", "*/AWSLogs/${local.account}/*"]
      proof   = { test = "StringEquals", variable = "aws:SourceAccount", value = local.account }
    }
    FlowLogsAndDistributions = {
      service = "delivery.logs.amazonaws.com"
      paths   = ["AWSLogs/${local.account}/*", "*/AWSLogs/${local.account}/*"]
      proof   = { test = "StringEquals", variable = "aws:SourceAccount", value = local.account }
    }
  }
}

data "aws_iam_policy_document" "writers" {
  dynamic "statement" {
    for_each = local.writers

    content {
      sid       = "Write${statement.key}"
      effect    = "Allow"
      actions   = ["s3:PutObject"] # OBS-09
      resources = [for path in statement.value.paths : "${local.arn}/${path}"]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = statement.value.proof.test # IAM-03
        variable = statement.value.proof.variable
        values   = [statement.value.proof.value]
      }
    }
  }

  dynamic "statement" {
    for_each = { for name, writer in local.writers : name => writer if !startswith(name, "AccessLogs") }

    content {
      sid       = "Check${statement.key}"
      effect    = "Allow"
      actions   = ["s3:GetBucketAcl", "s3:ListBucket"]
      resources = [local.arn]

      principals {
        type        = "Service"
        identifiers = [statement.value.service]
      }

      condition {
        test     = statement.value.proof.test
        variable = statement.value.proof.variable
        values   = [statement.value.proof.value]
      }
    }
  }
}

module "bucket" {
  source = "../bucket"

  name              = var.name
  key_arn           = null # load balancers and S3 itself write to nothing else; who can, names the key of the logs
  policy_statements = [data.aws_iam_policy_document.writers.json]
  refuse_deletion   = true # AUD-02
  replicate_to      = var.replicate_to
  retention = {
    noncurrent_days = 90
    transition_days = 90
    expire_days     = var.retention_days
  }
}
