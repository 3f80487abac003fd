# The largest moment: every service at its maximum while a deployment runs the old and the new tasks side by side. SCL-05

locals {
  tasks_at_most = 2 * (sum([for service in local.services : service.maximum]) + 2 * length(local.zones) + local.builds.tasks) # delegates too

  connections_needed = 2 * local.services.backend.maximum * local.database.pool_size

  # Should a zone be lost at that moment, the others carry everything. Each zone also holds its six endpoints, and AWS
  # keeps five addresses of each subnet.
  subnet_addresses = pow(2, 32 - (tonumber(split("/", local.cidr_block)[1]) + 4))
  addresses_needed = local.tasks_at_most + local.builds.machines + 6 * (length(local.zones) - 1)
  addresses_given  = (length(local.zones) - 1) * (local.subnet_addresses - 5)
}
