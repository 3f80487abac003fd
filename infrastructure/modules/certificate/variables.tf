variable "domain_name" {
  description = "Name that visitors type, such as workshop.example.com."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full, lower-case DNS name without a trailing dot."
  }
}

variable "zone_name" {
  description = "Public hosted zone that answers for the name; it exists beforehand, because the registrar points at it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.zone_name))
    error_message = "zone_name must be the DNS name of the hosted zone without a trailing dot."
  }
}
