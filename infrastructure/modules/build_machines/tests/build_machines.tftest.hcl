mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan

  mock_resource "aws_iam_instance_profile" {
    defaults = { arn = "arn:aws:iam::111122223333:instance-profile/workshop-build-machine" }
  }
}

variables {
  system                   = "workshop-build"
  permissions_boundary_arn = "arn:aws:iam::111122223333:policy/workshop-build-boundary"
  repository_arns          = ["arn:aws:ecr:eu-west-1:111122223333:repository/workshop/backend"]
  base_repository_arns     = ["arn:aws:ecr:eu-west-1:111122223333:repository/workshop/node-runtime"]
  tags                     = { System = "workshop" }

  network = { vpc_id = "vpc-00000000000000000", subnet_ids = { eu-west-1a = "subnet-a", eu-west-1b = "subnet-b" }, security_group_id = "sg-00000000000000000" }

  pool = {
    name    = "workshop-build"
    image   = "ami-0123456789abcdef0"
    size    = "m7i.large"
    waiting = 1
    at_most = 4
  }
}

run "the_pool_is_what_the_runner_reads" {
  command = plan

  assert {
    condition     = one(local.pools["eu-west-1a"].instances).name == "workshop-build" && one(local.pools["eu-west-1a"].instances).spec.network.private_ip
    error_message = "The pool must have the name that pipelines use, and machines without public address."
  }

  assert {
    condition     = one(local.pools["eu-west-1a"].instances).spec.iam_profile_arn == aws_iam_instance_profile.machine.arn
    error_message = "A machine must start with the role that was made for it."
  }

  assert {
    condition     = [for zone, pool in local.pools : [zone, one(pool.instances).spec.account.availability_zone, one(pool.instances).spec.network.subnet_id]] == [["eu-west-1a", "eu-west-1a", "subnet-a"], ["eu-west-1b", "eu-west-1b", "subnet-b"]]
    error_message = "Each zone must have a pool in its own subnet."
  }

  assert {
    condition     = one(local.pools["eu-west-1a"].instances).spec.tags.System == "workshop"
    error_message = "What a machine costs must be found by its tags."
  }
}

run "only_machines_of_its_kind_are_started_and_taken_back" {
  command = plan

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.runner.statement :
      one([for condition in statement.condition : condition.variable]) == "ec2:InstanceProfile"
      if anytrue([for resource in statement.resources : strcontains(resource, ":instance/")])
    ])
    error_message = "The runner may touch a machine that is not its own."
  }

  assert {
    condition = one([
      for statement in data.aws_iam_policy_document.runner.statement : statement.resources if contains(statement.actions, "iam:PassRole")
    ]) == toset([aws_iam_role.machine.arn])
    error_message = "The runner may hand over the role of its machines and no other."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.runner.statement :
      alltrue([for action in statement.actions : can(regex(":(Describe|Get|List)", action))])
      if contains(statement.resources, "*")
    ])
    error_message = "What is allowed everywhere may only look."
  }
}

run "a_machine_can_only_publish" {
  command = plan

  assert {
    condition     = alltrue(flatten([for statement in data.aws_iam_policy_document.machine.statement : [for action in statement.actions : startswith(action, "ecr:")]]))
    error_message = "A build reaches more of AWS than the registry."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.machine.statement :
      !contains(statement.actions, "ecr:PutImage") if anytrue([for arn in statement.resources : contains(var.base_repository_arns, arn)])
    ])
    error_message = "A build could change what other builds start from."
  }

  assert {
    condition     = aws_iam_role.machine.permissions_boundary == var.permissions_boundary_arn
    error_message = "The role is not bounded."
  }
}

run "a_name_instead_of_an_image_is_refused" {
  command = plan

  variables {
    pool = { name = "workshop-build", image = "ubuntu", size = "m7i.large", waiting = 1, at_most = 4 }
  }

  expect_failures = [var.pool]
}
