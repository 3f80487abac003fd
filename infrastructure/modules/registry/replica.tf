# Replication creates the repositories of the second region by itself; the template gives them the same protection.
data "aws_iam_policy_document" "creation_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecr.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "creation" {
  statement {
    sid       = "CreateRepositoriesOfTheSystem"
    effect    = "Allow"
    actions   = ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"]
    resources = ["arn:${data.aws_partition.current.partition}:ecr:${data.aws_region.replica.name}:${local.account}:repository/${var.name}/*"]
  }

  statement {
    sid       = "DescribeKey"
    effect    = "Allow"
    actions   = ["kms:DescribeKey"]
    resources = [var.replica_key_arn]
  }

  statement {
    sid       = "LetTheRegistryUseTheKey"
    effect    = "Allow"
    actions   = ["kms:CreateGrant", "kms:RetireGrant"]
    resources = [var.replica_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["ecr.${data.aws_region.replica.name}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "creation" {
  name               = "${var.name}-registry-replica"
  description        = "Lets the registry create the replicated repositories of ${var.name} encrypted with the key of the second region."
  assume_role_policy = data.aws_iam_policy_document.creation_trust.json
}

resource "aws_iam_role_policy" "creation" {
  name   = "create-replicas"
  role   = aws_iam_role.creation.id
  policy = data.aws_iam_policy_document.creation.json
}

resource "aws_ecr_repository_creation_template" "replica" {
  provider = aws.replica

  prefix               = var.name
  description          = "Replicas of the images of ${var.name}."
  applied_for          = ["REPLICATION"]
  custom_role_arn      = aws_iam_role.creation.arn
  image_tag_mutability = "IMMUTABLE" # ECR-02
  lifecycle_policy     = local.lifecycle_policy
  repository_policy    = data.aws_iam_policy_document.pull.json
  resource_tags        = var.replica_tags # CST-02

  encryption_configuration {
    encryption_type = "KMS" # ECR-05
    kms_key         = var.replica_key_arn
  }

  depends_on = [aws_iam_role_policy.creation]
}
