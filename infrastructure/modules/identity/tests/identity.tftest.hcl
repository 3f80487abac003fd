mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name                 = "workshop"
  environments         = ["staging", "production"]
  build_environment    = "staging"
  service_linked_roles = { containers = "ecs.amazonaws.com", config = "config.amazonaws.com" }
}

run "keeps_environments_apart" {
  command = plan

  assert {
    condition     = aws_iam_policy.boundary["staging"].name == "workshop-staging-boundary"
    error_message = "The environments find the boundary by its name."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.boundary["staging"].statement :
      statement.effect == "Deny" && statement.actions == toset(["*"]) && anytrue([
        for condition in statement.condition :
        condition.test == "StringNotEquals" && condition.variable == "aws:ResourceTag/Environment" && toset(condition.values) == toset(["staging", "shared"])
      ])
    ])
    error_message = "Whatever carries the tag of another environment must be out of reach."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.boundary["staging"].statement :
      statement.resources == toset(["arn:aws:iam::111122223333:role/workshop-staging-*"]) if contains(statement.actions, "iam:PassRole")
    ])
    error_message = "Only roles of the environment may be handed to tasks."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.boundary["production"].statement : [
        for action in statement.actions : !strcontains(action, "*") && (!startswith(action, "iam:") || action == "iam:PassRole" || can(regex("^iam:(Get|List)", action)))
      ] if statement.effect == "Allow"
    ]))
    error_message = "No role may ever change identities, and no action is admitted by a wildcard."
  }
}

run "admits_what_the_verification_of_a_release_only_reads" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.boundary["staging"].statement : [
        for action in statement.actions : can(regex(":(Describe|Get|List)", action))
      ] if statement.sid == "Verify"
    ]))
    error_message = "The verification changes nothing."
  }
}

# AWS takes no managed policy beyond 6144 characters, white space not counted.
run "fits_into_a_managed_policy" {
  command = plan

  assert {
    condition = sum(flatten([
      for statement in data.aws_iam_policy_document.boundary["production"].statement : [for action in statement.actions : length(action) + 3]
    ])) < 5200
    error_message = "The boundary leaves no room for its resources and conditions."
  }
}

run "guards_the_account" {
  command = plan

  assert {
    condition     = aws_iam_account_password_policy.this.minimum_password_length >= 14 && aws_iam_account_password_policy.this.password_reuse_prevention == 24
    error_message = "Passwords of people must be long and new."
  }

  assert {
    condition     = aws_accessanalyzer_analyzer.external.type == "ACCOUNT" && aws_accessanalyzer_analyzer.unused.type == "ACCOUNT_UNUSED_ACCESS"
    error_message = "Access from outside and access that nobody uses must be reported."
  }

  assert {
    condition     = aws_s3_account_public_access_block.this.block_public_policy && aws_s3_account_public_access_block.this.restrict_public_buckets
    error_message = "No bucket of the account may become public."
  }

  assert {
    condition     = aws_iam_service_linked_role.this["containers"].aws_service_name == "ecs.amazonaws.com"
    error_message = "Services use the roles they define themselves."
  }
}

run "refuses_an_environment_called_shared" {
  command = plan

  variables {
    environments = ["shared"]
  }

  expect_failures = [var.environments]
}

run "builds_cannot_deploy" {
  command = plan

  assert {
    condition     = aws_iam_policy.boundary["build"].name == "workshop-build-boundary"
    error_message = "The environment that builds finds the boundary by its name."
  }

  assert {
    condition = !anytrue(flatten([
      for statement in data.aws_iam_policy_document.builds.statement : [for action in statement.actions : can(regex("^(ecs|elasticloadbalancing|rds|sts|iam):", action)) && action != "iam:PassRole"]
    ]))
    error_message = "Whoever takes over a build could deploy, or take on another role."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.builds.statement : statement.resources if contains(statement.actions, "iam:PassRole")
    ]) == toset(["arn:aws:iam::111122223333:role/workshop-build-machine"])
    error_message = "Only the role of its machines may be handed over."
  }

  assert {
    condition     = aws_ebs_encryption_by_default.this.enabled
    error_message = "Disks of build machines must be encrypted."
  }
}

run "builds_belong_to_an_environment" {
  command = plan

  variables {
    build_environment = "shared"
  }

  expect_failures = [var.build_environment]
}
