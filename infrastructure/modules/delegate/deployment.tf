# What a deployment needs and nothing else: services of this cluster, revisions of these families, weights on these
# listeners, and the hand-over of these roles. DLG-03

locals {
  environment   = split("-", var.system)[1]
  scope         = "${local.region}:${local.account_id}"
  services_arn  = "arn:${local.partition}:ecs:${local.scope}:service/${var.cluster.name}/*"
  tasks_arn     = "arn:${local.partition}:ecs:${local.scope}:task/${var.cluster.name}/*"
  families_arns = [for family in try(var.deploys.task_families, []) : "arn:${local.partition}:ecs:${local.scope}:task-definition/${family}:*"]
}

data "aws_iam_policy_document" "deployment" {
  count = var.deploys == null ? 0 : 1

  statement {
    sid       = "DeployServices"
    actions   = ["ecs:CreateService", "ecs:DeleteService", "ecs:DescribeServices", "ecs:TagResource", "ecs:UpdateService"]
    resources = [local.services_arn]
  }

  statement {
    sid       = "RegisterRevisions"
    actions   = ["ecs:RegisterTaskDefinition", "ecs:TagResource"]
    resources = local.families_arns
  }

  statement {
    sid       = "RunOneOffTasks"
    actions   = ["ecs:RunTask"]
    resources = local.families_arns

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = [var.cluster.arn]
    }
  }

  statement {
    sid       = "WatchTasks"
    actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
    resources = [local.tasks_arn]
  }

  statement {
    sid       = "ListTasksOfCluster"
    actions   = ["ecs:ListServices", "ecs:ListTasks"]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = [var.cluster.arn]
    }
  }

  statement {
    sid       = "ShiftTraffic"
    actions   = ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"]
    resources = concat(values(var.deploys.listener_arns), var.deploys.rule_arns)
  }

  statement {
    sid       = "KeepScaling"
    actions   = ["application-autoscaling:PutScalingPolicy", "application-autoscaling:RegisterScalableTarget"]
    resources = ["arn:${local.partition}:application-autoscaling:${local.scope}:scalable-target/*"]

    condition {
      test     = "StringEquals"
      variable = "application-autoscaling:service-namespace"
      values   = ["ecs"]
    }

    # Targets have names that nobody knows beforehand; their tag says whose they are.
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Environment" # IAM-05
      values   = [local.environment]
    }
  }

  statement {
    sid       = "HandOverTaskRoles"
    actions   = ["iam:PassRole"]
    resources = var.deploys.role_arns # DLG-03

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }

  statement {
    sid       = "FindImages"
    actions   = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"]
    resources = var.deploys.repository_arns
  }

  statement {
    sid       = "ReadPipelineSecrets"
    actions   = ["sts:AssumeRole"]
    resources = aws_iam_role.secret_reader[*].arn
  }

  # These actions only read, and know no resource.
  statement {
    sid = "Look"
    actions = [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "cloudwatch:GetMetricData",
      "ecr:GetAuthorizationToken",
      "ec2:DescribeNetworkInterfaces", # the load balancer's private addresses, where the verification listener answers
      "ecs:DescribeTaskDefinition",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "deployment" {
  count = var.deploys == null ? 0 : 1

  name   = "deployment"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.deployment[0].json # IAM-02, IAM-05
}
