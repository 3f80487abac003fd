# What the account has once, evaluated without an account.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "replica"
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "../../mocks"
  override_during = plan
}

run "is_found_by_its_names_and_copied" {
  command = plan

  assert {
    condition     = keys(output.repository_urls) == ["workshop/backend", "workshop/frontend", "workshop/harness-delegate", "workshop/harness-runner", "workshop/node-runtime"]
    error_message = "The environments look these repositories up."
  }

  assert {
    condition     = local.buckets.logs == "workshop-logs-${var.account_id}"
    error_message = "The environments look the log archive up by this name."
  }

  assert {
    condition     = local.buckets.state == "workshop-terraform-state"
    error_message = "Every backend block names this bucket."
  }

  assert {
    condition     = keys(output.boundary_arns) == ["build", "production", "staging"]
    error_message = "Each environment needs its boundary."
  }

  assert {
    condition     = keys(module.replica_bucket) == keys(local.buckets)
    error_message = "Every bucket needs a replica."
  }
}

run "refuses_another_form_of_account" {
  command = plan

  variables {
    account_id = "workshop"
  }

  expect_failures = [var.account_id]
}
