variable "bucket" {
  description = "Name of the protected bucket that receives the trail and the configuration history."
  type        = string
  nullable    = false
}

variable "key_arn" {
  description = "Customer managed key of the logs; its policy must admit cloudtrail, config and the logs service of this region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key."
  }
}

variable "name" {
  description = "Name of the trail, the recorder and the rules."
  type        = string
  nullable    = false
}

variable "recorder_role_arn" {
  description = "ARN of the service-linked role of AWS Config."
  type        = string
  nullable    = false
}

variable "topic_arn" {
  description = "Topic that is told about threats and about rules that turn red."
  type        = string
  nullable    = false
}

variable "required_tags" {
  description = "Tags that every resource must carry; at most six, which is what the rule can check."
  type        = list(string)
  default     = ["System", "Environment", "Owner", "CostCenter"]
  nullable    = false

  validation {
    condition     = length(var.required_tags) >= 1 && length(var.required_tags) <= 6
    error_message = "Name one to six tags."
  }
}
