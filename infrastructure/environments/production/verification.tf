# What the suite reads when the pipeline lets it judge a release: settings and states, no value of a secret, no object of a
# bucket, no row of the database, and nothing that it could change. IAM-02

locals {
  aws_scope = "${data.aws_region.current.name}:${var.account_id}"
}

data "aws_iam_policy_document" "verification" {
  # These actions only read, and know no resource.
  statement {
    sid = "Find"
    actions = [
      "acm:ListCertificates",
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "backup:ListBackupPlans",
      "cloudfront:ListDistributions",
      "cloudtrail:DescribeTrails",
      "cloudwatch:GetMetricData",
      "config:DescribeConfigurationRecorderStatus",
      "config:DescribeConfigurationRecorders",
      "ec2:DescribeFlowLogs",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNatGateways",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeNetworkInterfaces", # the load balancer's private addresses, where green is shown
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "ecr:DescribeRegistry",
      "ecs:DescribeTaskDefinition",
      "ecs:ListClusters",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "guardduty:ListDetectors",
      "iam:ListRoles",
      "kms:ListAliases",
      "logs:DescribeLogGroups",
      "s3:ListAllMyBuckets",
      "secretsmanager:ListSecrets",
      "servicediscovery:ListNamespaces",
      "servicediscovery:ListServices",
      "sns:ListTopics",
      "tag:GetResources",
    ]
    resources = ["*"]
  }

  statement {
    sid     = "ReadServices"
    actions = ["ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTasks", "ecs:ListTagsForResource"]
    resources = [
      module.cluster.arn,
      "arn:aws:ecs:${local.aws_scope}:service/${local.name}/*",
      "arn:aws:ecs:${local.aws_scope}:task/${local.name}/*",
      "arn:aws:ecs:${local.aws_scope}:task-definition/${local.name}-*:*",
    ]
  }

  statement {
    sid       = "ListTasksOfCluster"
    actions   = ["ecs:ListServices", "ecs:ListTasks"]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = [module.cluster.arn]
    }
  }

  statement {
    sid = "ReadRepositories"
    actions = [
      "ecr:DescribeImageScanFindings",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetLifecyclePolicy",
      "ecr:GetRepositoryPolicy",
      "ecr:ListImages",
      "ecr:ListTagsForResource",
    ]
    resources = [for repository in data.aws_ecr_repository.this : repository.arn]
  }

  statement {
    sid = "ReadDatabases"
    actions = [
      "rds:DescribeDBInstanceAutomatedBackups",
      "rds:DescribeDBInstances",
      "rds:DescribeDBParameters",
      "rds:DescribeDBSnapshots",
      "rds:DescribeDBSubnetGroups",
      "rds:ListTagsForResource",
    ]
    resources = [for type in ["auto-backup", "db", "pg", "snapshot", "subgrp"] : "arn:aws:rds:${local.aws_scope}:${type}:${local.name}*"]
  }

  statement {
    sid = "ReadRoles"
    actions = [
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
    ]
    resources = [for type in ["policy", "role"] : "arn:aws:iam::${var.account_id}:${type}/${local.name}-*"]
  }

  statement {
    sid     = "ReadLogsAndAlarms"
    actions = ["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "logs:DescribeSubscriptionFilters", "logs:ListTagsForResource"]
    resources = [
      "arn:aws:cloudwatch:${local.aws_scope}:alarm:${local.name}-*",
      "arn:aws:cloudwatch::${var.account_id}:dashboard/${local.name}*",
      "arn:aws:logs:${local.aws_scope}:log-group:/${local.name}/*",
    ]
  }

  statement {
    sid       = "ReadTopics"
    actions   = ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"]
    resources = ["arn:aws:sns:${local.aws_scope}:${local.name}*"]
  }

  statement {
    sid     = "ReadTrailAndVaults"
    actions = ["backup:DescribeBackupVault", "backup:ListRecoveryPointsByBackupVault", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus"]
    resources = [
      "arn:aws:backup:${local.aws_scope}:backup-vault:${local.name}*",
      "arn:aws:cloudtrail:${local.aws_scope}:trail/${local.system}*",
    ]
  }

  statement {
    sid = "ReadSettingsOfBuckets"
    actions = [
      "s3:GetBucketLogging",
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
    ]
    resources = ["arn:aws:s3:::${local.system}-*"]
  }

  # How secrets are kept, and never what they hold.
  statement {
    sid       = "ReadSettingsOfSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"]
    resources = ["arn:aws:secretsmanager:${local.aws_scope}:secret:${local.system}/${local.environment}/*", module.database.master_secret_arn]
  }

  # What has an identifier that nobody knows beforehand: its tag says whose it is.
  statement {
    sid = "ReadWhatCarriesTheTag"
    actions = [
      "acm:DescribeCertificate",
      "backup:GetBackupPlan",
      "backup:ListBackupSelections",
      "cloudfront:GetDistributionConfig",
      "guardduty:GetDetector",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Environment"
      values   = [local.environment, "shared"]
    }
  }
}
