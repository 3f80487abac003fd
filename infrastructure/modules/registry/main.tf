data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "replica" {
  provider = aws.replica
}

locals {
  account = data.aws_caller_identity.current.account_id

  # A release tag is matched by the first rule, and no later rule can expire what an earlier one has matched:
  # what runs, and what a rollback would fetch, is among the releases kept. There is deliberately no rule for "any".
  lifecycle_policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep the last ${var.releases_kept} releases: the running one and those to roll back to"
        selection = {
          tagStatus     = "tagged"
          tagPrefixList = [var.release_tag_prefix]
          countType     = "imageCountMoreThan"
          countNumber   = var.releases_kept # ECR-03
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Keep the last ${var.builds_kept} builds that were never released"
        selection = {
          tagStatus     = "tagged"
          tagPrefixList = [var.build_tag_prefix]
          countType     = "imageCountMoreThan"
          countNumber   = var.builds_kept
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 3
        description  = "Expire layers that no tag refers to any more"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = 14
        }
        action = { type = "expire" }
      },
    ]
  })
}

data "aws_iam_policy_document" "pull" {
  statement {
    sid    = "PullInsideTheAccount" # ECR-01
    effect = "Allow"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${local.account}:root"]
    }
  }
}

resource "aws_ecr_repository" "this" {
  for_each = var.repositories

  name                 = each.key
  image_tag_mutability = "IMMUTABLE" # ECR-02

  encryption_configuration {
    encryption_type = "KMS" # ECR-05
    kms_key         = var.key_arn
  }

  image_scanning_configuration {
    scan_on_push = true # ECR-05
  }

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_ecr_repository_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy     = data.aws_iam_policy_document.pull.json
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name
  policy     = local.lifecycle_policy # ECR-03
}

# Inspector scans again when a vulnerability becomes known, so that what already runs is judged too.
resource "aws_inspector2_enabler" "this" {
  account_ids    = [local.account]
  resource_types = ["ECR"]
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN" # ECR-05

    repository_filter {
      filter      = "${var.name}/*"
      filter_type = "WILDCARD"
    }
  }

  depends_on = [aws_inspector2_enabler.this]
}

resource "aws_ecr_replication_configuration" "this" {
  replication_configuration {
    rule {
      destination {
        region      = data.aws_region.replica.name # ECR-04
        registry_id = local.account
      }

      repository_filter {
        filter      = "${var.name}/"
        filter_type = "PREFIX_MATCH"
      }
    }
  }

  # Without the template the first replication would create repositories with mutable tags and a key of AWS.
  depends_on = [aws_ecr_repository_creation_template.replica]
}
