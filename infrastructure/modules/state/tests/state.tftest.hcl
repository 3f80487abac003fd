mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop-terraform-state"
  environments      = ["shared", "staging", "production"]
  key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/a"
  access_log_bucket = "workshop-logs-111122223333"
  replicate_to      = { bucket_arn = "arn:aws:s3:::workshop-copy", key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b" }
}

# The bucket itself is proved by its own module; here it only has to be well formed.
override_module {
  target          = module.bucket
  override_during = plan
  outputs = {
    id          = "workshop-terraform-state"
    arn         = "arn:aws:s3:::workshop-terraform-state"
    domain_name = "workshop-terraform-state.s3.eu-west-1.amazonaws.com"
  }
}

run "keeps_each_environment_to_its_own_state" {
  command = plan

  assert {
    condition = alltrue([
      for environment in var.environments : anytrue([
        for statement in data.aws_iam_policy_document.separation.statement :
        statement.effect == "Deny" && contains(statement.actions, "s3:PutObject")
        && statement.resources == toset(["arn:aws:s3:::workshop-terraform-state/${environment}/*"])
        && anytrue([for condition in statement.condition : condition.variable == "aws:PrincipalTag/Environment" && condition.values == tolist([environment])])
      ])
    ])
    error_message = "Who belongs to one environment must not reach the state of another."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.separation.statement : statement.effect == "Deny"])
    error_message = "The bucket's policy takes rights away and gives none."
  }

  assert {
    condition     = anytrue([for statement in data.aws_iam_policy_document.separation.statement : contains(statement.actions, "s3:DeleteObjectVersion") && length(statement.condition) == 0])
    error_message = "Earlier states must be safe from everybody."
  }

  assert {
    condition     = output.bucket == "workshop-terraform-state"
    error_message = "The output must be the name that backends use."
  }
}

run "refuses_a_key_that_is_none" {
  command = plan

  variables {
    key_arn = "alias/workshop-state"
  }

  expect_failures = [var.key_arn]
}
