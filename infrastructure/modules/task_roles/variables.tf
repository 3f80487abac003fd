variable "log_group_arn" {
  description = "Log group that the tasks write to."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the task inside the system, such as migration."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "name must be 2 to 21 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that limits what the roles can ever do to their own environment."
  type        = string
  nullable    = false
}

variable "repository_arn" {
  description = "Repository of the task's image; null where its images are public."
  type        = string
  default     = null
}

variable "secret" {
  description = "Secret that is handed to the container when it starts, and its key; null for a task without one."
  type = object({
    arn     = string
    key_arn = string
  })
  default = null
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
  description = "Policy documents (JSON) of what the task may do in AWS, by name; none for one that calls nothing."
  type        = map(string)
  default     = {}
  nullable    = false
}
