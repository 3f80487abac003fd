variable "name" {
  description = "Name of the bucket; unique in the world, so it carries the account id."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,50}[a-z0-9]$", var.name))
    error_message = "Give 3 to 52 lower case letters, digits and hyphens; the role for replication is named after the bucket."
  }
}

variable "accepts_acl" {
  description = "Whether writers may set an access control list, which standard logging of CloudFront needs and nothing else does."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_log_bucket" {
  description = "Name of the bucket that receives the access log; null only for the log archive and for replicas."
  type        = string
  default     = null
}

variable "key_arn" {
  description = "Customer managed key; null encrypts with S3's own key, for log targets whose writers support nothing else."
  type        = string
  default     = null

  validation {
    condition     = var.key_arn == null || can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key, not an alias or an id."
  }
}

variable "object_lock_days" {
  description = "Days for which nobody can delete an object version without a special right; null for no lock. Cannot be added to an existing bucket by this module."
  type        = number
  default     = null

  validation {
    condition     = var.object_lock_days == null || coalesce(var.object_lock_days, 0) >= 1
    error_message = "Lock objects for at least one day, or give null."
  }
}

variable "policy_statements" {
  description = "Policy documents (JSON) whose statements are added to those that refuse unencrypted transport."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "refuse_deletion" {
  description = "Whether the bucket's policy refuses every deletion, for logs and audit records."
  type        = bool
  default     = false
  nullable    = false
}

variable "replicate_to" {
  description = "Bucket in the second region and the key there that encrypts the replicas; null for buckets that are replicas or can be rebuilt."
  type = object({
    bucket_arn = string
    key_arn    = string
  })
  default = null
}

variable "retention" {
  description = "Days after which superseded versions expire, objects move to cheaper storage, and objects expire (null: never)."
  type = object({
    noncurrent_days = optional(number, 90)
    transition_days = optional(number)
    expire_days     = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.retention.noncurrent_days >= 1
    error_message = "Keep superseded versions for at least one day, else versioning protects nothing."
  }

  validation {
    condition     = var.retention.transition_days == null || coalesce(var.retention.transition_days, 0) >= 30
    error_message = "S3 moves objects to infrequent access after 30 days at the earliest."
  }
}
