variable "key_arn" {
  description = "Customer managed key that encrypts the messages; its policy must admit every publisher."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key; a publisher cannot use the key that AWS manages for SNS."
  }
}

variable "name" {
  description = "Name of the topic."
  type        = string
  nullable    = false
}

variable "subscribers" {
  description = "Who is notified, by name: protocol email, email-json or https, and the address."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false

  validation {
    condition     = length(var.subscribers) > 0
    error_message = "Name at least one subscriber: an alarm that nobody hears is none."
  }

  validation {
    condition     = alltrue([for subscriber in var.subscribers : contains(["email", "email-json", "https"], subscriber.protocol)])
    error_message = "Use email, email-json or https; plain http would show the message to others."
  }
}

variable "publishers" {
  description = "AWS services that may publish, each on behalf of this account only."
  type        = list(string)
  default     = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com", "events.rds.amazonaws.com"]
  nullable    = false
}
