variable "key_arn" {
  description = "KMS key that encrypts exec sessions and their log."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the cluster, such as workshop-production; names inside end in its .internal domain."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "vpc_id" {
  description = "VPC in which the services' names resolve."
  type        = string
  nullable    = false
}
