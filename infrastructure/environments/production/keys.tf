# One key for what the environment says (logs), one for what it knows (data and secrets).

module "log_key" {
  source = "../../modules/key"

  name               = "${local.name}-logs"
  description        = "Logs of ${local.name}"
  service_principals = ["logs.${data.aws_region.current.name}.amazonaws.com"]
}

module "data_key" {
  source = "../../modules/key"

  name               = "${local.name}-data"
  description        = "Database, backups and secrets of ${local.name}"
  service_principals = ["logs.${data.aws_region.current.name}.amazonaws.com"]
}

module "replica_key" {
  source = "../../modules/key"

  name        = "${local.name}-data"
  description = "Copies of the data of ${local.name} in the second region"

  providers = {
    aws = aws.replica
  }
}
