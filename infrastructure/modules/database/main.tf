data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  major = split(".", var.engine_version)[0]

  # Stated, not left to the class's formula, so that the pools of the application can be sized against it.
  memory_gib = {
    "db.t4g.medium"  = 4
    "db.t4g.large"   = 8
    "db.m7g.large"   = 8
    "db.m7g.xlarge"  = 16
    "db.m7g.2xlarge" = 32
    "db.r7g.large"   = 16
    "db.r7g.xlarge"  = 32
    "db.r7g.2xlarge" = 64
  }
  max_connections = local.memory_gib[var.instance_class] * 100 # SCL-05

  replicas = toset([for number in range(var.replica_count) : format("%s-replica-%d", var.name, number + 1)])

  log_exports = ["postgresql", "upgrade"]
  log_groups = {
    for pair in setproduct(concat([var.name], tolist(local.replicas)), local.log_exports) :
    "${pair[0]}/${pair[1]}" => "/aws/rds/instance/${pair[0]}/${pair[1]}"
  }
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Private subnets for the data of ${var.name}."
  subnet_ids  = var.subnet_ids # NET-03
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-postgres${local.major}"
  description = "Encrypted connections only, and a log that shows slow and structural statements."
  family      = "postgres${local.major}"

  dynamic "parameter" {
    for_each = {
      "idle_in_transaction_session_timeout" = "60000"
      "log_connections"                     = "1"
      "log_disconnections"                  = "1"
      "log_lock_waits"                      = "1"
      "log_min_duration_statement"          = "500"
      "log_statement"                       = "ddl"
      "rds.force_ssl"                       = "1" # DAT-05
      "ssl_min_protocol_version"            = "TLSv1.2"
    }

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  dynamic "parameter" {
    for_each = {
      "max_connections"          = tostring(local.max_connections) # SCL-05
      "shared_preload_libraries" = "pg_stat_statements"
    }

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = 365 # OBS-01
  kms_key_id        = var.key_arn
}

resource "aws_db_instance" "primary" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version # DAT-01
  instance_class = var.instance_class
  db_name        = var.database_name
  port           = 5432
  multi_az       = var.multi_az # DAT-03

  storage_type          = "gp3"
  allocated_storage     = var.allocated_storage
  max_allocated_storage = var.max_allocated_storage # SCL-05
  storage_encrypted     = true                      # DAT-04
  kms_key_id            = var.key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false # NET-03
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name # DAT-05

  username                            = "workshop_master"
  manage_master_user_password         = true # DAT-06
  master_user_secret_kms_key_id       = var.key_arn
  iam_database_authentication_enabled = true # DAT-06

  backup_retention_period  = var.backup_retention_days # DAT-02
  backup_window            = "02:00-03:00"
  copy_tags_to_snapshot    = true
  delete_automated_backups = false

  deletion_protection       = true # DAT-07
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final" # DAT-07

  maintenance_window          = "sun:03:30-sun:04:30"
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = false
  apply_immediately           = false

  enabled_cloudwatch_logs_exports       = local.log_exports # OBS-09
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.key_arn # DAT-04
  performance_insights_retention_period = var.production ? 731 : 7

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.monitoring]

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_db_instance" "replica" {
  #checkov:skip=CKV_AWS_157:A read replica is itself the second copy; the primary is the one that spans zones
  for_each = local.replicas # SCL-03

  identifier          = each.key
  replicate_source_db = aws_db_instance.primary.identifier
  instance_class      = var.instance_class
  port                = 5432
  multi_az            = false

  storage_type          = "gp3"
  max_allocated_storage = var.max_allocated_storage
  storage_encrypted     = true # DAT-04
  kms_key_id            = var.key_arn

  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false # NET-03
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name # DAT-05

  iam_database_authentication_enabled = true

  # A promoted replica must be recoverable to a point in time from its first minute.
  backup_retention_period  = var.backup_retention_days # DAT-02
  backup_window            = "02:00-03:00"
  copy_tags_to_snapshot    = true
  delete_automated_backups = false

  deletion_protection       = true # DAT-07
  skip_final_snapshot       = false
  final_snapshot_identifier = "${each.key}-final"

  maintenance_window         = "sun:05:00-sun:06:00"
  auto_minor_version_upgrade = true
  apply_immediately          = false

  enabled_cloudwatch_logs_exports       = local.log_exports
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.key_arn
  performance_insights_retention_period = var.production ? 731 : 7

  depends_on = [aws_cloudwatch_log_group.this]

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_db_instance_automated_backups_replication" "this" {
  provider = aws.replica

  source_db_instance_arn = aws_db_instance.primary.arn
  kms_key_id             = var.replica_key_arn # DRY-01
  retention_period       = var.backup_retention_days
}
