mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop-test"
  vpc_id            = "vpc-00000000000000000"
  subnet_ids        = ["subnet-a", "subnet-b"]
  route_table_ids   = ["rtb-a", "rtb-b"]
  security_group_id = "sg-00000000000000000"
}

run "the_services_that_tasks_call_are_inside" {
  command = plan

  assert {
    condition = alltrue([
      for service in ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sts"] :
      aws_vpc_endpoint.interface[service].private_dns_enabled && toset(aws_vpc_endpoint.interface[service].subnet_ids) == toset(var.subnet_ids)
    ])
    error_message = "A needed endpoint is missing, or its name still resolves to the public address."
  }

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && toset(aws_vpc_endpoint.s3.route_table_ids) == toset(var.route_table_ids)
    error_message = "S3 must be reached through the gateway from every private route table."
  }
}

run "every_policy_admits_this_account_only" {
  command = plan

  assert {
    condition = alltrue([
      for document in data.aws_iam_policy_document.interface :
      document.statement[0].condition == toset([{ test = "StringEquals", variable = "aws:PrincipalAccount", values = tolist(["111122223333"]) }])
    ])
    error_message = "An endpoint admits principals of other accounts."
  }

  assert {
    condition     = alltrue([for document in data.aws_iam_policy_document.interface : !contains(document.statement[0].actions, "*")])
    error_message = "An endpoint admits every action."
  }

  assert {
    condition     = data.aws_iam_policy_document.s3.statement[0].resources == toset(["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"])
    error_message = "Outside of the account only the registry's layer bucket may be read."
  }
}

run "one_subnet_is_refused" {
  command = plan

  variables {
    subnet_ids = ["subnet-a"]
  }

  expect_failures = [var.subnet_ids]
}
