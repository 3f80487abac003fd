# What the account has once, for all environments.

locals {
  system      = "workshop"
  environment = "shared"

  environments = ["staging", "production"]

  # A bucket that holds something of its own, and the name of its copy in the second region.
  buckets = {
    costs = "${local.system}-costs-${var.account_id}"
    logs  = "${local.system}-logs-${var.account_id}"
    state = "${local.system}-terraform-state"
  }
}
