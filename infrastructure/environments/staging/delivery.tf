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
    task_families   = [module.backend.task_family, module.frontend.task_family]
    role_arns       = concat(module.backend.role_arns, module.frontend.role_arns)
    listener_arns   = module.load_balancer.listener_arns
    rule_arns       = module.load_balancer.rule_arns
    repository_arns = [for name in ["backend", "frontend"] : data.aws_ecr_repository.this[name].arn]
  }
}
