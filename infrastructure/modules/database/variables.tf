variable "allocated_storage" {
  description = "Storage at creation, in GiB."
  type        = number
  nullable    = false

  validation {
    condition     = var.allocated_storage >= 20
    error_message = "gp3 storage starts at 20 GiB."
  }
}

variable "backup_retention_days" {
  description = "Days for which automated backups are kept, here and in the second region."
  type        = number
  nullable    = false

  validation {
    condition     = var.backup_retention_days >= (var.production ? 30 : 7) && var.backup_retention_days <= 35
    error_message = "Keep backups for 7 to 35 days, in production for at least 30."
  }
}

variable "instance_class" {
  description = "Class of the primary and its replicas."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["db.t4g.medium", "db.t4g.large", "db.m7g.large", "db.m7g.xlarge", "db.m7g.2xlarge", "db.r7g.large", "db.r7g.xlarge", "db.r7g.2xlarge"], var.instance_class)
    error_message = "Choose a class whose memory this module knows (memory_gib in main.tf), because the number of connections follows from it."
  }

  validation {
    condition     = !var.production || !startswith(var.instance_class, "db.t")
    error_message = "Burstable classes are for other environments than production."
  }
}

variable "key_arn" {
  description = "Customer managed key for storage, backups, performance data, the master secret and logs; its policy must admit the logs service of this region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.key_arn))
    error_message = "Give the ARN of a KMS key."
  }
}

variable "max_allocated_storage" {
  description = "Storage up to which RDS may grow by itself, in GiB."
  type        = number
  nullable    = false

  validation {
    condition     = var.max_allocated_storage >= ceil(var.allocated_storage * 1.1)
    error_message = "Leave at least a tenth above the storage at creation, else it cannot grow."
  }
}

variable "migrator_user" {
  description = "Role of the database that changes the schema, by becoming its owner; roles.sql makes it."
  type        = string
  default     = "workshop_migrator"
  nullable    = false
}

variable "multi_az" {
  description = "Whether a standby waits in another zone."
  type        = bool
  nullable    = false

  validation {
    condition     = var.multi_az || !var.production
    error_message = "Production spans zones: set multi_az."
  }
}

variable "name" {
  description = "Identifier of the primary; replicas and everything else are named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,38}$", var.name))
    error_message = "Give 3 to 39 lower case letters, digits and hyphens, starting with a letter."
  }
}

variable "production" {
  description = "Whether this is production, for which the limits of backup, zones and size are stricter."
  type        = bool
  nullable    = false
}

variable "replica_key_arn" {
  description = "Customer managed key of the second region, for the copied backups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(":kms:", var.replica_key_arn))
    error_message = "Give the ARN of a KMS key in the second region."
  }
}

variable "security_group_id" {
  description = "Security group that accepts the backend alone, on port 5432."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Private subnets for data, in at least two zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "Give subnets in at least two zones."
  }
}

variable "application_user" {
  description = "Role of the database that the application signs in as; it owns nothing and cannot change the schema."
  type        = string
  default     = "workshop_app"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{2,30}$", var.application_user)) && !endswith(var.application_user, "_master")
    error_message = "Give a role of its own, not the master."
  }
}

variable "database_name" {
  description = "Name of the database that is created in the instance."
  type        = string
  default     = "workshop"
  nullable    = false
}

variable "engine_version" {
  description = "Version of PostgreSQL: a major one lets RDS choose and renew the minor one."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = can(regex("^(15|16|17)(\\.[0-9]+)?$", var.engine_version))
    error_message = "Choose PostgreSQL 15, 16 or 17; older ones are at the end of their support."
  }
}

variable "replica_count" {
  description = "How many read replicas serve reads."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.replica_count >= 0 && var.replica_count <= 5 && floor(var.replica_count) == var.replica_count
    error_message = "Give 0 to 5 replicas."
  }

  validation {
    condition     = !var.production || var.replica_count >= 1
    error_message = "Production serves reads from at least one replica."
  }
}
