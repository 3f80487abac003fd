mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name           = "workshop-test"
  bucket_arn     = "arn:aws:s3:::workshop-logs-111122223333"
  bucket_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111"
}

run "logs_are_encrypted_on_the_way_and_at_rest" {
  command = plan

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.server_side_encryption[0].key_arn == var.key_arn && aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].kms_key_arn == var.bucket_key_arn
    error_message = "Logs must be encrypted with keys of our own."
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.extended_s3_configuration[0].bucket_arn == var.bucket_arn
    error_message = "Logs must end in the archive."
  }
}

run "the_stream_writes_into_its_own_folder_only" {
  command = plan

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.delivery.statement : statement.resources if statement.sid == "WriteLogs"
    ]) == toset(["arn:aws:s3:::workshop-logs-111122223333/application/workshop-test/*"])
    error_message = "An environment must not write over the logs of another."
  }

  assert {
    condition     = !anytrue(flatten([for statement in data.aws_iam_policy_document.delivery.statement : [for action in statement.actions : strcontains(action, "Delete")]]))
    error_message = "Who writes logs must not delete them."
  }
}

run "trust_names_this_account" {
  command = plan

  assert {
    condition     = one(data.aws_iam_policy_document.delivery_trust.statement[0].condition).values == tolist(["111122223333"])
    error_message = "The stream's role must be closed to other accounts."
  }

  assert {
    condition     = toset([for condition in data.aws_iam_policy_document.subscription_trust.statement[0].condition : condition.variable]) == toset(["aws:SourceAccount", "aws:SourceArn"])
    error_message = "The subscription's role must be closed to other accounts."
  }
}

run "a_bucket_by_name_is_refused" {
  command = plan

  variables {
    bucket_arn = "workshop-logs-111122223333"
  }

  expect_failures = [var.bucket_arn]
}
