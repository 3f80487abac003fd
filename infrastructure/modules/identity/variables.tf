variable "environments" {
  description = "Environments whose roles are kept apart; each gets a permissions boundary named after it."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && !contains(var.environments, "shared")
    error_message = "Name the environments; shared is not one of them, every environment may use what is shared."
  }
}

variable "name" {
  description = "Name of the system, with which the names of its roles begin."
  type        = string
  nullable    = false
}

variable "service_linked_roles" {
  description = "Service principals whose service-linked role is made, by a name to refer to it."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for service in var.service_linked_roles : endswith(service, ".amazonaws.com")])
    error_message = "Give full names of services, such as ecs.amazonaws.com."
  }
}
