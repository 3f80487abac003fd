mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "replica"
  source          = "../../mocks"
  override_during = plan
}

variables {
  name            = "workshop-production"
  environment     = "production"
  key_arn         = "arn:aws:kms:eu-west-1:111122223333:key/a"
  replica_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b"
  resource_arns   = ["arn:aws:rds:eu-west-1:111122223333:db:workshop-production"]
  retention_days  = 35
}

override_data {
  target          = data.aws_region.replica
  override_during = plan
  values = {
    name = "eu-central-1"
  }
}

override_resource {
  target          = aws_backup_vault.this
  override_during = plan
  values = {
    arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:workshop-production"
  }
}

override_resource {
  target          = aws_backup_vault.replica
  override_during = plan
  values = {
    arn = "arn:aws:backup:eu-central-1:111122223333:backup-vault:workshop-production"
  }
}

override_resource {
  target          = aws_iam_role.backup
  override_during = plan
  values = {
    arn = "arn:aws:iam::111122223333:role/workshop-production-backup"
  }
}

run "copies_every_backup_to_the_second_region" {
  command = plan

  assert {
    condition     = one(one(aws_backup_plan.this.rule).copy_action).destination_vault_arn == aws_backup_vault.replica.arn && aws_backup_vault.replica.kms_key_arn == var.replica_key_arn
    error_message = "Recovery points must be copied to the vault of the second region, encrypted there."
  }

  assert {
    condition     = one(one(aws_backup_plan.this.rule).lifecycle).delete_after == 35 && one(one(one(aws_backup_plan.this.rule).copy_action).lifecycle).delete_after == 35
    error_message = "Recovery points live as long as told, in both regions."
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this.min_retention_days == 7 && aws_backup_vault_lock_configuration.replica.min_retention_days == 7
    error_message = "Both vaults must refuse early deletion."
  }

  assert {
    condition     = aws_backup_selection.this.resources == toset(var.resource_arns)
    error_message = "The plan must select the databases given."
  }
}

run "reaches_nothing_else" {
  command = plan

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.backup.statement : !contains(statement.resources, "*")])
    error_message = "The role must name what it backs up."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.backup.statement :
      alltrue([for resource in statement.resources : endswith(resource, ":snapshot:awsbackup:*")]) if contains(statement.actions, "rds:DeleteDBSnapshot")
    ])
    error_message = "AWS Backup may delete its own snapshots only."
  }
}

run "refuses_to_select_nothing" {
  command = plan

  variables {
    resource_arns = []
  }

  expect_failures = [var.resource_arns]
}
