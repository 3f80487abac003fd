variable "bucket" {
  description = "Bucket of the assets: its name and its regional domain name."
  type = object({
    name        = string
    domain_name = string
  })
  nullable = false
}

variable "certificate_arn" {
  description = "Validated ACM certificate of the domain name, in us-east-1."
  type        = string
  nullable    = false
}

variable "copy" {
  description = "Replica of the bucket in the second region, which answers when the first does not."
  type = object({
    name        = string
    domain_name = string
  })
  nullable = false
}

variable "domain_name" {
  description = "Name under which the assets are served."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full, lower-case DNS name without a trailing dot."
  }
}

variable "log_bucket_arn" {
  description = "The account's log archive bucket."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.log_bucket_arn))
    error_message = "log_bucket_arn must be the ARN of an S3 bucket, not its name."
  }
}

variable "name" {
  description = "Name of what belongs to the distribution, such as workshop-production-assets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "name must be 3 to 41 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "page_origin" {
  description = "Origin of the pages that use the assets, such as https://workshop.example.com."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.page_origin, "https://")
    error_message = "page_origin must be an https:// origin; a wildcard would let every site use the assets."
  }
}

variable "web_acl_arn" {
  description = "Access control list of scope CLOUDFRONT that filters the requests."
  type        = string
  nullable    = false
}

variable "zone_id" {
  description = "Hosted zone that receives the records of the domain name."
  type        = string
  nullable    = false
}
