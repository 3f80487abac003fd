# RDS rotates the master password by itself; this states the interval instead of trusting a default.
resource "aws_secretsmanager_secret_rotation" "master" {
  secret_id = aws_db_instance.primary.master_user_secret[0].secret_arn

  rotation_rules {
    automatically_after_days = 7 # SEC-05
  }
}

# The application has no password at all: it signs in with a token of its task role that lives fifteen minutes.
data "aws_iam_policy_document" "connect" {
  statement {
    sid     = "ConnectAsTheApplication"
    effect  = "Allow"
    actions = ["rds-db:connect"]
    resources = [ # DAT-06
      for instance in concat([aws_db_instance.primary], values(aws_db_instance.replica)) :
      "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:dbuser:${instance.resource_id}/${var.application_user}"
    ]
  }
}

# Whoever expands the schema signs in as the migrator, who becomes the owner of the schema; a replica takes no change.
data "aws_iam_policy_document" "migrate" {
  statement {
    sid     = "ConnectAsTheMigrator"
    effect  = "Allow"
    actions = ["rds-db:connect"]
    resources = [ # DAT-06
      "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_instance.primary.resource_id}/${var.migrator_user}"
    ]
  }
}

data "aws_iam_policy_document" "monitoring_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:rds:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:db:${var.name}*"]
    }
  }
}

data "aws_iam_policy_document" "monitoring" {
  statement {
    sid    = "WriteMetricsOfTheOperatingSystem"
    effect = "Allow"
    actions = [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ]
    resources = [
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:log-group:RDSOSMetrics",
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:log-group:RDSOSMetrics:log-stream:*",
    ]
  }
}

resource "aws_iam_role" "monitoring" {
  name               = "${var.name}-database-monitoring"
  description        = "Lets RDS publish the operating system metrics of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.monitoring_trust.json
}

resource "aws_iam_role_policy" "monitoring" {
  name   = "publish-metrics"
  role   = aws_iam_role.monitoring.id
  policy = data.aws_iam_policy_document.monitoring.json
}
