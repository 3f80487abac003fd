data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_region" "replica" {
  provider = aws.replica
}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  regions   = [data.aws_region.current.name, data.aws_region.replica.name]
  snapshots = [for region in local.regions : "arn:${local.partition}:rds:${region}:${local.account}:snapshot:*"]
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = var.key_arn # DAT-04

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_backup_vault" "replica" {
  provider = aws.replica

  name        = var.name
  kms_key_arn = var.replica_key_arn # DRY-01

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

# Nobody shortens the life of a recovery point, neither by mistake nor with a stolen session.
resource "aws_backup_vault_lock_configuration" "this" {
  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = 7
  max_retention_days = 400
}

resource "aws_backup_vault_lock_configuration" "replica" {
  provider = aws.replica

  backup_vault_name  = aws_backup_vault.replica.name
  min_retention_days = 7
  max_retention_days = 400
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.this.name
    schedule          = "cron(0 4 * * ? *)" # DRY-01
    start_window      = 60
    completion_window = 360

    lifecycle {
      delete_after = var.retention_days
    }

    copy_action {
      destination_vault_arn = aws_backup_vault.replica.arn # DRY-01

      lifecycle {
        delete_after = var.retention_days
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = var.resource_arns
}
