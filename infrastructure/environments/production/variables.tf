variable "account_id" {
  description = "AWS account of the environment; a plan against another one is refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account."
  }
}

variable "cost_center" {
  description = "Cost centre that pays, for the tag CostCenter."
  type        = string
  nullable    = false
}

variable "domain_name" {
  description = "Name under which the environment is visited."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full, lower-case DNS name without a trailing dot."
  }
}

variable "image_digests" {
  description = "Digest of the first image of each service and of the delegate; later ones are deployed by the pipeline."
  type = object({
    backend  = string
    frontend = string
    delegate = string
  })
  nullable = false

  validation {
    condition     = alltrue([for digest in values(var.image_digests) : can(regex("^sha256:[0-9a-f]{64}$", digest))])
    error_message = "Every digest must be sha256: and 64 hexadecimal digits, as the registry shows it."
  }
}

variable "owner" {
  description = "Team that answers for the environment, for the tag Owner."
  type        = string
  nullable    = false
}

variable "zone_name" {
  description = "Public hosted zone of the domain name."
  type        = string
  nullable    = false
}
