variable "access_log_bucket" {
  description = "Name of the log archive: who read the state, and when, must be known."
  type        = string
  nullable    = false
}

variable "environments" {
  description = "Environments, each with a key of its own in the bucket: <environment>/terraform.tfstate."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && alltrue([for environment in var.environments : can(regex("^[a-z]+$", environment))])
    error_message = "Name at least one environment, in lower case letters."
  }
}

variable "key_arn" {
  description = "Customer managed key that encrypts the state."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key."
  }
}

variable "name" {
  description = "Name of the bucket, as written in every backend block."
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
