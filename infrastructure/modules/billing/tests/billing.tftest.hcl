mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop"
  monthly_limit_usd = 3500
  topic_arn         = "arn:aws:sns:us-east-1:111122223333:workshop-charges"
  access_log_bucket = "workshop-logs-111122223333"
  connector         = { principal_arn = "arn:aws:iam::444455556666:root", external_id = "harness:444455556666:account" }
  replicate_to      = { bucket_arn = "arn:aws:s3:::workshop-copy", key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b" }
}

# The bucket itself is proved by its own module; here it only has to be well formed.
override_module {
  target          = module.bucket
  override_during = plan
  outputs = {
    id          = "workshop-costs-111122223333"
    arn         = "arn:aws:s3:::workshop-costs-111122223333"
    domain_name = "workshop-costs-111122223333.s3.eu-west-1.amazonaws.com"
  }
}

run "raises_an_alarm_over_charges" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.charges.metric_name == "EstimatedCharges" && aws_cloudwatch_metric_alarm.charges.threshold == 3500 && aws_cloudwatch_metric_alarm.charges.alarm_actions == toset([var.topic_arn])
    error_message = "Charges above the limit must be told."
  }

  assert {
    condition     = one(aws_ce_anomaly_subscription.this.subscriber).address == var.topic_arn
    error_message = "Anomalies must be told."
  }
}

run "breaks_costs_down_by_tag" {
  command = plan

  assert {
    condition     = keys(aws_ce_cost_allocation_tag.this) == ["CostCenter", "Environment", "Owner", "System"] && alltrue([for tag in aws_ce_cost_allocation_tag.this : tag.status == "Active"])
    error_message = "All four tags must be active."
  }
}

run "shows_costs_to_the_connector_and_nothing_more" {
  command = plan

  assert {
    condition     = one(one(data.aws_iam_policy_document.connector_trust.statement).condition).values == tolist(["harness:444455556666:account"])
    error_message = "Only with our external id may the role be assumed."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.connector.statement : [
        for action in statement.actions : can(regex(":(Get|List|Describe)", action))
      ]
    ]))
    error_message = "The connector reads."
  }

  assert {
    condition     = aws_cur_report_definition.this.s3_bucket == "workshop-costs-111122223333" && contains(aws_cur_report_definition.this.additional_schema_elements, "RESOURCES")
    error_message = "The report must name resources and lie in the bucket of costs."
  }
}

run "refuses_a_connector_without_external_id" {
  command = plan

  variables {
    connector = { principal_arn = "arn:aws:iam::444455556666:root", external_id = "" }
  }

  expect_failures = [var.connector]
}
