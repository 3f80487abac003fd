variable "key_arn" {
  description = "Customer managed key that encrypts the images."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key."
  }
}

variable "name" {
  description = "First part of every repository's name; scanning, replication and the template of replicas follow it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "Give lower case letters, digits and hyphens, starting with a letter."
  }
}

variable "replica_key_arn" {
  description = "Customer managed key of the second region, which encrypts the replicated images."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.replica_key_arn))
    error_message = "Give the ARN of a KMS key in the second region."
  }
}

variable "repositories" {
  description = "Full names of the repositories, each beginning with the name and a slash."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.repositories) > 0 && alltrue([for repository in var.repositories : startswith(repository, "${var.name}/")])
    error_message = "Name at least one repository, and begin each with the system's name and a slash: others would be neither replicated nor scanned."
  }
}

variable "build_tag_prefix" {
  description = "Prefix of the tags that continuous integration gives to every build; the rest is the commit."
  type        = string
  default     = "build-"
  nullable    = false

  validation {
    condition     = length(var.build_tag_prefix) > 0
    error_message = "An empty prefix would match releases too."
  }
}

variable "builds_kept" {
  description = "How many builds that were not released are kept in each repository."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.builds_kept >= 10
    error_message = "Keep at least ten builds: one of them may be waiting for its approval."
  }
}

variable "release_tag_prefix" {
  description = "Prefix of the tag that a build gets when its deployment begins; images that carry it are kept longest."
  type        = string
  default     = "release-"
  nullable    = false

  validation {
    condition     = length(var.release_tag_prefix) > 0
    error_message = "An empty prefix would match builds too, and the releases among them could expire."
  }
}

variable "releases_kept" {
  description = "How many releases are kept in each repository, the running one and those before it."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.releases_kept >= 10
    error_message = "Keep at least ten releases, so that a rollback finds its image."
  }
}

variable "replica_tags" {
  description = "Tags of the replicated repositories, which no provider's default tags reach because the registry creates them."
  type        = map(string)
  default     = {}
  nullable    = false
}
