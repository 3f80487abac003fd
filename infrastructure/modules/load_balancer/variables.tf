variable "certificate_arn" {
  description = "Validated ACM certificate of the domain name."
  type        = string
  nullable    = false
}

variable "default_service" {
  description = "Service that answers every path which no other service claims."
  type        = string
  nullable    = false
}

variable "domain_name" {
  description = "Name under which the system is visited."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a full, lower-case DNS name without a trailing dot."
  }
}

variable "environment" {
  description = "Environment's name, the last part of the target groups' names (AWS allows them 32 characters)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,12}$", var.environment))
    error_message = "environment must be 2 to 12 lower-case letters."
  }
}

variable "log_bucket" {
  description = "Name of the log archive bucket that receives access and connection logs."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the load balancer, such as workshop-production."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.name))
    error_message = "name must be 3 to 31 lower-case letters, digits or hyphens and start with a letter."
  }
}

variable "security_group_id" {
  description = "Group of the load balancer."
  type        = string
  nullable    = false
}

variable "services" {
  description = "Services by name: port and health path of their tasks; paths and priority of their route, none for the default service."
  type = map(object({
    port        = number
    health_path = string
    paths       = optional(list(string), [])
    priority    = optional(number)
  }))
  nullable = false

  validation {
    condition     = alltrue([for service in var.services : startswith(service.health_path, "/") && service.health_path != "/"])
    error_message = "health_path must name the application's own health endpoint, such as /health/ready, not the start page."
  }

  validation {
    condition     = alltrue([for service in var.services : length(service.paths) == 0 || service.priority != null])
    error_message = "A service with paths needs a priority, so that overlapping paths have an order."
  }
}

variable "subnet_ids" {
  description = "Public subnets of at least two zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Give public subnets of at least two zones; AWS refuses a load balancer with one."
  }
}

variable "deregistration_seconds" {
  description = "Time a leaving target may finish its requests; longer than the stop timeout of the tasks."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.deregistration_seconds >= 30 && var.deregistration_seconds <= 300
    error_message = "Choose 30 to 300 seconds: less cuts requests off, more holds every deployment up."
  }
}

variable "verification_port" {
  description = "Port of the listener that shows the release under verification."
  type        = number
  default     = 8443
  nullable    = false

  validation {
    condition     = var.verification_port >= 1024 && var.verification_port <= 32767
    error_message = "Choose a port between 1024 and 32767 that the security groups open to the delegate."
  }
}

variable "vpc_id" {
  description = "VPC of the target groups."
  type        = string
  nullable    = false
}

variable "web_acl_arn" {
  description = "Regional web access control list that filters requests before they are routed."
  type        = string
  nullable    = false
}

variable "zone_id" {
  description = "Hosted zone that receives the record of the domain name."
  type        = string
  nullable    = false
}
