mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop-staging"
  monthly_limit_usd = 800
  topic_arn         = "arn:aws:sns:eu-west-1:111122223333:workshop-staging-alarms"
  subscriber_emails = ["owners@example.com"]
  cost_tag          = { key = "Environment", value = "staging" }
}

run "warns_before_and_after" {
  command = plan

  assert {
    condition     = toset([for notification in aws_budgets_budget.monthly.notification : notification.notification_type]) == toset(["ACTUAL", "FORECASTED"])
    error_message = "The budget must warn of what was spent and of what will be."
  }

  assert {
    condition     = alltrue([for notification in aws_budgets_budget.monthly.notification : notification.subscriber_sns_topic_arns == toset([var.topic_arn]) && length(notification.subscriber_email_addresses) == 1])
    error_message = "Every warning must reach the topic and the addresses."
  }

  assert {
    condition     = one(aws_budgets_budget.monthly.cost_filter).values == tolist(["user:Environment$staging"])
    error_message = "The budget must count this environment only."
  }
}

run "stops_at_night" {
  command = plan

  variables {
    schedules = { backend = { cluster = "workshop-staging", service = "backend", min = 2, max = 4 } }
  }

  assert {
    condition     = one(aws_appautoscaling_scheduled_action.down["backend"].scalable_target_action).max_capacity == "0" && aws_appautoscaling_scheduled_action.down["backend"].resource_id == "service/workshop-staging/backend"
    error_message = "In the evening nothing may run."
  }

  assert {
    condition     = one(aws_appautoscaling_scheduled_action.up["backend"].scalable_target_action).min_capacity == "2" && one(aws_appautoscaling_scheduled_action.up["backend"].scalable_target_action).max_capacity == "4"
    error_message = "In the morning the usual range returns."
  }
}

run "records_the_commitment_against_the_baseline" {
  command = plan

  variables {
    baseline = {
      services     = { backend = { tasks = 3, cpu = 1024, memory = 2048 }, frontend = { tasks = 3, cpu = 512, memory = 1024 } }
      database     = { instance_class = "db.m7g.large", instances = 2, reserved = true }
      savings_plan = { type = "compute", term_years = 1, hourly_usd = 0.2, coverage_percent = 70 }
      reviewed     = "2025-01-15"
    }
  }

  assert {
    condition     = jsondecode(aws_ssm_parameter.commitment["decided"].insecure_value).baseline_vcpu == 4.5 && jsondecode(aws_ssm_parameter.commitment["decided"].insecure_value).baseline_memory_gib == 9
    error_message = "The baseline must follow from the services."
  }

  assert {
    condition     = one(aws_budgets_budget.coverage["decided"].notification).comparison_operator == "LESS_THAN" && one(aws_budgets_budget.coverage["decided"].notification).threshold == 70
    error_message = "Falling below the coverage decided must be told."
  }
}

run "never_stops_production" {
  command = plan

  variables {
    production = true
    schedules  = { backend = { cluster = "workshop-production", service = "backend", min = 2, max = 4 } }
  }

  expect_failures = [var.schedules]
}
