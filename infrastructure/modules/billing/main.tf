# AWS publishes what it charges, and takes orders about it, in us-east-1 only: hence the provider global.
resource "aws_cloudwatch_metric_alarm" "charges" {
  provider = aws.global

  alarm_name          = "${var.name}-charges"
  alarm_description   = "The account was charged more than ${var.monthly_limit_usd} USD this month."
  namespace           = "AWS/Billing"
  metric_name         = "EstimatedCharges" # CST-03
  dimensions          = { Currency = "USD" }
  statistic           = "Maximum"
  period              = 21600
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monthly_limit_usd
  evaluation_periods  = 1
  treat_missing_data  = "ignore" # the figure comes a few times a day; between two of them the last one holds
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
}

resource "aws_ce_cost_allocation_tag" "this" {
  for_each = var.cost_allocation_tags
  provider = aws.global

  tag_key = each.key
  status  = "Active" # CST-06
}

resource "aws_ce_anomaly_monitor" "this" {
  provider = aws.global

  name              = var.name
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "this" {
  provider = aws.global

  name             = var.name
  frequency        = "IMMEDIATE"
  monitor_arn_list = [aws_ce_anomaly_monitor.this.arn]

  subscriber {
    type    = "SNS"
    address = var.topic_arn
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.anomaly_usd)]
    }
  }
}
