mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop"
  bucket            = "workshop-logs-111122223333"
  key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/a"
  recorder_role_arn = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
  topic_arn         = "arn:aws:sns:eu-west-1:111122223333:workshop-account"
}

override_resource {
  target          = aws_iam_role.trail
  override_during = plan
  values = {
    arn = "arn:aws:iam::111122223333:role/workshop-trail"
  }
}

override_resource {
  target          = aws_cloudwatch_log_group.trail
  override_during = plan
  values = {
    arn = "arn:aws:logs:eu-west-1:111122223333:log-group:/workshop/cloudtrail"
  }
}

run "records_who_did_what" {
  command = plan

  assert {
    condition     = aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.include_global_service_events && aws_cloudtrail.this.enable_logging
    error_message = "The trail must cover all regions and be on."
  }

  assert {
    condition     = aws_cloudtrail.this.enable_log_file_validation && aws_cloudtrail.this.kms_key_id == var.key_arn && aws_cloudtrail.this.s3_bucket_name == var.bucket
    error_message = "Log files must be signed, encrypted and in the protected bucket."
  }

  assert {
    condition     = one(aws_cloudtrail.this.event_selector).include_management_events && one(aws_cloudtrail.this.event_selector).read_write_type == "All"
    error_message = "Management events, reading and writing, must be recorded."
  }

  assert {
    condition     = aws_cloudtrail.this.cloud_watch_logs_group_arn == "arn:aws:logs:eu-west-1:111122223333:log-group:/workshop/cloudtrail:*" && aws_cloudwatch_log_group.trail.kms_key_id == var.key_arn
    error_message = "Events must also reach an encrypted log group."
  }

  assert {
    condition = toset(flatten([for condition in one(data.aws_iam_policy_document.trail_trust.statement).condition : condition.values])) == toset([
      "111122223333",
      "arn:aws:cloudtrail:eu-west-1:111122223333:trail/workshop",
    ])
    error_message = "Only this trail of this account may use the role."
  }
}

run "checks_continuously" {
  command = plan

  assert {
    condition     = aws_config_configuration_recorder_status.this.is_enabled && one(aws_config_configuration_recorder.this.recording_group).all_supported && aws_config_configuration_recorder.this.role_arn == var.recorder_role_arn
    error_message = "The recorder must run, record everything and use the service-linked role."
  }

  assert {
    condition     = jsondecode(aws_config_config_rule.this["REQUIRED_TAGS"].input_parameters) == { tag1Key = "System", tag2Key = "Environment", tag3Key = "Owner", tag4Key = "CostCenter" }
    error_message = "All four tags must be required."
  }

  assert {
    condition     = alltrue([for identifier, rule in aws_config_config_rule.this : one(rule.source).owner == "AWS" && one(rule.source).source_identifier == identifier])
    error_message = "Every rule must be the managed one it is named after."
  }

  assert {
    condition     = aws_guardduty_detector.this.enable && keys(aws_guardduty_detector_feature.this) == ["RDS_LOGIN_EVENTS", "S3_DATA_EVENTS"]
    error_message = "Threats must be looked for, in sign-ins to the database and in buckets too."
  }

  assert {
    condition     = alltrue([for target in aws_cloudwatch_event_target.this : target.arn == var.topic_arn]) && keys(aws_cloudwatch_event_target.this) == ["noncompliance", "threat"]
    error_message = "What is found must be told."
  }
}

run "refuses_more_tags_than_the_rule_can_check" {
  command = plan

  variables {
    required_tags = ["A", "B", "C", "D", "E", "F", "G"]
  }

  expect_failures = [var.required_tags]
}
