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
  for_each = var.environments

  name        = "${var.name}-${each.key}-boundary"
  description = "The most that a role of ${each.key} can do."
  policy      = data.aws_iam_policy_document.boundary[each.key].json
}
