mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  system          = "workshop-test"
  replicas        = 2
  image           = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/workshop/harness-delegate@sha256:c05d8e62a91f74b3e0d6f5812c7a4b9937e8d1605fab29c4483e7f06d2b15a98"
  repository_arn  = "arn:aws:ecr:eu-west-1:111122223333:repository/workshop/harness-delegate"
  secrets_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  harness         = { account_id = "WorkshopExampleAcct001" }

  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/workshop-test-boundary"

  cluster = {
    arn  = "arn:aws:ecs:eu-west-1:111122223333:cluster/workshop-test"
    name = "workshop-test"
  }

  network = {
    subnet_ids        = ["subnet-a", "subnet-b"]
    security_group_id = "sg-00000000000000000"
  }

  log = {
    key_arn            = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
    archive_stream_arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/workshop-test-log-archive"
    archive_role_arn   = "arn:aws:iam::111122223333:role/workshop-test-log-subscription"
  }

  deploys = {
    task_families   = ["workshop-test-backend"]
    role_arns       = ["arn:aws:iam::111122223333:role/workshop-test-backend-execution", "arn:aws:iam::111122223333:role/workshop-test-backend-task"]
    listener_arns   = { serving = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/workshop-test/0000000000000000/0000000000000000" }
    rule_arns       = []
    repository_arns = ["arn:aws:ecr:eu-west-1:111122223333:repository/workshop/backend"]
  }
}

run "two_delegates_run_unseen" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.desired_count == 2 && aws_appautoscaling_target.this.min_capacity == 2
    error_message = "Two delegates must always run."
  }

  assert {
    condition     = !aws_ecs_service.this.network_configuration[0].assign_public_ip && length(aws_ecs_service.this.load_balancer) == 0
    error_message = "Nobody may reach the delegate."
  }

  assert {
    condition     = toset([for strategy in aws_ecs_service.this.capacity_provider_strategy : strategy.capacity_provider]) == toset(["FARGATE"])
    error_message = "A deployment must not depend on Spot."
  }

  assert {
    condition     = local.container.readonlyRootFilesystem && local.container.user == "1001:1001" && local.container.linuxParameters.capabilities.drop == ["ALL"]
    error_message = "The delegate has more rights than it needs."
  }
}

run "the_token_comes_from_the_secret_manager" {
  command = plan

  assert {
    condition     = local.container.secrets == [{ name = "DELEGATE_TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }]
    error_message = "The token must come by reference."
  }

  assert {
    condition     = !anytrue([for setting in local.container.environment : setting.name == "DELEGATE_TOKEN"])
    error_message = "The token stands in the plain environment."
  }

  assert {
    condition     = aws_secretsmanager_secret.token.kms_key_id == var.secrets_key_arn && aws_secretsmanager_secret.token.name == "workshop/test/delegate/token"
    error_message = "The token must be encrypted with the environment's key."
  }
}

run "it_hands_over_only_the_roles_it_was_given" {
  command = plan

  assert {
    condition     = aws_iam_role.execution.permissions_boundary == var.permissions_boundary_arn && aws_iam_role.task.permissions_boundary == var.permissions_boundary_arn
    error_message = "A role is not bounded to its environment."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.deployment[0].statement : statement.resources if contains(statement.actions, "iam:PassRole")
    ]) == toset(var.deploys.role_arns)
    error_message = "iam:PassRole must be limited to the roles of the deployed tasks."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.deployment[0].statement : one(statement.condition).values if contains(statement.actions, "iam:PassRole")
    ]) == tolist(["ecs-tasks.amazonaws.com"])
    error_message = "The roles may be handed to ECS tasks only."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.deployment[0].statement :
      length(statement.condition) > 0 || alltrue([for action in statement.actions : can(regex(":(Describe|Get|List)", action))])
      if contains(statement.resources, "*")
    ])
    error_message = "What is allowed everywhere may only look."
  }

  assert {
    condition     = alltrue(flatten([for statement in data.aws_iam_policy_document.deployment[0].statement : [for action in statement.actions : !strcontains(action, "*")]]))
    error_message = "Actions must be named one by one."
  }
}

run "it_scales_its_own_environment_only" {
  command = plan

  assert {
    condition = one(flatten([
      for statement in data.aws_iam_policy_document.deployment[0].statement : [
        for condition in statement.condition : condition.values if condition.variable == "aws:ResourceTag/Environment"
      ] if statement.sid == "KeepScaling"
    ])) == "test"
    error_message = "The scaling of another environment could be changed."
  }
}

run "one_delegate_is_refused" {
  command = plan

  variables {
    replicas = 1
  }

  expect_failures = [var.replicas]
}

run "one_that_builds_deploys_nothing" {
  command = plan

  variables {
    deploys      = null
    service_name = "build-delegate"
    builds = {
      image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/workshop/harness-runner@sha256:c05d8e62a91f74b3e0d6f5812c7a4b9937e8d1605fab29c4483e7f06d2b15a98"
      repository_arn = "arn:aws:ecr:eu-west-1:111122223333:repository/workshop/harness-runner"
      pools          = { eu-west-1a = "{}", eu-west-1b = "{}" }
      policy         = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }

  assert {
    condition     = length(aws_iam_role_policy.deployment) == 0 && length(aws_iam_role.secret_reader) == 0 && length(aws_iam_role_policy.builds) == 1
    error_message = "Whoever takes over a build must not be able to deploy, nor to read what deployments know."
  }

  assert {
    condition     = [for container in local.containers : container.name] == ["delegate", "runner"] && anytrue([for setting in local.container.environment : setting == { name = "RUNNER_URL", value = "http://127.0.0.1:3000" }])
    error_message = "The delegate must have a runner beside it, and know where."
  }

  assert {
    condition     = [for setting in local.runners[0].environment : setting.name] == ["POOL_1a", "POOL_1b"]
    error_message = "The runner must find the pool of its zone."
  }

  assert {
    condition     = local.runners[0].readonlyRootFilesystem && local.runners[0].user == "65534:65534" && local.runners[0].linuxParameters.capabilities.drop == ["ALL"] && !can(local.runners[0].secrets)
    error_message = "The runner has more rights than it needs."
  }

  assert {
    condition     = aws_ecs_task_definition.this.cpu == "2048" && aws_ecs_task_definition.this.memory == "5120"
    error_message = "The task must have room for both containers, in a size that Fargate knows."
  }
}

run "one_that_builds_and_deploys_is_refused" {
  command = plan

  variables {
    builds = {
      image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/workshop/harness-runner@sha256:c05d8e62a91f74b3e0d6f5812c7a4b9937e8d1605fab29c4483e7f06d2b15a98"
      repository_arn = "arn:aws:ecr:eu-west-1:111122223333:repository/workshop/harness-runner"
      pools          = { eu-west-1a = "{}", eu-west-1b = "{}" }
      policy         = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }

  expect_failures = [var.builds]
}
