variable "base_repository_arns" {
  description = "Repositories of the images that builds start from, which they may only pull."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.base_repository_arns) > 0 && alltrue([for arn in var.base_repository_arns : !strcontains(arn, "*")])
    error_message = "Name the repositories one by one."
  }
}

variable "network" {
  description = "Where the machines stand: VPC, a private subnet by the name of its zone, and their security group."
  type = object({
    vpc_id            = string
    subnet_ids        = map(string)
    security_group_id = string
  })
  nullable = false
}

variable "permissions_boundary_arn" {
  description = "Policy that limits what a machine can ever do."
  type        = string
  nullable    = false
}

variable "pool" {
  description = "Pool as the pipelines name it, image (AMI) of its machines, their size, how many wait for work and how many there are at most."
  type = object({
    name    = string
    image   = string
    size    = string
    waiting = number
    at_most = number
  })
  nullable = false

  validation {
    condition     = can(regex("^ami-[0-9a-f]{8,17}$", var.pool.image))
    error_message = "pool.image must be the id of an AMI: a name can come to mean another image."
  }

  validation {
    condition     = var.pool.waiting >= 0 && var.pool.at_most >= 1 && var.pool.waiting <= var.pool.at_most
    error_message = "At least one machine must be allowed, and no more may wait than are allowed."
  }
}

variable "repository_arns" {
  description = "Repositories to which the builds publish."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.repository_arns) > 0 && alltrue([for arn in var.repository_arns : !strcontains(arn, "*")])
    error_message = "Name the repositories one by one."
  }
}

variable "system" {
  description = "System and what it is for, such as workshop-build; prefix of the names in the account."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of each machine, which the provider does not give them, since the runner starts them."
  type        = map(string)
  nullable    = false
}
