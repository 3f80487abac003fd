variable "account_id" {
  description = "AWS account of the environment; a plan against another one is refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account."
  }
}

variable "alarm_subscribers" {
  description = "Who hears of alarms, by name: protocol email, email-json or https, and the address."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false

  validation {
    condition     = length(var.alarm_subscribers) > 0
    error_message = "Name at least one subscriber: an alarm that nobody hears is none." # OBS-04
  }
}

variable "budget_emails" {
  description = "Who hears by e-mail that the budget is in danger."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.budget_emails) > 0
    error_message = "Name at least one address." # CST-03
  }
}

variable "cost_center" {
  description = "Cost centre that pays, for the tag CostCenter."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9-]{3,}$", var.cost_center))
    error_message = "Give the cost centre as the accounts know it, in letters, digits and hyphens."
  }
}

variable "delegate_release" {
  description = "Release of Harness that the delegate's image derives from, such as 26.10.87100; six months later it is no longer supported."
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

variable "harness_account_id" {
  description = "Account at Harness to which the delegate belongs."
  type        = string
  nullable    = false
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

  validation {
    condition     = can(regex("^[a-z0-9-]{3,}$", var.owner))
    error_message = "Give the team's name in lower-case letters, digits and hyphens."
  }
}

variable "token_issuer" {
  description = "Identity provider whose tokens the backend accepts, as its tokens name it; its key set lies below it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+/([a-zA-Z0-9._-]+/)*$", var.token_issuer))
    error_message = "token_issuer must be an https address that ends in a slash, else its key set is not found." # API-04
  }
}

variable "zone_name" {
  description = "Public hosted zone of the domain name."
  type        = string
  nullable    = false

  validation {
    condition     = endswith(".${var.domain_name}", ".${var.zone_name}")
    error_message = "zone_name must be the domain name itself or one that it ends in, else its certificate can not be proven."
  }
}
