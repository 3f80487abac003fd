variable "cluster" {
  description = "Cluster that runs the service, and the namespace in which other services find it."
  type = object({
    arn          = string
    name         = string
    namespace_id = string
  })
  nullable = false
}

variable "container" {
  description = "The container: size of its task (CPU units, MiB), port, numeric user, health check, seconds from SIGTERM to SIGKILL."
  type = object({
    cpu            = number
    memory         = number
    port           = number
    user           = optional(string, "10001:10001")
    health_command = list(string)
    stop_seconds   = optional(number, 45)
  })
  nullable = false

  validation {
    condition = contains(concat(
      [for memory in [512, 1024, 2048] : "256/${memory}"],
      [for memory in range(1024, 5120, 1024) : "512/${memory}"],
      [for memory in range(2048, 9216, 1024) : "1024/${memory}"],
      [for memory in range(4096, 17408, 1024) : "2048/${memory}"],
      [for memory in range(8192, 31744, 1024) : "4096/${memory}"],
    ), "${var.container.cpu}/${var.container.memory}")
    error_message = "Fargate knows this CPU and memory pair not; for example 256/512, 512/1024 or 1024/2048 are valid."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*(:[1-9][0-9]*)?$", var.container.user))
    error_message = "user must be a numeric id other than 0, such as 10001:10001, so that it can be checked without the image."
  }

  validation {
    condition     = contains(["CMD", "CMD-SHELL"], var.container.health_command[0])
    error_message = "health_command must start with CMD or CMD-SHELL."
  }

  validation {
    condition     = var.container.stop_seconds >= 10 && var.container.stop_seconds <= 120
    error_message = "stop_seconds must lie between 10 and 120, the most that Fargate waits."
  }
}

variable "environment" {
  description = "Plain settings of the application; anything secret belongs in secrets."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : !can(regex("PASSWORD|SECRET|PRIVATE_KEY|API_KEY|SDK_KEY|(TOKEN|CREDENTIALS?)$", upper(name)))])
    error_message = "A setting is named like a secret; give it through secrets, by reference." # SEC-04
  }
}

variable "image" {
  description = "Image by digest: repository URL, @, sha256."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must end in @sha256: and 64 hexadecimal digits; a tag can be moved."
  }
}

variable "load_balancing" {
  description = "Target group of the tasks, and the label by which its requests are counted (load balancer suffix/target group suffix)."
  type = object({
    target_group_arn = string
    resource_label   = string
  })
  nullable = false
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

variable "name" {
  description = "Name of the service inside the system, such as backend; also its name in service discovery."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "name must be 2 to 21 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "network" {
  description = "Private subnets of at least two zones, and the group of the tasks."
  type = object({
    subnet_ids        = list(string)
    security_group_id = string
  })
  nullable = false

  validation {
    condition     = length(var.network.subnet_ids) >= 2
    error_message = "Give private subnets of at least two zones, so that losing one leaves the service running."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that limits what the roles can ever do to their own environment."
  type        = string
  nullable    = false
}

variable "repository_arn" {
  description = "Repository from which the execution role may pull."
  type        = string
  nullable    = false
}

variable "scaling" {
  description = "Bounds and targets of autoscaling; the first on_demand_base tasks never run on Spot, of the others spot_weight in spot_weight + 1 do."
  type = object({
    minimum             = number
    maximum             = number
    on_demand_base      = number
    spot_weight         = optional(number, 3)
    cpu_percent         = optional(number, 60)
    memory_percent      = optional(number, 70)
    requests_per_target = number
  })
  nullable = false

  validation {
    condition     = var.scaling.minimum >= 2 && var.scaling.maximum > var.scaling.minimum
    error_message = "minimum must be at least 2, one task a zone, and maximum must leave room above it."
  }

  validation {
    condition     = var.scaling.on_demand_base >= 1 && var.scaling.on_demand_base <= var.scaling.minimum
    error_message = "on_demand_base must lie between 1 and minimum."
  }

  validation {
    condition     = alltrue([for percent in [var.scaling.cpu_percent, var.scaling.memory_percent] : percent >= 20 && percent <= 80])
    error_message = "Targets must lie between 20 and 80 percent: below wastes, above leaves no time to scale out."
  }
}

variable "secrets" {
  description = "Environment variables filled from fields of Secrets Manager secrets when a task starts."
  type        = map(object({ arn = string, field = string }))
  default     = {}
  nullable    = false
}

variable "secrets_key_arn" {
  description = "KMS key of the secrets; null when the service has none."
  type        = string
  default     = null
}

variable "system" {
  description = "System and environment, such as workshop-production; prefix of the names in the account."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.system))
    error_message = "system must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "task_policies" {
  description = "Policy documents (JSON) of what the application may do in AWS, by name; none for one that calls nothing."
  type        = map(string)
  default     = {}
  nullable    = false
}
