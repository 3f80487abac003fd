# What is particular to staging. The files beside this one are the same in every environment.

locals {
  system      = "workshop"
  environment = "staging"
  name        = "${local.system}-${local.environment}"
  production  = false

  cidr_block = "10.30.0.0/16"
  zones      = { a = "eu-west-1a", b = "eu-west-1b" } # NET-02

  ports = {
    frontend     = 3000
    backend      = 8080
    database     = 5432
    verification = 8443
  }

  # Small, and on Spot beyond the first task of each service. CST-01, CST-04
  services = {
    backend = {
      cpu            = 512
      memory         = 1024
      minimum        = 2
      maximum        = 4
      on_demand_base = 1
      requests       = 600
    }
    frontend = {
      cpu            = 256
      memory         = 512
      minimum        = 2
      maximum        = 4
      on_demand_base = 1
      requests       = 1000
    }
  }

  database = {
    instance_class        = "db.t4g.medium"
    allocated_storage     = 20
    max_allocated_storage = 50
    backup_retention_days = 7     # DAT-02
    multi_az              = false # CST-04
    replica_count         = 1
    pool_size             = 10 # connections of one backend task, over all its workers
  }

  monthly_limit_usd = 400 # CST-04

  # Nothing to commit to: the services stop outside office hours. CST-05
  commitment = null
}
