locals {
  # Only what receives requests can have an error rate; the number of target groups is known before their names are.
  balanced = { for name, service in var.services : name => service if length(service.target_group_suffixes) > 0 }

  # Blue and green take turns, so the alarm adds up the target groups of a service.
  target_groups = {
    for name, service in local.balanced : name => {
      for number, suffix in service.target_group_suffixes : tostring(number) => {
        TargetGroup  = suffix
        LoadBalancer = service.load_balancer_suffix
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "error_rate" {
  for_each = local.balanced # OBS-03

  alarm_name          = "${var.name}-${each.key}-error-rate"
  alarm_description   = "More than ${var.thresholds.error_rate_percent}% of the requests to ${each.key} fail with a server error."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.error_rate_percent
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching" # no requests, no errors
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]

  metric_query {
    id          = "rate"
    label       = "Error rate in percent"
    expression  = "IF(requests > 0, 100 * errors / requests, 0)"
    return_data = true
  }

  metric_query {
    id         = "errors"
    expression = join(" + ", [for number, _ in local.target_groups[each.key] : "FILL(errors${number}, 0)"])
  }

  metric_query {
    id         = "requests"
    expression = join(" + ", [for number, _ in local.target_groups[each.key] : "FILL(requests${number}, 0)"])
  }

  dynamic "metric_query" {
    for_each = local.target_groups[each.key]

    content {
      id = "errors${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "HTTPCode_Target_5XX_Count"
        dimensions  = metric_query.value
        period      = 60
        stat        = "Sum"
      }
    }
  }

  dynamic "metric_query" {
    for_each = local.target_groups[each.key]

    content {
      id = "requests${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "RequestCount"
        dimensions  = metric_query.value
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  for_each = local.balanced # OBS-03

  alarm_name          = "${var.name}-${each.key}-latency"
  alarm_description   = "One request in twenty to ${each.key} takes longer than ${var.thresholds.latency_seconds} s."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.latency_seconds
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching" # no requests, nobody waits
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]

  metric_query {
    id          = "slowest"
    label       = "Latency at the 95th percentile in seconds"
    expression  = "MAX([${join(", ", [for number, _ in local.target_groups[each.key] : "latency${number}"])}])"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.target_groups[each.key]

    content {
      id = "latency${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "TargetResponseTime"
        dimensions  = metric_query.value
        period      = 60
        stat        = "p95"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "unhealthy_targets" {
  for_each = local.balanced # OBS-03

  alarm_name          = "${var.name}-${each.key}-unhealthy-targets"
  alarm_description   = "A task of ${each.key} fails the health check of the load balancer."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching" # a service without any task is the business of the next alarm
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]

  metric_query {
    id          = "unhealthy"
    label       = "Unhealthy targets"
    expression  = "MAX([${join(", ", [for number, _ in local.target_groups[each.key] : "unhealthy${number}"])}])"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.target_groups[each.key]

    content {
      id = "unhealthy${metric_query.key}"

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = "UnHealthyHostCount"
        dimensions  = metric_query.value
        period      = 60
        stat        = "Maximum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "missing_tasks" {
  for_each = var.services

  alarm_name          = "${var.name}-${each.key}-missing-tasks"
  alarm_description   = "${each.key} runs fewer tasks than it wants."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 10
  datapoints_to_alarm = 10
  treat_missing_data  = "breaching" # insights report zero tasks too: silence means that the service is gone
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]

  metric_query {
    id          = "missing"
    label       = "Missing tasks"
    expression  = "desired - running"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { desired = "DesiredTaskCount", running = "RunningTaskCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "ECS/ContainerInsights"
        metric_name = metric_query.value
        dimensions  = { ClusterName = each.value.cluster_name, ServiceName = each.value.service_name }
        period      = 60
        stat        = "Average"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "service_cpu" {
  for_each = var.services # OBS-03

  alarm_name          = "${var.name}-${each.key}-cpu"
  alarm_description   = "${each.key} uses more than ${var.thresholds.cpu_percent}% of its processors although it could have scaled out."
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  dimensions          = { ClusterName = each.value.cluster_name, ServiceName = each.value.service_name }
  statistic           = "Average"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.cpu_percent
  evaluation_periods  = 10
  datapoints_to_alarm = 8
  treat_missing_data  = "notBreaching" # without tasks nothing is used; missing tasks have their own alarm
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}

resource "aws_cloudwatch_metric_alarm" "service_memory" {
  for_each = var.services # OBS-03

  alarm_name          = "${var.name}-${each.key}-memory"
  alarm_description   = "${each.key} uses more than ${var.thresholds.memory_percent}% of its memory; the next step is that tasks are killed."
  namespace           = "AWS/ECS"
  metric_name         = "MemoryUtilization"
  dimensions          = { ClusterName = each.value.cluster_name, ServiceName = each.value.service_name }
  statistic           = "Average"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.thresholds.memory_percent
  evaluation_periods  = 5
  datapoints_to_alarm = 4
  treat_missing_data  = "notBreaching" # without tasks nothing is used; missing tasks have their own alarm
  alarm_actions       = [module.topic.arn]
  ok_actions          = [module.topic.arn]
}
