# Who is told what: alarms and dashboard, budget, and the hours in which nothing needs to run.

module "notification_key" {
  source = "../../modules/key"

  name        = "${local.name}-notifications"
  description = "Notifications of ${local.name}"
  service_principals = [
    "budgets.amazonaws.com",
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
    "events.rds.amazonaws.com",
  ]
}

module "alarms" {
  source = "../../modules/alarms"

  name        = local.name
  key_arn     = module.notification_key.arn
  subscribers = var.alarm_subscribers # OBS-04

  # OBS-03
  services = merge(local.build_services, {
    delegate = { cluster_name = module.cluster.name, service_name = module.delegate.service_name }
    }, {
    for name, service_name in { backend = module.backend.name, frontend = module.frontend.name } : name => {
      cluster_name                      = module.cluster.name
      service_name                      = service_name
      load_balancer_suffix              = module.load_balancer.arn_suffix
      target_group_suffixes = [
        for colour in ["blue", "green"] : module.load_balancer.target_groups[name][colour].arn_suffix
      ]
    }
  })

  databases = merge(
    {
      primary = {
        identifier      = module.database.identifier
        max_connections = module.database.max_connections
        storage_bytes   = local.database.allocated_storage * 1024 * 1024 * 1024
      }
    },
    {
      for number, identifier in module.database.replica_identifiers : "replica-${number + 1}" => {
        identifier      = identifier
        max_connections = module.database.max_connections
        storage_bytes   = local.database.allocated_storage * 1024 * 1024 * 1024
        replica         = true
      }
    },
  )
}

module "cost" {
  source = "../../modules/cost"

  name              = local.name
  production        = local.production
  monthly_limit_usd = local.monthly_limit_usd                            # CST-03
  cost_tag          = { key = "Environment", value = local.environment } # CST-06
  baseline          = local.commitment                                   # CST-05
  topic_arn         = module.alarms.topic_arn
  subscriber_emails = var.budget_emails

  # CST-04
  schedules = local.production ? {} : {
    for name, service_name in { backend = module.backend.name, frontend = module.frontend.name } : name => {
      cluster                           = module.cluster.name
      service                           = service_name
      min                               = local.services[name].minimum
      max                               = local.services[name].maximum
    }
  }
}
