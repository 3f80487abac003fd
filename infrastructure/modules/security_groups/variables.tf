variable "name" {
  description = "Prefix of the groups' names, such as workshop-production."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "ports" {
  description = "Ports on which frontend, backend and database listen, and the load balancer's port for verifying a release."
  type = object({
    frontend     = number
    backend      = number
    database     = number
    verification = number
  })
  nullable = false

  validation {
    condition     = length(distinct(values(var.ports))) == 4 && alltrue([for port in values(var.ports) : port >= 1024 && port <= 32767])
    error_message = "Give four different ports between 1024 and 32767."
  }
}

variable "s3_prefix_list_id" {
  description = "Prefix list of the S3 gateway endpoint, to which image pulls are limited."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the groups."
  type        = string
  nullable    = false
}

variable "build_port" {
  description = "Port on which build machines take work from their delegate; null where nothing is built."
  type        = number
  default     = null
}
