data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# The most that any role of an environment can ever do, whatever its own policies say. A boundary grants nothing.
data "aws_iam_policy_document" "boundary" {
  for_each = var.environments

  statement {
    #checkov:skip=CKV_AWS_107:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_108:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_109:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_111:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_356:A boundary grants nothing, it limits what the policies of a role can grant
    sid    = "DeliverAndRun"
    effect = "Allow"
    actions = [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "application-autoscaling:PutScalingPolicy",
      "application-autoscaling:RegisterScalableTarget",
      "cloudwatch:GetMetricData",
      "ec2:DescribeNetworkInterfaces",
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "ecr:ListImages",
      "ecs:CreateService",
      "ecs:DeleteService",
      "ecs:DescribeServices",
      "ecs:DescribeTaskDefinition",
      "ecs:DescribeTasks",
      "ecs:ListServices",
      "ecs:ListTasks",
      "ecs:RegisterTaskDefinition",
      "ecs:RunTask",
      "ecs:StopTask",
      "ecs:TagResource",
      "ecs:UpdateService",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyRule",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "rds-db:connect",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }

  # What the verification of a release reads, beside what a delivery reads anyway.
  statement {
    #checkov:skip=CKV_AWS_108:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_356:A boundary grants nothing, it limits what the policies of a role can grant
    sid    = "Verify"
    effect = "Allow"
    actions = [
      "acm:DescribeCertificate",
      "acm:ListCertificates",
      "backup:DescribeBackupVault",
      "backup:GetBackupPlan",
      "backup:ListBackupPlans",
      "backup:ListBackupSelections",
      "backup:ListRecoveryPointsByBackupVault",
      "cloudfront:GetDistributionConfig",
      "cloudfront:ListDistributions",
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetTrailStatus",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetDashboard",
      "config:DescribeConfigurationRecorderStatus",
      "config:DescribeConfigurationRecorders",
      "ec2:DescribeFlowLogs",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNatGateways",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcs",
      "ecr:DescribeImageScanFindings",
      "ecr:DescribeRegistry",
      "ecr:GetLifecyclePolicy",
      "ecr:GetRepositoryPolicy",
      "ecr:ListTagsForResource",
      "ecs:DescribeClusters",
      "ecs:ListClusters",
      "ecs:ListTagsForResource",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "guardduty:GetDetector",
      "guardduty:ListDetectors",
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:ListRoles",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListAliases",
      "kms:ListResourceTags",
      "logs:DescribeLogGroups",
      "logs:DescribeSubscriptionFilters",
      "logs:ListTagsForResource",
      "rds:DescribeDBInstanceAutomatedBackups",
      "rds:DescribeDBInstances",
      "rds:DescribeDBParameters",
      "rds:DescribeDBSnapshots",
      "rds:DescribeDBSubnetGroups",
      "rds:ListTagsForResource",
      "s3:GetBucketLogging",
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListAllMyBuckets",
      "secretsmanager:GetResourcePolicy",
      "secretsmanager:ListSecrets",
      "servicediscovery:ListNamespaces",
      "servicediscovery:ListServices",
      "sns:GetTopicAttributes",
      "sns:ListSubscriptionsByTopic",
      "sns:ListTopics",
      "tag:GetResources",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "HandRolesOfTheEnvironmentToTasks"
    effect    = "Allow"
    actions   = ["iam:PassRole"]
    resources = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.name}-${each.key}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }

  statement {
    sid       = "AssumeRolesOfTheEnvironment"
    effect    = "Allow"
    actions   = ["sts:AssumeRole"]
    resources = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.name}-${each.key}-*"]
  }

  statement {
    sid       = "StayOutOfOtherEnvironments" # IAM-05
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Environment"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/Environment"
      values   = [each.key, "shared"]
    }
  }
}

resource "aws_iam_policy" "boundary" {
  #checkov:skip=CKV_AWS_289:A boundary grants nothing, it limits what the policies of a role can grant
  #checkov:skip=CKV_AWS_290:A boundary grants nothing, it limits what the policies of a role can grant
  for_each = merge({ for name, document in data.aws_iam_policy_document.boundary : name => document.json }, {
    build = data.aws_iam_policy_document.builds.json
  })

  name        = "${var.name}-${each.key}-boundary"
  description = "The most that a role of ${each.key} can do."
  policy      = each.value
}
