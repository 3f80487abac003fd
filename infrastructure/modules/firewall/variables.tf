variable "key_arn" {
  description = "KMS key that encrypts the log of filtered requests, in the region of the access control list."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the access control list, such as workshop-production."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "name must be 3 to 41 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "scope" {
  description = "REGIONAL for a load balancer, CLOUDFRONT (in us-east-1) for a distribution."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope must be REGIONAL or CLOUDFRONT."
  }
}

variable "requests_per_five_minutes" {
  description = "Requests that one address may send in five minutes before it is blocked."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.requests_per_five_minutes >= 100
    error_message = "Give at least 100; a page with its assets already takes dozens."
  }
}
