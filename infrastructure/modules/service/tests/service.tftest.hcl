mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name           = "backend"
  system         = "workshop-test"
  image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/workshop/backend@sha256:7f3c1b0de5a94c6286d1f0b37ae98c55d0412c7be9f68a13d4705e2bc9a81f36"
  repository_arn = "arn:aws:ecr:eu-west-1:111122223333:repository/workshop/backend"
  environment    = { PORT = "8080" }

  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/workshop-test-boundary"

  cluster = {
    arn          = "arn:aws:ecs:eu-west-1:111122223333:cluster/workshop-test"
    name         = "workshop-test"
    namespace_id = "ns-0000000000000000"
  }

  container = {
    cpu            = 512
    memory         = 1024
    port           = 8080
    health_command = ["CMD", "true"]
  }

  network = {
    subnet_ids        = ["subnet-a", "subnet-b"]
    security_group_id = "sg-00000000000000000"
  }

  load_balancing = {
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/backend-blue-test/0000000000000000"
    resource_label   = "app/workshop-test/0000000000000000/targetgroup/backend-blue-test/0000000000000000"
  }

  log = {
    key_arn            = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
    archive_stream_arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/workshop-test-log-archive"
    archive_role_arn   = "arn:aws:iam::111122223333:role/workshop-test-log-subscription"
  }

  scaling = {
    minimum             = 2
    maximum             = 6
    on_demand_base      = 2
    requests_per_target = 600
  }
}

run "the_container_can_do_little" {
  command = plan

  assert {
    condition = (
      local.container.readonlyRootFilesystem &&
      !local.container.privileged &&
      local.container.linuxParameters.capabilities.drop == ["ALL"] &&
      local.container.linuxParameters.initProcessEnabled &&
      local.container.user == "10001:10001"
    )
    error_message = "The container has more rights than it needs."
  }

  assert {
    condition     = local.container.cpu == 512 && local.container.memory == 1024 && aws_ecs_task_definition.this.cpu == "512" && aws_ecs_task_definition.this.memory == "1024"
    error_message = "The container must fit into its task."
  }

  assert {
    condition     = local.container.stopTimeout < 60
    error_message = "The task must be gone before the load balancer stops waiting for it."
  }

  assert {
    condition     = !aws_ecs_service.this.enable_execute_command && !aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "Nobody gets in, neither by exec nor by address."
  }
}

run "a_deployment_keeps_full_capacity_and_rolls_back" {
  command = plan

  assert {
    condition = (
      aws_ecs_service.this.deployment_minimum_healthy_percent == 100 &&
      aws_ecs_service.this.deployment_maximum_percent == 200 &&
      aws_ecs_service.this.deployment_circuit_breaker[0].enable &&
      aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    )
    error_message = "A deployment must keep what serves, and come back when it fails."
  }

  assert {
    condition     = one([for strategy in aws_ecs_service.this.capacity_provider_strategy : strategy.base if strategy.capacity_provider == "FARGATE"]) == 2
    error_message = "The base must not depend on Spot."
  }
}

run "three_signals_scale_between_the_bounds" {
  command = plan

  assert {
    condition = toset([
      for policy in aws_appautoscaling_policy.tracking :
      policy.target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type
    ]) == toset(["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", "ALBRequestCountPerTarget"])
    error_message = "CPU, memory and requests must each be tracked."
  }

  assert {
    condition     = aws_appautoscaling_policy.tracking["requests"].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == var.load_balancing.resource_label
    error_message = "Requests must be counted at the service's own target group."
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && aws_appautoscaling_target.this.max_capacity == 6 && aws_appautoscaling_target.this.resource_id == "service/workshop-test/backend"
    error_message = "The bounds must reach the service."
  }
}

run "the_roles_are_apart_and_narrow" {
  command = plan

  assert {
    condition     = aws_iam_role.execution.permissions_boundary == var.permissions_boundary_arn && aws_iam_role.task.permissions_boundary == var.permissions_boundary_arn
    error_message = "A role is not bounded to its environment."
  }

  assert {
    condition     = aws_iam_role.execution.name == "workshop-test-backend-execution" && aws_iam_role.task.name == "workshop-test-backend-task"
    error_message = "Execution and task role must be two, named after the service."
  }

  assert {
    condition     = toset([for condition in data.aws_iam_policy_document.trust.statement[0].condition : condition.variable]) == toset(["aws:SourceAccount", "aws:SourceArn"])
    error_message = "The trust must name the account and the source."
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.execution.statement : statement.sid if contains(statement.resources, "*")] == ["LogIn"]
    error_message = "Only logging in to the registry has no resource."
  }

  assert {
    condition     = length(aws_iam_role_policy.task) == 0
    error_message = "An application that calls nothing gets no policy."
  }
}

run "secrets_come_by_reference" {
  command = plan

  variables {
    secrets_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
    secrets = {
      SIGNING_KEY = { arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:workshop/test/signing-AbCdEf", field = "key" }
    }
  }

  assert {
    condition     = local.container.secrets == [{ name = "SIGNING_KEY", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:workshop/test/signing-AbCdEf:key::" }]
    error_message = "The field of the secret must be named, not copied."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.execution.statement : statement.resources if statement.sid == "ReadSecrets"
    ]) == toset(["arn:aws:secretsmanager:eu-west-1:111122223333:secret:workshop/test/signing-AbCdEf"])
    error_message = "The execution role may read the service's own secrets only."
  }
}

run "the_log_is_encrypted_kept_and_archived" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.log.key_arn && aws_cloudwatch_log_group.this.retention_in_days >= 90
    error_message = "The log must be encrypted and kept for at least 90 days."
  }

  assert {
    condition     = local.container.logConfiguration.options["awslogs-group"] == aws_cloudwatch_log_group.this.name && aws_cloudwatch_log_subscription_filter.archive.destination_arn == var.log.archive_stream_arn
    error_message = "The container must write to this group, and the group to the archive."
  }
}

run "a_tag_instead_of_a_digest_is_refused" {
  command = plan

  variables {
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/workshop/backend:1.4.2"
  }

  expect_failures = [var.image]
}

run "a_secret_in_plain_sight_is_refused" {
  command = plan

  variables {
    environment = { DATABASE_PASSWORD = "made-up" }
  }

  expect_failures = [var.environment]
}

run "root_is_refused" {
  command = plan

  variables {
    container = { cpu = 512, memory = 1024, port = 8080, user = "0", health_command = ["CMD", "true"] }
  }

  expect_failures = [var.container]
}

run "a_size_that_fargate_does_not_have_is_refused" {
  command = plan

  variables {
    container = { cpu = 256, memory = 4096, port = 8080, health_command = ["CMD", "true"] }
  }

  expect_failures = [var.container]
}
