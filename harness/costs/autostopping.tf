# Staging sleeps when nobody uses it. At night a schedule of Terraform does that (infrastructure/modules/cost); the number of
# tasks must not have two writers, so AutoStopping reports what idle hours of the day cost, and stops nothing unless the
# schedules are gone. Production has no rule. CST-04

locals {
  # The backend follows the frontend: it is needed while pages are asked for.
  services = {
    frontend = { tasks = 2 }
    backend  = { tasks = 2 }
  }
}

resource "harness_autostopping_aws_alb" "staging" {
  name               = "workshop-staging"
  cloud_connector_id = harness_platform_connector_awscc.account.identifier
  host_name          = "staging.workshop.example.com"
  alb_arn            = var.load_balancer.arn
  region             = "eu-west-1"
  vpc                = var.load_balancer.vpc_id
  security_groups    = [var.load_balancer.security_group_id]

  # The load balancer is Terraform's, and stays when this is gone.
  delete_cloud_resources_on_destroy = false
}

resource "harness_autostopping_rule_ecs" "staging" {
  for_each = local.services

  name               = "workshop-staging-${each.key}"
  cloud_connector_id = harness_platform_connector_awscc.account.identifier
  idle_time_mins     = var.idle_minutes
  dry_run            = !var.stops_services

  container {
    cluster    = "workshop-staging"
    service    = each.key
    region     = "eu-west-1"
    task_count = each.value.tasks
  }

  http {
    proxy_id = harness_autostopping_aws_alb.staging.identifier
  }
}

# Working hours, in which staging answers at once.
resource "harness_autostopping_schedule" "working_hours" {
  name          = "workshop-staging-working-hours"
  schedule_type = "uptime"
  time_zone     = "Europe/Dublin"
  rules         = [for rule in harness_autostopping_rule_ecs.staging : rule.id]

  repeats {
    days       = ["MON", "TUE", "WED", "THU", "FRI"]
    start_time = "08:00"
    end_time   = "19:00"
  }
}
