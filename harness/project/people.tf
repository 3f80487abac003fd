# The groups that the pipelines name. Harness has no file for a group in Git, so they are Terraform's.

locals {
  groups = {
    developers       = { name = "developers", description = "Change the workshop", emails = var.developers }
    release_managers = { name = "release managers", description = "Let releases into production", emails = var.release_managers } # CDP-04
  }
}

resource "harness_platform_usergroup" "this" {
  for_each = local.groups

  identifier  = each.key
  name        = each.value.name
  description = each.value.description
  org_id      = "default"
  project_id  = "workshop"
  user_emails = each.value.emails

  notification_configs {
    type              = "EMAIL"
    send_email_to_all = true
  }
}
