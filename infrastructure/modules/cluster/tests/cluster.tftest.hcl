mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "workshop-test"
  vpc_id  = "vpc-00000000000000000"
  key_arn = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "the_cluster_mixes_capacity_and_is_observed" {
  command = plan

  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "Both capacity providers must be there."
  }

  assert {
    condition     = one([for setting in aws_ecs_cluster.this.setting : setting.value if setting.name == "containerInsights"]) == "enabled"
    error_message = "Container insights are off."
  }

  assert {
    condition     = alltrue([for strategy in aws_ecs_cluster_capacity_providers.this.default_capacity_provider_strategy : strategy.capacity_provider == "FARGATE"])
    error_message = "What says nothing for itself must not run on Spot."
  }
}

run "exec_sessions_would_be_recorded" {
  command = plan

  assert {
    condition = (
      aws_ecs_cluster.this.configuration[0].execute_command_configuration[0].logging == "OVERRIDE" &&
      aws_ecs_cluster.this.configuration[0].execute_command_configuration[0].kms_key_id == var.key_arn &&
      aws_cloudwatch_log_group.exec.kms_key_id == var.key_arn && aws_cloudwatch_log_group.exec.retention_in_days >= 90
    )
    error_message = "Exec sessions must be encrypted and kept."
  }
}

run "names_resolve_inside_only" {
  command = plan

  assert {
    condition     = aws_service_discovery_private_dns_namespace.this.name == "workshop-test.internal" && aws_service_discovery_private_dns_namespace.this.vpc == var.vpc_id
    error_message = "The namespace must be private to the VPC."
  }
}
