variable "name" {
  description = "Name of the bucket; environments find it by this name."
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

variable "retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 730
  nullable    = false

  validation {
    condition     = var.retention_days >= 365
    error_message = "Keep logs for at least a year, so that an intrusion found late can still be followed."
  }
}
