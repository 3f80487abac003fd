variable "access_log_bucket" {
  description = "Name of the log archive."
  type        = string
  nullable    = false
}

variable "connector" {
  description = "Who reads costs from outside: the principal and the external id that the connector's page of Harness shows."
  type = object({
    principal_arn = string
    external_id   = string
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:(root|role/.+)$", var.connector.principal_arn)) && length(var.connector.external_id) >= 8
    error_message = "Give the ARN of a role or an account, and the external id of your own Harness account: without it another customer could be served with your costs."
  }
}

variable "monthly_limit_usd" {
  description = "Charges of the whole account in a month, above which the alarm is raised, in US dollars."
  type        = number
  nullable    = false

  validation {
    condition     = var.monthly_limit_usd > 0
    error_message = "Give an amount above zero."
  }
}

variable "name" {
  description = "Name of the report and the monitor, first part of the other names."
  type        = string
  nullable    = false
}

variable "replicate_to" {
  description = "Bucket in the second region and the key there that encrypts the replicas."
  type = object({
    bucket_arn = string
    key_arn    = string
  })
  nullable = false
}

variable "topic_arn" {
  description = "Topic in us-east-1 that is told; its policy and its key must admit cloudwatch and costalerts (.amazonaws.com)."
  type        = string
  nullable    = false
}

variable "anomaly_usd" {
  description = "Unexpected cost from which an anomaly is reported, in US dollars."
  type        = number
  default     = 50
  nullable    = false
}

variable "cost_allocation_tags" {
  description = "Tags by which costs are broken down; a tag can be activated once something carries it."
  type        = set(string)
  default     = ["System", "Environment", "Owner", "CostCenter"]
  nullable    = false
}
