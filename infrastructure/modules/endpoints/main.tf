# Private doors to the AWS services that tasks call, each open only to this account and only for what is called.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name
  scope      = "${local.region}:${local.account_id}"

  registry_actions = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "ecr:ListImages",
  ]

  # NET-10
  interfaces = {
    "ecr.api" = { actions = local.registry_actions, resources = ["*"] }
    "ecr.dkr" = { actions = local.registry_actions, resources = ["*"] }
    logs = {
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = ["arn:${local.partition}:logs:${local.scope}:log-group:*"]
    }
    monitoring = {
      actions   = ["cloudwatch:GetMetricData", "cloudwatch:PutMetricData"]
      resources = ["*"]
    }
    secretsmanager = {
      actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
      resources = ["arn:${local.partition}:secretsmanager:${local.scope}:secret:*"]
    }
    sts = {
      actions   = ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:TagSession"]
      resources = ["*"]
    }
  }
}

data "aws_iam_policy_document" "interface" {
  #checkov:skip=CKV_AWS_283:The principal is narrowed by aws:PrincipalAccount; an endpoint policy grants nothing by itself
  for_each = local.interfaces

  statement {
    sid       = "OwnAccountOnly"
    actions   = each.value.actions
    resources = each.value.resources

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.interfaces

  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = var.subnet_ids
  security_group_ids  = [var.security_group_id]
  private_dns_enabled = true                                                  # NET-10
  policy              = data.aws_iam_policy_document.interface[each.key].json # NET-10

  tags = { Name = "${var.name}-${each.key}" }
}

data "aws_iam_policy_document" "s3" {
  #checkov:skip=CKV_AWS_283:Buckets are named or limited to this account; an endpoint policy grants nothing by itself
  statement {
    sid       = "ImageLayers"
    actions   = ["s3:GetObject"]
    resources = ["arn:${local.partition}:s3:::prod-${local.region}-starport-layer-bucket/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  statement {
    sid       = "OwnBuckets"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway" # NET-10
  route_table_ids   = var.route_table_ids
  policy            = data.aws_iam_policy_document.s3.json # NET-10

  tags = { Name = "${var.name}-s3" }
}
