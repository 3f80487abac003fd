variable "name" {
  description = "Prefix of the endpoints' names, such as workshop-production."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "route_table_ids" {
  description = "Route tables of the private subnets whose S3 traffic stays inside."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.route_table_ids) > 0
    error_message = "Give the route table of at least one private subnet; without one S3 traffic leaves through NAT."
  }
}

variable "security_group_id" {
  description = "Group of the interface endpoints."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets, one a zone, in which the interface endpoints stand."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Give subnets of at least two zones, so that losing one does not cut tasks off from AWS."
  }
}

variable "vpc_id" {
  description = "VPC of the endpoints."
  type        = string
  nullable    = false
}
