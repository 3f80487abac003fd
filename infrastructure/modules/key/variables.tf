variable "description" {
  description = "What the key protects, in one sentence."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.description) >= 10
    error_message = "Say in at least ten characters what the key protects."
  }
}

variable "name" {
  description = "Alias of the key, without the prefix alias/."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,60}$", var.name)) && !startswith(var.name, "aws")
    error_message = "Give lower case letters, digits and hyphens, starting with a letter; names that begin with aws belong to AWS."
  }
}

variable "administrators" {
  description = "ARNs of the principals that may change the key and its policy; none means that the account decides through identity policies."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.administrators : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(root|role/|user/)", arn))])
    error_message = "Give ARNs of roles, users or of an account; a wildcard is not an administrator."
  }
}

variable "service_principals" {
  description = "AWS services that call the key on their own behalf (for example logs.eu-west-1.amazonaws.com); each is tied to this account."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for service in var.service_principals : can(regex("^[a-z0-9.-]+\\.amazonaws\\.com$", service))])
    error_message = "Give full names of services, such as cloudwatch.amazonaws.com."
  }
}
