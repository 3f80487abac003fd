variable "build_environment" {
  description = "Environment in which images are built; the builds stay out of every other one."
  type        = string
  nullable    = false

  validation {
    condition     = contains(var.environments, var.build_environment)
    error_message = "build_environment must be one of the environments."
  }
}

variable "environments" {
  description = "Environments whose roles are kept apart; each gets a permissions boundary named after it."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && length(setintersection(var.environments, ["shared", "build"])) == 0
    error_message = "Name the environments; shared is not one of them, every environment may use what is shared, nor is build."
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
