# What is particular to production. The files beside this one are the same in every environment.

locals {
  system      = "workshop"
  environment = "production"
  name        = "${local.system}-${local.environment}"
  production  = true

  cidr_block = "10.20.0.0/16"
  zones      = { a = "eu-west-1a", b = "eu-west-1b", c = "eu-west-1c" } # NET-02

  ports = {
    frontend     = 3000
    backend      = 8080
    database     = 5432
    verification = 8443
  }

  # SCL-01, SCL-05
  services = {
    backend = {
      cpu            = 1024
      memory         = 2048
      minimum        = 3
      maximum        = 12
      on_demand_base = 3
      requests       = 600
    }
    frontend = {
      cpu            = 512
      memory         = 1024
      minimum        = 3
      maximum        = 9
      on_demand_base = 3
      requests       = 1000
    }
  }

  database = {
    instance_class        = "db.m7g.large"
    allocated_storage     = 100
    max_allocated_storage = 500
    backup_retention_days = 35 # DAT-02
    multi_az              = true
    replica_count         = 1
    pool_size             = 10 # connections of one backend task, over all its workers
  }

  monthly_limit_usd = 1500

  # What runs around the clock, and what was committed to for it. CST-05
  commitment = {
    services = {
      backend  = { tasks = 3, cpu = 1024, memory = 2048 }
      frontend = { tasks = 3, cpu = 512, memory = 1024 }
      delegate = { tasks = 3, cpu = 1024, memory = 4096 }
    }
    database = {
      instance_class = "db.m7g.large"
      instances      = 3 # primary, standby and replica
      reserved       = true
    }
    # The nine tasks cost about 0.40 USD an hour; four fifths of it, at the plan's price.
    savings_plan = {
      type             = "compute"
      term_years       = 1
      hourly_usd       = 0.25
      coverage_percent = 80
    }
    reviewed = "2026-11-02"
  }

  # Images are built in staging, which publishes them to what is shared.
  builds         = { port = null, tasks = 0, machines = 0 }
  build_services = {}
}
