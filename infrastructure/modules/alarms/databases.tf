resource "aws_cloudwatch_metric_alarm" "database_cpu" {
  for_each = var.databases # OBS-03

  alarm_name          = "${var.name}-${each.key}-cpu"
  alarm_description   = "Database ${each.key} uses more than ${var.thresholds.database_cpu_percent}% of its processors."
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Average"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.database_cpu_percent
  evaluation_periods  = 10
  datapoints_to_alarm = 8
  treat_missing_data  = "breaching" # a database that reports nothing is away
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_storage" {
  for_each = var.databases # OBS-03

  alarm_name          = "${var.name}-${each.key}-storage"
  alarm_description   = "Database ${each.key} has less than ${var.thresholds.database_free_storage_percent}% of its storage left."
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Minimum"
  period              = 300
  comparison_operator = "LessThanThreshold"
  threshold           = floor(each.value.storage_bytes * var.thresholds.database_free_storage_percent / 100)
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "breaching" # a database that reports nothing is away
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_connections" {
  for_each = var.databases # OBS-03

  alarm_name          = "${var.name}-${each.key}-connections"
  alarm_description   = "Database ${each.key} has used more than ${var.thresholds.database_connections_percent}% of its connections."
  namespace           = "AWS/RDS"
  metric_name         = "DatabaseConnections"
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = floor(each.value.max_connections * var.thresholds.database_connections_percent / 100)
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "breaching" # a database that reports nothing is away
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_memory" {
  for_each = var.databases

  alarm_name          = "${var.name}-${each.key}-memory"
  alarm_description   = "Database ${each.key} has less than 256 MiB of memory left and is about to swap."
  namespace           = "AWS/RDS"
  metric_name         = "FreeableMemory"
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Minimum"
  period              = 60
  comparison_operator = "LessThanThreshold"
  threshold           = 256 * 1024 * 1024
  evaluation_periods  = 10
  datapoints_to_alarm = 8
  treat_missing_data  = "breaching" # a database that reports nothing is away
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}

resource "aws_cloudwatch_metric_alarm" "replica_lag" {
  for_each = { for name, database in var.databases : name => database if database.replica }

  alarm_name          = "${var.name}-${each.key}-lag"
  alarm_description   = "Replica ${each.key} is more than ${var.thresholds.replica_lag_seconds} s behind its primary, readers see the past."
  namespace           = "AWS/RDS"
  metric_name         = "ReplicaLag"
  dimensions          = { DBInstanceIdentifier = each.value.identifier }
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.replica_lag_seconds
  evaluation_periods  = 5
  datapoints_to_alarm = 4
  treat_missing_data  = "breaching" # a replica that reports no lag no longer replicates
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}
