variable "cidr_block" {
  description = "Address range of the VPC, a private /16 that no other environment uses."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && endswith(var.cidr_block, "/16")
    error_message = "cidr_block must be an IPv4 range that ends in /16, because the tiers are cut from it."
  }
}

variable "flow_log_bucket_arn" {
  description = "ARN of the log archive bucket that receives the flow logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.flow_log_bucket_arn))
    error_message = "flow_log_bucket_arn must be the ARN of an S3 bucket, not its name."
  }
}

variable "name" {
  description = "Prefix of every name in this network, such as workshop-production."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "ports" {
  description = "Ports on which the frontend, the backend, the database and the verification listener answer; the access lists admit these only."
  type = object({
    frontend     = number
    backend      = number
    database     = number
    verification = number
  })
  nullable = false

  validation {
    condition     = alltrue([for port in values(var.ports) : port >= 1024 && port <= 32767])
    error_message = "Every port must lie between 1024 and 32767: below is privileged, above is where callers get their own ports."
  }
}

variable "zones" {
  description = "Availability zones by their letter, such as { a = \"eu-west-1a\" }."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 4
    error_message = "Give two to four zones: with one, losing it stops the service; the tiers have room for four."
  }

  validation {
    condition     = length(distinct(values(var.zones))) == length(var.zones)
    error_message = "Each letter must name a different availability zone."
  }
}
