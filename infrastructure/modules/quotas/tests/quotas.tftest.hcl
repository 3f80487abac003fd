mock_provider "aws" {
  override_during = plan
}

variables {
  fargate_vcpus = { on_demand = 64, spot = 48 }
}

run "each_kind_has_its_own_quota" {
  command = plan

  assert {
    condition = (
      aws_servicequotas_service_quota.fargate["on_demand"].quota_code == "L-3032A538" &&
      aws_servicequotas_service_quota.fargate["on_demand"].value == 64 &&
      aws_servicequotas_service_quota.fargate["spot"].quota_code == "L-36FBB829" &&
      aws_servicequotas_service_quota.fargate["spot"].value == 48
    )
    error_message = "The quotas are mixed up."
  }
}

run "less_than_a_new_account_has_is_refused" {
  command = plan

  variables {
    fargate_vcpus = { on_demand = 4, spot = 48 }
  }

  expect_failures = [var.fargate_vcpus]
}
