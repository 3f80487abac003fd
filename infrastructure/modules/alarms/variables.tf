variable "key_arn" {
  description = "Customer managed key for notifications; its policy must admit cloudwatch, events, events.rds and budgets (.amazonaws.com)."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the dashboard, and first part of the names of the topic and the alarms."
  type        = string
  nullable    = false
}

variable "subscribers" {
  description = "Who is notified, by name: protocol email, email-json or https, and the address."
  type = map(object({
    protocol = string
    endpoint = string
  }))
  nullable = false
}

variable "databases" {
  description = "Databases to watch, by name; a replica is watched for its lag as well."
  type = map(object({
    identifier      = string
    max_connections = number
    storage_bytes   = number
    replica         = optional(bool, false)
  }))
  default  = {}
  nullable = false
}

variable "services" {
  description = "Services to watch, by name; one without target groups is watched for its tasks, CPU and memory only."
  type = map(object({
    cluster_name          = string
    service_name          = string
    load_balancer_suffix  = optional(string)
    target_group_suffixes = optional(list(string), [])
  }))
  default  = {}
  nullable = false
}

variable "thresholds" {
  description = "Limits above (for storage: below) which an alarm is raised."
  type = object({
    cpu_percent                   = optional(number, 85)
    database_connections_percent  = optional(number, 80)
    database_cpu_percent          = optional(number, 80)
    database_free_storage_percent = optional(number, 15)
    error_rate_percent            = optional(number, 1)
    latency_seconds               = optional(number, 0.5)
    memory_percent                = optional(number, 85)
    replica_lag_seconds           = optional(number, 30)
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for name, percent in var.thresholds : percent > 0 && percent <= 100 if endswith(name, "_percent")
    ])
    error_message = "Give percentages above 0 and up to 100: an alarm outside of them can never be raised, or never ends."
  }
}
