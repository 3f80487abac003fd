variable "account_id" {
  description = "AWS account; a plan against another one is refused."
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

variable "cost_connector" {
  description = "Who reads costs from outside: the principal and the external id that the connector's page of Harness shows."
  type = object({
    principal_arn = string
    external_id   = string
  })
  nullable = false
}

variable "monthly_limit_usd" {
  description = "Charges of the whole account in a month, above which the billing alarm is raised, in US dollars."
  type        = number
  nullable    = false

  validation {
    condition     = var.monthly_limit_usd > 0
    error_message = "Give an amount above zero."
  }
}

variable "owner" {
  description = "Team that answers for what is shared, for the tag Owner."
  type        = string
  nullable    = false
}

variable "subscribers" {
  description = "Who is told about threats, lost compliance and charges, by name: protocol email, email-json or https, and the address."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false
}
