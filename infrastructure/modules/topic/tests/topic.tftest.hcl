mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "workshop-alarms"
  key_arn = "arn:aws:kms:eu-west-1:111122223333:key/a"
  subscribers = {
    team    = { protocol = "email", endpoint = "team@example.com" }
    on_call = { protocol = "https", endpoint = "https://events.example.com/enqueue" }
  }
}

override_resource {
  target          = aws_sns_topic.this
  override_during = plan
  values = {
    arn = "arn:aws:sns:eu-west-1:111122223333:workshop-alarms"
  }
}

run "is_encrypted_and_heard" {
  command = plan

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.key_arn
    error_message = "Messages must be encrypted with the key given."
  }

  assert {
    condition     = aws_sns_topic_subscription.this["team"].endpoint == "team@example.com" && aws_sns_topic_subscription.this["on_call"].protocol == "https"
    error_message = "Everybody named must be subscribed."
  }
}

run "takes_messages_from_services_of_the_account_only" {
  command = plan

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.topic.statement :
      alltrue([for principal in statement.principals : principal.type == "Service"]) && one(statement.condition).values == tolist(["111122223333"])
      if statement.effect == "Allow"
    ])
    error_message = "Only services may publish, and only for this account."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.topic.statement :
      statement.effect == "Deny" && one(statement.condition).variable == "aws:SecureTransport"
    ])
    error_message = "Unencrypted transport must be refused."
  }
}

run "refuses_silence" {
  command = plan

  variables {
    subscribers = {}
  }

  expect_failures = [var.subscribers]
}

run "refuses_plain_http" {
  command = plan

  variables {
    subscribers = { team = { protocol = "http", endpoint = "http://example.com" } }
  }

  expect_failures = [var.subscribers]
}
