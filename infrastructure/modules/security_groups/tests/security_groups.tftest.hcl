mock_provider "aws" {
  override_during = plan

  # No value needs a form here, but each must be made up while planning, different for every resource.
  mock_resource "aws_security_group" {}
}

variables {
  name              = "workshop-test"
  vpc_id            = "vpc-00000000000000000"
  s3_prefix_list_id = "pl-6da54004"
  ports             = { frontend = 3000, backend = 8080, database = 5432, verification = 8443 }
}

run "the_internet_reaches_the_load_balancer_only" {
  command = plan

  assert {
    condition = alltrue([
      for rule in aws_vpc_security_group_ingress_rule.internet : rule.security_group_id == aws_security_group.this["load_balancer"].id
    ])
    error_message = "Another group than the load balancer's is open to the internet."
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.internet : rule.from_port]) == toset([80, 443])
    error_message = "The internet may use ports 80 and 443."
  }
}

run "the_chain_has_two_halves_at_every_link" {
  command = plan

  assert {
    condition = alltrue([
      for flow, ingress in aws_vpc_security_group_ingress_rule.flow :
      ingress.security_group_id == aws_vpc_security_group_egress_rule.flow[flow].referenced_security_group_id &&
      ingress.referenced_security_group_id == aws_vpc_security_group_egress_rule.flow[flow].security_group_id &&
      ingress.from_port == aws_vpc_security_group_egress_rule.flow[flow].from_port &&
      ingress.from_port == ingress.to_port
    ])
    error_message = "A flow is admitted that its caller may not start, or the other way round."
  }
}

run "the_database_answers_the_backend_alone" {
  command = plan

  assert {
    condition = [
      for rule in aws_vpc_security_group_ingress_rule.flow : rule.referenced_security_group_id
      if rule.security_group_id == aws_security_group.this["database"].id
    ] == [aws_security_group.this["backend"].id]
    error_message = "The database group must admit the backend group and no other."
  }

  assert {
    condition = length([
      for rule in concat(
        values(aws_vpc_security_group_egress_rule.flow),
        values(aws_vpc_security_group_egress_rule.s3),
        values(aws_vpc_security_group_egress_rule.internet),
      ) : rule if rule.security_group_id == aws_security_group.this["database"].id
    ]) == 0
    error_message = "The database group must open nothing outward."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.flow["database_from_backend"].from_port == 5432
    error_message = "The backend reaches the database on its port."
  }
}

run "builds_reach_nothing_of_the_environment" {
  command = plan

  variables {
    build_port = 9079
  }

  assert {
    condition = toset([
      for flow, rule in aws_vpc_security_group_egress_rule.flow : flow if startswith(rule.description, "build") || strcontains(flow, "from_build")
    ]) == toset(["build_machine_from_build_delegate", "endpoints_from_build_delegate", "endpoints_from_build_machine"])
    error_message = "A build could reach a part of the environment."
  }

  assert {
    condition = [
      for rule in aws_vpc_security_group_ingress_rule.flow : rule.referenced_security_group_id
      if rule.security_group_id == aws_security_group.this["build_machine"].id
    ] == [aws_security_group.this["build_delegate"].id]
    error_message = "Only their delegate may reach the build machines."
  }
}

run "without_builds_there_are_no_groups_for_them" {
  command = plan

  assert {
    condition     = !anytrue([for group in keys(aws_security_group.this) : startswith(group, "build")])
    error_message = "An environment that builds nothing has groups for it."
  }
}

run "two_listeners_on_one_port_are_refused" {
  command = plan

  variables {
    ports = { frontend = 8080, backend = 8080, database = 5432, verification = 8443 }
  }

  expect_failures = [var.ports]
}
