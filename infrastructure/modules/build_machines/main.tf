# The machines that build: each is started for one build by the runner beside a delegate, and taken back afterwards. Nothing here
# runs by itself; this is what the runner may start, and what a machine may do.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name
  ec2        = "arn:${local.partition}:ec2:${local.region}:${local.account_id}"
  full_name  = "${var.system}-machine"

  # A pool for each zone, so that machines stand in the subnet of their delegate: within it no access list is passed, and losing a
  # zone leaves the builds of the others. Read by the runner, for which JSON is YAML.
  # https://docs.drone.io/runner/vm/configuration/pool/
  pools = { for zone, subnet_id in var.network.subnet_ids : zone => {
    version = "1"
    instances = [{
      name     = var.pool.name
      default  = true
      type     = "amazon"
      pool     = var.pool.waiting
      limit    = var.pool.at_most
      platform = { os = "linux", arch = "amd64" }
      spec = {
        account         = { region = local.region, availability_zone = zone }
        ami             = var.pool.image
        size            = var.pool.size
        iam_profile_arn = aws_iam_instance_profile.machine.arn
        tags            = var.tags # CST-02
        network = {
          private_ip      = true
          subnet_id       = subnet_id
          security_groups = [var.network.security_group_id]
        }
      }
    }]
  } }
}

# What the runner may do: start machines of this one kind, and take back those and no others. DLG-03
data "aws_iam_policy_document" "runner" {
  statement {
    sid     = "StartMachines"
    actions = ["ec2:RunInstances"]
    resources = [
      "arn:${local.partition}:ec2:${local.region}::image/${var.pool.image}",
      "${local.ec2}:volume/*", # each is made with its machine
    ]
  }

  statement {
    sid     = "StartMachinesInTheirNetwork"
    actions = ["ec2:RunInstances"]
    resources = concat([for subnet_id in var.network.subnet_ids : "${local.ec2}:subnet/${subnet_id}"], [
      "${local.ec2}:network-interface/*",
      "${local.ec2}:security-group/${var.network.security_group_id}",
    ])

    condition {
      test     = "ArnEquals"
      variable = "ec2:Vpc"
      values   = ["${local.ec2}:vpc/${var.network.vpc_id}"]
    }
  }

  # A machine with another role could do what builds must not.
  statement {
    sid       = "StartMachinesWithTheirRole"
    actions   = ["ec2:CreateTags", "ec2:RunInstances", "ec2:TerminateInstances"]
    resources = ["${local.ec2}:instance/*"]

    condition {
      test     = "ArnEquals"
      variable = "ec2:InstanceProfile"
      values   = [aws_iam_instance_profile.machine.arn]
    }
  }

  statement {
    sid       = "HandOverTheirRole"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.machine.arn] # DLG-03

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }

  # What is published is found by its tags: the services of the pipelines ask through this delegate.
  statement {
    sid       = "FindImages"
    actions   = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListImages"]
    resources = var.repository_arns
  }

  # These actions only read, and know no resource.
  statement {
    sid = "Look"
    actions = [
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeRegions",
      "ec2:DescribeSecurityGroups",
      "ecr:GetAuthorizationToken",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"] # IAM-03
    }
  }
}

resource "aws_iam_role" "machine" {
  name                 = local.full_name # IAM-01
  description          = "Builds and publishes the images of ${var.system}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn # IAM-05

  tags = { Name = local.full_name }
}

resource "aws_iam_instance_profile" "machine" {
  name = local.full_name
  role = aws_iam_role.machine.name

  tags = { Name = local.full_name }
}

# IAM-02
data "aws_iam_policy_document" "machine" {
  statement {
    sid       = "LogIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"] # the action knows no resource
  }

  # Tags are immutable, so nothing that was published can be replaced. ECR-02
  statement {
    sid = "PublishImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:ListImages",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = var.repository_arns
  }

  statement {
    sid       = "PullBases"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = var.base_repository_arns
  }
}

resource "aws_iam_role_policy" "machine" {
  name   = "publication"
  role   = aws_iam_role.machine.id
  policy = data.aws_iam_policy_document.machine.json
}
