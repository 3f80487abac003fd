mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name         = "workshop-logs-111122223333"
  replicate_to = { bucket_arn = "arn:aws:s3:::workshop-copy", key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b" }
}

# The bucket itself is proved by its own module; here it only has to be well formed.
override_module {
  target          = module.bucket
  override_during = plan
  outputs = {
    id          = "workshop-logs-111122223333"
    arn         = "arn:aws:s3:::workshop-logs-111122223333"
    domain_name = "workshop-logs-111122223333.s3.eu-west-1.amazonaws.com"
  }
}

run "lets_only_services_of_aws_write_for_this_account" {
  command = plan

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.writers.statement :
      length(statement.condition) == 1 && alltrue([for principal in statement.principals : principal.type == "Service"])
    ])
    error_message = "Every writer must be a service, tied to this account by a condition."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.writers.statement : [
        for condition in statement.condition : [for value in condition.values : strcontains(value, "111122223333")]
      ]
    ]))
    error_message = "The conditions must name this account."
  }

  assert {
    condition = length(setsubtract(
      ["cloudtrail.amazonaws.com", "config.amazonaws.com", "delivery.logs.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com", "logging.s3.amazonaws.com"],
      flatten([for statement in data.aws_iam_policy_document.writers.statement : [for principal in statement.principals : principal.identifiers] if contains(statement.actions, "s3:PutObject")]),
    )) == 0
    error_message = "Audit, configuration, flow, load balancer and bucket logs must all find their way here."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.writers.statement : !anytrue([for action in statement.actions : strcontains(action, "Delete") || strcontains(action, "GetObject")])])
    error_message = "Writers neither read nor delete."
  }
}

run "refuses_to_forget_within_a_year" {
  command = plan

  variables {
    retention_days = 90
  }

  expect_failures = [var.retention_days]
}
