locals {
  region = data.aws_region.current.name

  balancer_series = flatten([
    for name, groups in local.target_groups : [
      for number, group in groups : {
        label = "${name} ${number}"
        dimensions = [
          "TargetGroup", group.TargetGroup,
          "LoadBalancer", group.LoadBalancer,
        ]
      }
    ]
  ])

  service_series = [
    for name, service in var.services : {
      label      = name
      dimensions = ["ClusterName", service.cluster_name, "ServiceName", service.service_name]
    }
  ]

  database_series = [
    for name, database in var.databases : {
      label      = name
      dimensions = ["DBInstanceIdentifier", database.identifier]
    }
  ]

  # One entry a chart: which metrics of which series, in the order of the four golden signals.
  charts = [for chart in [
    { title = "Traffic", stat = "Sum", namespace = "AWS/ApplicationELB", metrics = ["RequestCount"], series = local.balancer_series },
    { title = "Errors", stat = "Sum", namespace = "AWS/ApplicationELB", metrics = ["HTTPCode_Target_4XX_Count", "HTTPCode_Target_5XX_Count"], series = local.balancer_series },
    { title = "Latency (p95)", stat = "p95", namespace = "AWS/ApplicationELB", metrics = ["TargetResponseTime"], series = local.balancer_series },
    { title = "Saturation: unhealthy targets", stat = "Maximum", namespace = "AWS/ApplicationELB", metrics = ["UnHealthyHostCount"], series = local.balancer_series },
    { title = "Saturation: CPU and memory", stat = "Average", namespace = "AWS/ECS", metrics = ["CPUUtilization", "MemoryUtilization"], series = local.service_series },
    { title = "Saturation: tasks", stat = "Average", namespace = "ECS/ContainerInsights", metrics = ["DesiredTaskCount", "RunningTaskCount"], series = local.service_series },
    { title = "Deployments", stat = "Maximum", namespace = "ECS/ContainerInsights", metrics = ["DeploymentCount"], series = local.service_series },
    { title = "Database: CPU", stat = "Average", namespace = "AWS/RDS", metrics = ["CPUUtilization"], series = local.database_series },
    { title = "Database: connections", stat = "Maximum", namespace = "AWS/RDS", metrics = ["DatabaseConnections"], series = local.database_series },
    { title = "Database: storage and memory left", stat = "Minimum", namespace = "AWS/RDS", metrics = ["FreeStorageSpace", "FreeableMemory"], series = local.database_series },
    { title = "Database: latency", stat = "Average", namespace = "AWS/RDS", metrics = ["ReadLatency", "WriteLatency"], series = local.database_series },
  ] : chart if length(chart.series) > 0]

  metric_widgets = [
    for number, chart in local.charts : {
      type   = "metric"
      x      = 8 * (number % 3)
      y      = 6 * floor(number / 3)
      width  = 8
      height = 6
      properties = {
        title  = chart.title
        region = local.region
        view   = "timeSeries"
        stat   = chart.stat
        period = 60
        metrics = flatten([
          for metric in chart.metrics : [
            for series in chart.series : [{
              row = concat([chart.namespace, metric], series.dimensions, [{ label = "${series.label} ${metric}" }])
            }]
          ]
        ])[*].row
      }
    }
  ]

  bottom = 6 * ceil(length(local.charts) / 3)

  # AWS publishes what it charges in one region only.
  cost_widget = {
    type   = "metric"
    x      = 0
    y      = local.bottom
    width  = 8
    height = 6
    properties = {
      title   = "Cost: estimated charges of this month"
      region  = "us-east-1"
      view    = "timeSeries"
      stat    = "Maximum"
      period  = 21600
      metrics = [["AWS/Billing", "EstimatedCharges", "Currency", "USD"]]
    }
  }

  alarm_widget = {
    type   = "alarm"
    x      = 8
    y      = local.bottom
    width  = 16
    height = 6
    properties = {
      title = "Alarms"
      alarms = concat(
        values(aws_cloudwatch_metric_alarm.error_rate)[*].arn,
        values(aws_cloudwatch_metric_alarm.latency)[*].arn,
        values(aws_cloudwatch_metric_alarm.unhealthy_targets)[*].arn,
        values(aws_cloudwatch_metric_alarm.missing_tasks)[*].arn,
        values(aws_cloudwatch_metric_alarm.service_cpu)[*].arn,
        values(aws_cloudwatch_metric_alarm.service_memory)[*].arn,
        values(aws_cloudwatch_metric_alarm.database_cpu)[*].arn,
        values(aws_cloudwatch_metric_alarm.database_storage)[*].arn,
        values(aws_cloudwatch_metric_alarm.database_connections)[*].arn,
        values(aws_cloudwatch_metric_alarm.database_memory)[*].arn,
        values(aws_cloudwatch_metric_alarm.replica_lag)[*].arn,
      )
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({ widgets = concat(local.metric_widgets, [local.cost_widget, local.alarm_widget]) }) # OBS-05
}
