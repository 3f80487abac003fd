variable "cost_tag" {
  description = "Tag that tells the environment's costs from those of others; it must be active as a cost allocation tag. One only: a budget counts what carries any of several tags."
  type = object({
    key   = string
    value = string
  })
  nullable = false

  validation {
    condition     = length(var.cost_tag.key) > 0 && length(var.cost_tag.value) > 0
    error_message = "Give a tag and its value, such as Environment and staging."
  }
}

variable "monthly_limit_usd" {
  description = "What this environment may cost in a month, in US dollars."
  type        = number
  nullable    = false

  validation {
    condition     = var.monthly_limit_usd > 0
    error_message = "Give an amount above zero."
  }
}

variable "name" {
  description = "Name of the budget, first part of the names of the schedules."
  type        = string
  nullable    = false
}

variable "subscriber_emails" {
  description = "Who is told by e-mail, beside the topic; at most ten."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subscriber_emails) >= 1 && length(var.subscriber_emails) <= 10
    error_message = "AWS Budgets takes one to ten addresses for a notification."
  }
}

variable "topic_arn" {
  description = "Topic that is told; its policy and its key must admit budgets.amazonaws.com."
  type        = string
  nullable    = false
}

variable "baseline" {
  description = "What always runs, and the commitment decided for it on the day of the review; null where capacity goes to zero at night."
  type = object({
    services = map(object({
      tasks  = number
      cpu    = number
      memory = number
    }))
    database = object({
      instance_class = string
      instances      = number
      reserved       = bool
    })
    savings_plan = object({
      type             = string
      term_years       = number
      hourly_usd       = number
      coverage_percent = number
    })
    reviewed = string
  })
  default = null

  validation {
    condition     = var.baseline == null || try(length(var.baseline.services) > 0 && alltrue([for service in var.baseline.services : service.tasks > 0]), false)
    error_message = "Name the services that always run, each with at least one task; a baseline of nothing needs no commitment."
  }

  validation {
    condition     = var.baseline == null || try(contains(["compute", "none"], var.baseline.savings_plan.type) && contains([1, 3], var.baseline.savings_plan.term_years), false)
    error_message = "Fargate is covered by compute savings plans of one or three years; write none when the decision was against one."
  }

  validation {
    condition     = var.baseline == null || can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.baseline.reviewed))
    error_message = "Give the day of the review as year-month-day."
  }
}

variable "production" {
  description = "Whether this is production, which never stops."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedules" {
  description = "Services that stop outside of office hours, by name: cron expressions (or rates) for down and up, and the range to return to."
  type = map(object({
    cluster  = string
    service  = string
    down     = optional(string, "cron(0 20 ? * MON-FRI *)")
    up       = optional(string, "cron(0 7 ? * MON-FRI *)")
    min      = number
    max      = number
    timezone = optional(string, "Europe/Dublin")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.schedules) == 0 || !var.production
    error_message = "Production does not stop at night: give no schedules."
  }

  validation {
    condition     = alltrue([for schedule in var.schedules : schedule.min >= 1 && schedule.max >= schedule.min])
    error_message = "A service returns with at least one task, and a maximum that is not below."
  }
}
