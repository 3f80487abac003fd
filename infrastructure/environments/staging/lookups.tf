# What the shared root owns, found by its name.

data "aws_region" "current" {}

data "aws_ecr_repository" "this" {
  for_each = toset(["backend", "frontend", "harness-delegate"])

  name = "${local.system}/${each.key}"
}

data "aws_s3_bucket" "log_archive" {
  bucket = "${local.system}-logs-${var.account_id}"
}

data "aws_kms_alias" "log_archive" {
  name = "alias/${local.system}-logs"
}

data "aws_iam_policy" "boundary" {
  name = "${local.name}-boundary" # IAM-05
}
