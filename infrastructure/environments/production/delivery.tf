# The delegate through which the pipelines deploy, and only into this environment. IAM-05

module "delegate" {
  source = "../../modules/delegate"

  system                   = local.name
  replicas                 = length(local.zones) # DLG-01
  cluster                  = { arn = module.cluster.arn, name = module.cluster.name }
  log                      = local.service_log
  image                    = "${data.aws_ecr_repository.this["harness-delegate"].repository_url}@${var.image_digests.delegate}"
  repository_arn           = data.aws_ecr_repository.this["harness-delegate"].arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn
  secrets_key_arn          = module.data_key.arn
  harness                  = { account_id = var.harness_account_id, release = var.delegate_release }

  network = {
    subnet_ids        = module.network.application_subnet_ids
    security_group_id = module.security_groups.ids["delegate"]
  }

  # DLG-03
  deploys = {
    task_families = [
      module.backend.task_family,
      module.frontend.task_family,
      module.database_roles.task_family,
      module.migration.task_family,
      module.verification.task_family,
    ]
    role_arns = concat(
      module.backend.role_arns,
      module.frontend.role_arns,
      module.database_roles.role_arns,
      module.migration.role_arns,
      module.verification.role_arns,
    )
    listener_arns   = module.load_balancer.listener_arns
    rule_arns       = module.load_balancer.rule_arns
    repository_arns = [for name in ["backend", "frontend"] : data.aws_ecr_repository.this[name].arn]
  }
}

# Makes the roles of the database, as its master: the only task that is told the master's password. DAT-06
module "database_roles" {
  source = "../../modules/task_roles"

  name                     = "roles"
  system                   = local.name
  log_group_arn            = module.backend.log_group_arn
  repository_arn           = data.aws_ecr_repository.this["backend"].arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn
  secret                   = { arn = module.database.master_secret_arn, key_arn = module.data_key.arn }
}

# Expands the schema before a release, as the role that owns it. DAT-06
module "migration" {
  source = "../../modules/task_roles"

  name                     = "migration"
  system                   = local.name
  log_group_arn            = module.backend.log_group_arn
  repository_arn           = data.aws_ecr_repository.this["backend"].arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn
  task_policies            = { database = module.database.migrator_connect_policy }
}

# Judges the environment after a release, by reading; its images are public. verification.tf says what it may read.
module "verification" {
  source = "../../modules/task_roles"

  name                     = "verification"
  system                   = local.name
  log_group_arn            = module.delegate.log_group_arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn
  task_policies            = { reading = data.aws_iam_policy_document.verification.json }
}
