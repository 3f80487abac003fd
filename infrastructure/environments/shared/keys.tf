# One key for each kind of thing, so that a right to read images is not a right to read logs.

module "registry_key" {
  source = "../../modules/key"

  name        = "${local.system}-registry"
  description = "Images of ${local.system}"
}

module "log_key" {
  source = "../../modules/key"

  name        = "${local.system}-logs"
  description = "Audit trail, configuration history and archived logs of ${local.system}"
  service_principals = [
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "logs.eu-west-1.amazonaws.com",
  ]
}

module "state_key" {
  source = "../../modules/key"

  name        = "${local.system}-state"
  description = "State of Terraform, which knows every name and address of ${local.system}"
}

module "notification_key" {
  source = "../../modules/key"

  name               = "${local.system}-notifications"
  description        = "Notifications about the account of ${local.system}"
  service_principals = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
}

module "charges_key" {
  source = "../../modules/key"

  name               = "${local.system}-charges"
  description        = "Notifications about the charges of ${local.system}"
  service_principals = ["cloudwatch.amazonaws.com", "costalerts.amazonaws.com"]

  providers = {
    aws = aws.global
  }
}

module "replica_key" {
  source = "../../modules/key"

  name        = "${local.system}-replica"
  description = "Copies of images, logs and state of ${local.system} in the second region"

  providers = {
    aws = aws.replica
  }
}
