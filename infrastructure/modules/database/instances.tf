resource "aws_db_instance" "primary" {
  #checkov:skip=CKV_AWS_157:Only environments other than production run in one zone, the validation of multi_az sees to it
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
  performance_insights_retention_period = local.insights.retention_days
  database_insights_mode                = local.insights.mode

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
  performance_insights_retention_period = local.insights.retention_days
  database_insights_mode                = local.insights.mode

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
