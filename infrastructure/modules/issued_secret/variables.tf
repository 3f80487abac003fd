variable "description" {
  description = "What the secret is for, and the field that it holds."
  type        = string
  nullable    = false
}

variable "key_arn" {
  description = "Customer managed key that encrypts the secret."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the secret: system, environment, who reads it and what it is, such as workshop/production/backend/flags."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(/[a-z][a-z0-9-]*){3}$", var.name))
    error_message = "name must have four parts, such as workshop/production/backend/flags, so that policies can tell whose it is."
  }
}
