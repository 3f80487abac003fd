variable "fargate_vcpus" {
  description = "vCPUs that all environments together may run at once, on demand and on Spot."
  type = object({
    on_demand = number
    spot      = number
  })
  nullable = false

  validation {
    condition     = var.fargate_vcpus.on_demand >= 6 && var.fargate_vcpus.spot >= 6
    error_message = "A quota can only be raised, and a new account has 6 vCPUs of each."
  }
}
