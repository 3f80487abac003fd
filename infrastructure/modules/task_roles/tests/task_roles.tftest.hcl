mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name                     = "migration"
  system                   = "workshop-test"
  log_group_arn            = "arn:aws:logs:eu-west-1:111122223333:log-group:/workshop-test/backend"
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/workshop-test-boundary"
  repository_arn           = "arn:aws:ecr:eu-west-1:111122223333:repository/workshop/backend"
}

run "manifests_find_the_roles_by_name" {
  command = plan

  assert {
    condition     = aws_iam_role.execution.name == "workshop-test-migration-execution" && aws_iam_role.task.name == "workshop-test-migration-task"
    error_message = "The manifests of the pipelines name the roles so."
  }

  assert {
    condition     = output.task_family == "workshop-test-migration"
    error_message = "The manifests of the pipelines name the family so."
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.execution, aws_iam_role.task] : role.permissions_boundary == var.permissions_boundary_arn])
    error_message = "A role is not bounded to its environment."
  }
}

run "only_tasks_of_this_account_take_the_roles" {
  command = plan

  assert {
    condition = toset(flatten([
      for statement in data.aws_iam_policy_document.trust.statement : [for principal in statement.principals : principal.identifiers]
    ])) == toset(["ecs-tasks.amazonaws.com"])
    error_message = "Only ECS tasks may take the roles."
  }

  assert {
    condition = contains(flatten([
      for statement in data.aws_iam_policy_document.trust.statement : [for condition in statement.condition : condition.variable]
    ]), "aws:SourceAccount")
    error_message = "The trust must be tied to this account."
  }
}

run "what_was_not_given_is_not_granted" {
  command = plan

  assert {
    condition     = !anytrue([for statement in data.aws_iam_policy_document.execution.statement : contains(statement.actions, "secretsmanager:GetSecretValue")])
    error_message = "A task without a secret may read one."
  }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "A task that calls nothing may call something."
  }
}

run "a_public_image_needs_no_registry" {
  command = plan

  variables {
    repository_arn = null
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution.statement : statement.actions])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "Only its log is left to write."
  }
}

run "one_secret_is_readable_and_no_other" {
  command = plan

  variables {
    secret = {
      arn     = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-abcdef"
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
    }
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.execution.statement : statement.resources if contains(statement.actions, "secretsmanager:GetSecretValue")
    ]) == toset([var.secret.arn])
    error_message = "Only the given secret may be read."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.execution.statement : one(statement.condition).values if contains(statement.actions, "kms:Decrypt")
    ]) == tolist(["secretsmanager.eu-west-1.amazonaws.com"])
    error_message = "The key may be used through Secrets Manager only."
  }
}
