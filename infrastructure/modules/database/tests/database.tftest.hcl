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
  name                  = "workshop-production"
  production            = true
  subnet_ids            = ["subnet-a", "subnet-b", "subnet-c"]
  security_group_id     = "sg-database"
  key_arn               = "arn:aws:kms:eu-west-1:111122223333:key/a"
  replica_key_arn       = "arn:aws:kms:eu-central-1:111122223333:key/b"
  instance_class        = "db.m7g.large"
  allocated_storage     = 100
  max_allocated_storage = 500
  backup_retention_days = 35
  multi_az              = true
}

override_resource {
  target          = aws_db_instance.primary
  override_during = plan
  values = {
    id          = "db-PRIMARY"
    arn         = "arn:aws:rds:eu-west-1:111122223333:db:workshop-production"
    resource_id = "db-PRIMARY"
    master_user_secret = [{
      kms_key_id    = "arn:aws:kms:eu-west-1:111122223333:key/a"
      secret_arn    = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1"
      secret_status = "active"
    }]
  }
}

override_resource {
  target          = aws_db_instance.replica
  override_during = plan
  values = {
    resource_id = "db-REPLICA"
  }
}

override_resource {
  target          = aws_iam_role.monitoring
  override_during = plan
  values = {
    arn = "arn:aws:iam::111122223333:role/workshop-production-database-monitoring"
  }
}

run "keeps_data_private_and_encrypted" {
  command = plan

  assert {
    condition     = aws_db_instance.primary.storage_encrypted && aws_db_instance.primary.kms_key_id == var.key_arn && aws_db_instance.primary.performance_insights_kms_key_id == var.key_arn
    error_message = "Storage and performance data must be encrypted with the key given."
  }

  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.primary], values(aws_db_instance.replica)) : !instance.publicly_accessible && instance.vpc_security_group_ids == toset(["sg-database"])])
    error_message = "No instance may have a public address or another security group."
  }

  assert {
    condition     = alltrue([for instance in values(aws_db_instance.replica) : instance.storage_encrypted && instance.kms_key_id == var.key_arn])
    error_message = "Replicas must be encrypted as well."
  }

  assert {
    condition     = length([for parameter in aws_db_parameter_group.this.parameter : parameter if parameter.name == "rds.force_ssl" && parameter.value == "1"]) == 1
    error_message = "Plain connections must be refused."
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.primary.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "The parameters must belong to the version, and be in use."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.key_arn && group.retention_in_days >= 90])
    error_message = "Logs must be encrypted and kept."
  }

  assert {
    condition     = contains(keys(aws_cloudwatch_log_group.this), "workshop-production/postgresql") && contains(keys(aws_cloudwatch_log_group.this), "workshop-production-replica-1/upgrade")
    error_message = "Each log of each instance must have its group before the first line arrives."
  }
}

run "survives_loss" {
  command = plan

  assert {
    condition     = aws_db_instance.primary.multi_az && aws_db_instance.primary.backup_retention_period == 35
    error_message = "Production spans zones and keeps its backups."
  }

  assert {
    condition     = aws_db_instance.primary.deletion_protection && !aws_db_instance.primary.skip_final_snapshot && aws_db_instance.primary.final_snapshot_identifier == "workshop-production-final"
    error_message = "Deletion must be refused, and leave a snapshot."
  }

  assert {
    condition     = aws_db_instance_automated_backups_replication.this.source_db_instance_arn == aws_db_instance.primary.arn && aws_db_instance_automated_backups_replication.this.kms_key_id == var.replica_key_arn
    error_message = "Backups must be copied to the second region and be encrypted there."
  }

  assert {
    condition     = output.replica_identifiers == tolist(["workshop-production-replica-1"]) && alltrue([for replica in aws_db_instance.replica : replica.replicate_source_db == "workshop-production"])
    error_message = "A read replica must follow the primary."
  }
}

run "gives_nobody_a_password" {
  command = plan

  assert {
    condition     = aws_db_instance.primary.manage_master_user_password && aws_db_instance.primary.password == null && aws_db_instance.primary.master_user_secret_kms_key_id == var.key_arn
    error_message = "Secrets Manager must own the master password."
  }

  assert {
    condition     = one(aws_secretsmanager_secret_rotation.master.rotation_rules).automatically_after_days <= 90 && aws_secretsmanager_secret_rotation.master.secret_id == output.master_secret_arn
    error_message = "The master password must rotate within ninety days."
  }

  assert {
    condition     = alltrue([for instance in concat([aws_db_instance.primary], values(aws_db_instance.replica)) : instance.iam_database_authentication_enabled])
    error_message = "The application signs in with tokens, on every instance."
  }

  assert {
    condition = one(data.aws_iam_policy_document.connect.statement).resources == toset([
      "arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-PRIMARY/workshop_app",
      "arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-REPLICA/workshop_app",
    ])
    error_message = "The policy must let the application in as its own role only, on these instances only."
  }

  assert {
    condition     = aws_db_instance.primary.username != var.application_user
    error_message = "The application must not be the master."
  }
}

run "states_how_many_connections_it_accepts" {
  command = plan

  assert {
    condition     = output.max_connections == 800 && one([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "max_connections"]) == "800"
    error_message = "What the module says must be what the database is told."
  }
}

run "may_be_smaller_outside_of_production" {
  command = plan

  variables {
    production            = false
    instance_class        = "db.t4g.medium"
    backup_retention_days = 7
    multi_az              = false
    replica_count         = 0
  }

  assert {
    condition     = aws_db_instance.primary.deletion_protection && aws_db_instance.primary.storage_encrypted && length(aws_db_instance.replica) == 0
    error_message = "Smaller does not mean less protected."
  }
}

run "refuses_short_backups_in_production" {
  command = plan

  variables {
    backup_retention_days = 7
  }

  expect_failures = [var.backup_retention_days]
}

run "refuses_a_single_zone_in_production" {
  command = plan

  variables {
    multi_az = false
  }

  expect_failures = [var.multi_az]
}

run "refuses_a_version_at_the_end_of_its_support" {
  command = plan

  variables {
    engine_version = "13.4"
  }

  expect_failures = [var.engine_version]
}
