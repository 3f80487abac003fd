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

output "secret_reader_role_arn" {
  description = "Role for the secret manager connector of Harness."
  value       = module.delegate.secret_reader_role_arn
}

output "url" {
  description = "Where the environment is visited; base URL of the observed layer."
  value       = "https://${var.domain_name}"
}
