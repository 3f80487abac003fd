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

  # The advanced mode is worth its price where an incident must be understood days later; it needs 465 days of data.
  insights = var.production ? { mode = "advanced", retention_days = 465 } : { mode = "standard", retention_days = 7 }

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
