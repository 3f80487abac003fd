mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name               = "workshop-logs"
  description        = "Logs of the workshop"
  service_principals = ["logs.eu-west-1.amazonaws.com", "cloudtrail.amazonaws.com", "cloudfront.amazonaws.com", "sns.amazonaws.com"]
}

run "protects_the_key" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key must rotate, and be recoverable for thirty days."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/workshop-logs" && aws_kms_alias.this.target_key_id == aws_kms_key.this.key_id
    error_message = "The alias must lead to the key."
  }
}

run "admits_nobody_without_proof" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.key.statement : [
        for principal in statement.principals : !contains(principal.identifiers, "*")
      ]
    ]))
    error_message = "No statement of a key policy may name everybody."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.key.statement :
      length(statement.condition) == 1 if anytrue([for principal in statement.principals : principal.type == "Service"])
    ])
    error_message = "Every service must prove for whom it asks."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.key.statement : [
        for principal in statement.principals : [
          for service in principal.identifiers : one(statement.condition) == {
            test     = local.proofs[service].test
            variable = local.proofs[service].variable
            values   = tolist([local.proofs[service].value])
          }
        ] if principal.type == "Service"
      ]
    ]))
    error_message = "The proof asked for must be the one that fits the service, and the only one accepted."
  }

  assert {
    condition     = local.proofs["logs.eu-west-1.amazonaws.com"].value == "arn:aws:logs:eu-west-1:111122223333:*"
    error_message = "CloudWatch Logs proves itself by the log group it encrypts."
  }

  assert {
    condition     = local.proofs["cloudtrail.amazonaws.com"].value == "arn:aws:cloudtrail:*:111122223333:trail/*"
    error_message = "CloudTrail proves itself by a trail of the account."
  }

  assert {
    condition     = local.proofs["sns.amazonaws.com"] == { test = "StringEquals", variable = "aws:SourceAccount", value = "111122223333" }
    error_message = "Other services prove themselves by the account."
  }
}

run "separates_administration_from_use" {
  command = plan

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.key.statement :
      !contains(statement.actions, "kms:Decrypt") if statement.sid == "AdministerWithoutUsing"
    ])
    error_message = "Who administers the key must not decrypt with it by that right."
  }

  assert {
    condition     = length(distinct([for statement in data.aws_iam_policy_document.key.statement : statement.sid])) == length(data.aws_iam_policy_document.key.statement)
    error_message = "Statement ids must differ, AWS refuses the policy otherwise."
  }
}

run "names_administrators" {
  command = plan

  variables {
    administrators = ["arn:aws:iam::111122223333:role/security"]
  }

  assert {
    condition     = one([for statement in data.aws_iam_policy_document.key.statement : one(statement.principals).identifiers if statement.sid == "AdministerWithoutUsing"]) == toset(["arn:aws:iam::111122223333:role/security"])
    error_message = "Only the administrators named may administer."
  }
}

run "refuses_a_wildcard_as_administrator" {
  command = plan

  variables {
    administrators = ["*"]
  }

  expect_failures = [var.administrators]
}
