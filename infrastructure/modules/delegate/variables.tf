variable "cluster" {
  description = "Cluster that runs the delegate, and into which it deploys."
  type = object({
    arn  = string
    name = string
  })
  nullable = false
}

variable "harness" {
  description = "Account at Harness, the manager that the delegate calls, and the release that its image derives from (null where nobody wrote it down)."
  type = object({
    account_id  = string
    manager_url = optional(string, "https://app.harness.io")
    release     = optional(string)
  })
  nullable = false

  validation {
    condition     = var.harness.release == null || can(regex("^[0-9]{2}\\.[0-9]{2}\\.[0-9]+$", var.harness.release))
    error_message = "harness.release must be a release of the delegate: two digits of the year, two of the month and a number."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{22}$", var.harness.account_id))
    error_message = "harness.account_id must be the 22 characters of an account's identifier, as in its URL."
  }

  validation {
    condition     = startswith(var.harness.manager_url, "https://")
    error_message = "The manager must be called over https."
  }
}

variable "image" {
  description = "Image of the delegate by digest; it derives from a supported release and declares /opt/harness-delegate as a volume."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must end in @sha256: and 64 hexadecimal digits; a tag can be moved." # DLG-01
  }
}

variable "log" {
  description = "Key of the log group, and the stream (with the role to write to it) that copies the log to the archive."
  type = object({
    key_arn            = string
    archive_stream_arn = string
    archive_role_arn   = string
  })
  nullable = false
}

variable "network" {
  description = "Private subnets of at least two zones, and the group of the delegate."
  type = object({
    subnet_ids        = list(string)
    security_group_id = string
  })
  nullable = false

  validation {
    condition     = length(var.network.subnet_ids) >= 2
    error_message = "Give private subnets of at least two zones, so that losing one does not stop deliveries."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that limits what the roles can ever do to their own environment."
  type        = string
  nullable    = false
}

variable "replicas" {
  description = "Delegates that always run."
  type        = number
  nullable    = false

  validation {
    condition     = var.replicas >= 2
    error_message = "Run at least two, so that deliveries go on while one is replaced." # DLG-01
  }
}

variable "repository_arn" {
  description = "Repository of the delegate's image."
  type        = string
  nullable    = false
}

variable "secrets_key_arn" {
  description = "KMS key of the token and of the pipelines' secrets."
  type        = string
  nullable    = false
}

variable "system" {
  description = "System and environment, such as workshop-production; prefix of the names in the account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*-[a-z]+$", var.system))
    error_message = "system must be the system's name, a hyphen and the environment's, such as workshop-production."
  }
}

variable "builds" {
  description = "Runner beside the delegate, which starts the machines that build: its image (by digest) and repository, its pool file for each zone, what it may do in AWS. Null for a delegate that builds nothing."
  type = object({
    image          = string
    repository_arn = string
    pools          = map(string)
    policy         = string
  })
  default = null

  validation {
    condition     = var.builds == null || can(regex("@sha256:[0-9a-f]{64}$", var.builds.image))
    error_message = "builds.image must end in @sha256: and 64 hexadecimal digits; a tag can be moved."
  }

  validation {
    condition     = (var.builds == null) != (var.deploys == null)
    error_message = "Give a delegate something to deploy or something to build, not both: whoever takes over a build must not be able to deploy."
  }
}

variable "deploys" {
  description = "All that the pipelines may change: task families and their roles, listeners and rules; and the repositories they read. Null for a delegate that deploys nothing."
  type = object({
    task_families   = list(string)
    role_arns       = list(string)
    listener_arns   = map(string)
    rule_arns       = list(string)
    repository_arns = list(string)
  })
  default = null

  validation {
    condition     = var.deploys == null || try(length(var.deploys.task_families) > 0 && length(var.deploys.role_arns) > 0, false)
    error_message = "Name the families that are deployed and the roles that may be handed to their tasks; without them nothing can be."
  }
}

variable "service_name" {
  description = "Name of the ECS service."
  type        = string
  default     = "delegate"
  nullable    = false
}
