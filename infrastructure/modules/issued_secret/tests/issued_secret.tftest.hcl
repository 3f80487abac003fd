mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name        = "workshop/test/backend/flags"
  description = "Key of the flag service, in the field sdk_key"
  key_arn     = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "our_own_key_encrypts_it" {
  command = plan

  assert {
    condition     = aws_secretsmanager_secret.this.kms_key_id == var.key_arn && aws_secretsmanager_secret.this.recovery_window_in_days == 30
    error_message = "The secret must be encrypted with our key, and be recoverable."
  }

  assert {
    condition     = aws_secretsmanager_secret.this.name == "workshop/test/backend/flags"
    error_message = "Policies and manifests find the secret by its name."
  }
}

run "a_name_without_an_owner_is_refused" {
  command = plan

  variables {
    name = "flags"
  }

  expect_failures = [var.name]
}
