mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "workshop-test"
  scope   = "REGIONAL"
  key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

# One run, because the schema of access control lists makes each plan a slow one.
run "attacks_are_blocked_floods_limited_and_the_log_is_safe" {
  command = plan

  assert {
    condition = toset(flatten([
      for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for group in statement.managed_rule_group_statement : group.name]]
      ])) == toset([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesAnonymousIpList",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesSQLiRuleSet",
    ])
    error_message = "A managed rule group is missing."
  }

  assert {
    condition     = length(distinct([for rule in aws_wafv2_web_acl.this.rule : rule.priority])) == length(aws_wafv2_web_acl.this.rule)
    error_message = "Two rules have the same priority."
  }

  assert {
    condition     = alltrue(flatten([for rule in aws_wafv2_web_acl.this.rule : [for action in rule.override_action : length(action.count) == 0]]))
    error_message = "A group only counts."
  }

  assert {
    condition = one(flatten([
      for rule in aws_wafv2_web_acl.this.rule : [for statement in rule.statement : [for rate in statement.rate_based_statement : rate.limit]]
    ])) == 2000
    error_message = "The rate of one address must be limited."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.key_arn && startswith(aws_cloudwatch_log_group.this.name, "aws-waf-logs-")
    error_message = "AWS logs to an encrypted group with the prefix aws-waf-logs- only."
  }

  assert {
    condition     = toset(flatten([for field in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : [for header in field.single_header : header.name]])) == toset(["authorization", "cookie"])
    error_message = "Credentials of visitors would be logged."
  }
}

run "another_scope_is_refused" {
  command = plan

  variables {
    scope = "GLOBAL"
  }

  expect_failures = [var.scope]
}
