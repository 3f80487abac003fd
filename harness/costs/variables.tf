variable "harness_account_id" {
  description = "Account at Harness; the one to which the delegates belong."
  type        = string
  nullable    = false
}

variable "idle_minutes" {
  description = "Minutes without a request after which a service of staging counts as idle."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.idle_minutes >= 15
    error_message = "Choose at least 15 minutes: a test that pauses would find its environment asleep."
  }
}

variable "load_balancer" {
  description = "Load balancer of staging, through which AutoStopping sees requests: its ARN, its VPC and its security group."
  type = object({
    arn               = string
    vpc_id            = string
    security_group_id = string
  })
  nullable = false
}

variable "stops_services" {
  description = "Whether AutoStopping stops idle services, or only reports what that would save. True only where no schedule does."
  type        = bool
  default     = false
  nullable    = false
}
