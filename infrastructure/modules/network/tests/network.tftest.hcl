mock_provider "aws" {
  override_during = plan

  # No value needs a form here, but each must be made up while planning, different for every resource.
  mock_resource "aws_internet_gateway" {}
  mock_resource "aws_nat_gateway" {}
  mock_resource "aws_route_table" {}
  mock_resource "aws_subnet" {}
}

variables {
  name                = "workshop-test"
  cidr_block          = "10.40.0.0/16"
  zones               = { a = "eu-west-1a", b = "eu-west-1b", c = "eu-west-1c" }
  flow_log_bucket_arn = "arn:aws:s3:::workshop-logs-111122223333"
  ports               = { frontend = 3000, backend = 8080, database = 5432, verification = 8443 }
}

run "every_tier_stands_in_every_zone" {
  command = plan

  assert {
    condition = alltrue([
      for tier in [aws_subnet.public, aws_subnet.application, aws_subnet.data] :
      toset([for subnet in tier : subnet.availability_zone]) == toset(values(var.zones))
    ])
    error_message = "A tier misses a zone."
  }

  assert {
    condition = length(distinct(concat(
      [for subnet in aws_subnet.public : subnet.cidr_block],
      [for subnet in aws_subnet.application : subnet.cidr_block],
      [for subnet in aws_subnet.data : subnet.cidr_block],
    ))) == 9
    error_message = "Two subnets have the same range."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !subnet.map_public_ip_on_launch])
    error_message = "A public subnet gives out public addresses by itself."
  }
}

run "each_zone_leaves_through_its_own_nat" {
  command = plan

  assert {
    condition = alltrue([
      for letter, route in aws_route.application_nat :
      route.nat_gateway_id == aws_nat_gateway.this[letter].id && route.route_table_id == aws_route_table.application[letter].id
    ])
    error_message = "A zone uses the NAT gateway of another."
  }

  assert {
    condition     = alltrue([for letter, gateway in aws_nat_gateway.this : gateway.subnet_id == aws_subnet.public[letter].id])
    error_message = "A NAT gateway stands in the wrong zone."
  }

  assert {
    condition     = aws_route.public_internet.gateway_id == aws_internet_gateway.this.id && aws_route.public_internet.route_table_id == aws_route_table.public.id
    error_message = "The internet gateway must be the way out of the public route table alone."
  }
}

run "every_question_has_its_answer" {
  command = plan

  assert {
    condition     = aws_network_acl_rule.data["database_from_backend"].from_port == 5432 && aws_network_acl_rule.data["database_from_backend"].cidr_block == "10.40.0.0/18"
    error_message = "The data tier must admit PostgreSQL from the application tier."
  }

  assert {
    condition     = length([for rule in aws_network_acl_rule.data : rule if !rule.egress]) == 1
    error_message = "The data tier admits more than PostgreSQL."
  }

  assert {
    condition = alltrue([
      for rule in [aws_network_acl_rule.data["answers_to_backend"], aws_network_acl_rule.application["answers_to_tasks"]] :
      rule.egress && rule.from_port <= 32768 && rule.to_port == 65535 && rule.cidr_block == "10.40.0.0/18"
    ])
    error_message = "Answers to tasks go to the ports that Linux chooses, 32768 and up."
  }

  assert {
    condition     = aws_network_acl_rule.application["answers_to_load_balancer"].from_port == 1024 && aws_network_acl_rule.public["answers_in"].from_port == 1024
    error_message = "Load balancers and NAT gateways choose ports from 1024 up."
  }

  assert {
    condition     = alltrue([for rule in concat(values(aws_network_acl_rule.public), values(aws_network_acl_rule.application), values(aws_network_acl_rule.data)) : rule.protocol == "tcp"])
    error_message = "A rule admits every protocol."
  }
}

run "nothing_of_the_defaults_is_open" {
  command = plan

  assert {
    condition     = length(aws_default_route_table.closed.route) == 0
    error_message = "The main route table must lead nowhere."
  }

  assert {
    condition     = aws_flow_log.all.traffic_type == "ALL"
    error_message = "Accepted traffic is part of the record as well."
  }
}

run "one_zone_is_refused" {
  command = plan

  variables {
    zones = { a = "eu-west-1a" }
  }

  expect_failures = [var.zones]
}

run "another_size_is_refused" {
  command = plan

  variables {
    cidr_block = "10.40.0.0/20"
  }

  expect_failures = [var.cidr_block]
}
