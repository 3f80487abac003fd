variable "bucket_arn" {
  description = "The account's log archive bucket."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.bucket_arn))
    error_message = "bucket_arn must be the ARN of an S3 bucket, not its name."
  }
}

variable "bucket_key_arn" {
  description = "KMS key that encrypts the archived logs."
  type        = string
  nullable    = false
}

variable "key_arn" {
  description = "KMS key of the environment's logs, which encrypts them on their way."
  type        = string
  nullable    = false
}

variable "name" {
  description = "System and environment, such as workshop-production; also the folder in the archive."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}
