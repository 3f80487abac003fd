# Buying cannot be undone by a destroy, so Terraform records the decision, and AWS Budgets watches that it is kept.
locals {
  # What runs even in the quietest hour is what a commitment covers without waste.
  commitment = var.baseline == null ? {} : {
    decided = {
      baseline_vcpu       = sum([for service in var.baseline.services : service.tasks * service.cpu / 1024])
      baseline_memory_gib = sum([for service in var.baseline.services : service.tasks * service.memory / 1024])
      services            = var.baseline.services
      database            = var.baseline.database
      savings_plan        = var.baseline.savings_plan
      reviewed            = var.baseline.reviewed
    }
  }
}

resource "aws_ssm_parameter" "commitment" {
  #checkov:skip=CKV2_AWS_34:Not a secret: the decision is there to be read by everyone who looks at costs
  #checkov:skip=CKV_AWS_337:Not a secret: the decision is there to be read by everyone who looks at costs
  for_each = local.commitment # CST-05

  name           = "/${var.name}/commitment"
  description    = "What ${var.name} needs at least, and the commitment decided for it."
  type           = "String"
  insecure_value = jsonencode(each.value)
}

resource "aws_budgets_budget" "coverage" {
  for_each = local.commitment # CST-05

  name         = "${var.name}-savings-plan-coverage"
  budget_type  = "SAVINGS_PLANS_COVERAGE"
  limit_amount = "100"
  limit_unit   = "PERCENTAGE"
  time_unit    = "MONTHLY"

  # A coverage counts commitments alone; AWS refuses the budget when anything else is included.
  cost_types {
    include_credit             = false
    include_discount           = false
    include_other_subscription = false
    include_recurring          = false
    include_refund             = false
    include_subscription       = true
    include_support            = false
    include_tax                = false
    include_upfront            = false
    use_blended                = false
  }

  notification {
    notification_type          = "ACTUAL"
    comparison_operator        = "LESS_THAN"
    threshold                  = each.value.savings_plan.coverage_percent
    threshold_type             = "PERCENTAGE"
    subscriber_sns_topic_arns  = [var.topic_arn]
    subscriber_email_addresses = var.subscriber_emails
  }
}
