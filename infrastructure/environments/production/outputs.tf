output "backend_url" {
  description = "Where the frontend finds the backend; a name inside the VPC."
  value       = local.backend_url
}

output "capacity" {
  description = "What the largest deployment needs (twice the maximum of every service) beside what there is; read by the capacity report."
  value = {
    connections_needed = local.connections_needed
    connections_given  = module.database.max_connections
    addresses_needed   = local.addresses_needed
    addresses_given    = local.addresses_given
  }

  # Three connections are RDS's own, the rest of the reserve is for migrations and people.
  precondition {
    condition     = local.connections_needed + 20 <= module.database.max_connections # SCL-05
    error_message = "At maximum scale during a deployment the backend would ask for more connections than the database accepts; lower pool_size or the maximum, or take a larger class."
  }

  precondition {
    condition     = local.addresses_needed <= local.addresses_given # SCL-05
    error_message = "At maximum scale during a deployment the application subnets run out of addresses; widen cidr_block or lower the maxima."
  }
}

output "dashboard_name" {
  description = "Dashboard of the environment; shown to those who operate it."
  value       = module.alarms.dashboard_name
}

output "harness_variables" {
  description = "Variables of the environment's definition in harness/, by their names there."
  value = merge(
    {
      account_id                = var.account_id
      application_subnets       = join(",", module.network.application_subnet_ids)
      backend_registry_arn      = module.backend.registry_arn
      database_host             = module.database.endpoint_address
      database_secret_arn       = module.database.master_secret_arn
      domain_name               = var.domain_name
      flags_secret_arn          = module.flags_key.arn
      frontend_registry_arn     = module.frontend.registry_arn
      load_balancer             = local.name
      serving_listener_arn      = module.load_balancer.listener_arns.serving
      token_issuer              = var.token_issuer
      verification_listener_arn = module.load_balancer.listener_arns.verification
    },
    { for name in ["backend", "delegate", "frontend"] : "${name}_security_group" => module.security_groups.ids[name] },
    { for name, rules in module.load_balancer.rules : "${name}_serving_rule_arn" => rules.serving },
    { for name, rules in module.load_balancer.rules : "${name}_verification_rule_arn" => rules.verification },
    { for name, colours in module.load_balancer.target_groups : "${name}_green_target_group_arn" => colours.green.arn },
    { for name, size in local.services : "${name}_cpu" => tostring(size.cpu) },
    { for name, size in local.services : "${name}_memory" => tostring(size.memory) },
    { for name, size in local.services : "${name}_on_demand_base" => tostring(size.on_demand_base) },
    { for name, size in local.services : "${name}_tasks_at_least" => tostring(size.minimum) },
    { for name, size in local.services : "${name}_tasks_at_most" => tostring(size.maximum) },
  )
}

output "secret_reader_role_arn" {
  description = "Role for the secret manager connector of Harness."
  value       = module.delegate.secret_reader_role_arn
}

output "url" {
  description = "Where the environment is visited; base URL of the observed layer."
  value       = "https://${var.domain_name}"
}
