# What AWS lets the account run at once in this region. A new account starts with a few vCPUs, fewer than the environments
# need at maximum scale during a deployment. Applying asks AWS for the increase; it is granted within minutes or days.

locals {
  # Codes of the quotas of the service fargate, the same in every account.
  codes = {
    on_demand = "L-3032A538"
    spot      = "L-36FBB829"
  }
}

resource "aws_servicequotas_service_quota" "fargate" {
  for_each = local.codes # SCL-05

  service_code = "fargate"
  quota_code   = each.value
  value        = var.fargate_vcpus[each.key]
}
