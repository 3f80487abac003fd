resource "aws_budgets_budget" "monthly" {
  name         = "${var.name}-monthly"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_limit_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  # Without the filter every environment would be measured by what the whole account costs.
  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:%s$%s", var.cost_tag.key, var.cost_tag.value)]
  }

  dynamic "notification" {
    for_each = {
      "early warning"   = { type = "ACTUAL", percent = 80 }
      "limit reached"   = { type = "ACTUAL", percent = 100 }     # CST-03
      "limit in danger" = { type = "FORECASTED", percent = 100 } # CST-03
    }

    content {
      notification_type          = notification.value.type
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_sns_topic_arns  = [var.topic_arn]
      subscriber_email_addresses = var.subscriber_emails
    }
  }
}

# Evenings: nothing runs. Mornings: the usual range returns, and target tracking takes over from its minimum.
resource "aws_appautoscaling_scheduled_action" "down" {
  for_each = var.schedules # CST-04

  name               = "${var.name}-${each.key}-down"
  service_namespace  = "ecs"
  resource_id        = "service/${each.value.cluster}/${each.value.service}"
  scalable_dimension = "ecs:service:DesiredCount"
  schedule           = each.value.down
  timezone           = each.value.timezone

  scalable_target_action {
    min_capacity = 0
    max_capacity = 0
  }
}

resource "aws_appautoscaling_scheduled_action" "up" {
  for_each = var.schedules # CST-04

  name               = "${var.name}-${each.key}-up"
  service_namespace  = "ecs"
  resource_id        = "service/${each.value.cluster}/${each.value.service}"
  scalable_dimension = "ecs:service:DesiredCount"
  schedule           = each.value.up
  timezone           = each.value.timezone

  scalable_target_action {
    min_capacity = each.value.min
    max_capacity = each.value.max
  }

  # Two changes of one target at the same time are refused.
  depends_on = [aws_appautoscaling_scheduled_action.down]
}
