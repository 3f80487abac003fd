variable "environment" {
  description = "Value of the tag Environment on the databases; snapshots inherit it, and the role may touch no others."
  type        = string
  nullable    = false
}

variable "key_arn" {
  description = "Customer managed key that encrypts the recovery points, and the protected databases."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key."
  }
}

variable "name" {
  description = "Name of the vaults and of the plan."
  type        = string
  nullable    = false
}

variable "replica_key_arn" {
  description = "Customer managed key of the second region, for the copies."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.replica_key_arn))
    error_message = "Give the ARN of a KMS key in the second region."
  }
}

variable "resource_arns" {
  description = "ARNs of the database instances to back up."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.resource_arns) > 0
    error_message = "Name at least one database: a plan that selects nothing backs up nothing, and says so to nobody."
  }
}

variable "retention_days" {
  description = "Days for which recovery points are kept in either region."
  type        = number
  nullable    = false

  validation {
    condition     = var.retention_days >= 7 && var.retention_days <= 400
    error_message = "The lock of the vault accepts 7 to 400 days."
  }
}
