# Where images are built, for every environment: a delegate of its own, and the machines that its runner starts. They stand in
# staging's network and reach nothing in it; what they may do is publish. DLG-02

locals {
  builds = {
    port     = 9079
    tasks    = 2 * length(local.zones)
    machines = 2 * length(local.zones) * local.build_pool.at_most # a runner beside each delegate
  }

  build_services = { build_delegate = { cluster_name = module.cluster.name, service_name = module.build_delegate.service_name } }

  build_system = "${local.system}-build"

  build_pool = {
    name    = local.build_system # as the pipelines name it
    size    = "m7i.large"
    waiting = 1
    at_most = 4
  }
}

variable "build_images" {
  description = "What the builds start from: the AMI of their machines, and the digest of the runner's image."
  type = object({
    machine       = string
    runner_digest = string
  })
  nullable = false

  validation {
    condition     = can(regex("^sha256:[0-9a-f]{64}$", var.build_images.runner_digest))
    error_message = "runner_digest must be sha256: and 64 hexadecimal digits, as the registry shows it."
  }
}

data "aws_ecr_repository" "build" {
  for_each = toset(["harness-runner", "node-runtime"])

  name = "${local.system}/${each.key}"
}

data "aws_iam_policy" "build_boundary" {
  name = "${local.build_system}-boundary" # IAM-05
}

module "build_machines" {
  source = "../../modules/build_machines"

  system                   = local.build_system
  pool                     = merge(local.build_pool, { image = var.build_images.machine })
  permissions_boundary_arn = data.aws_iam_policy.build_boundary.arn
  repository_arns          = [for name in ["backend", "frontend"] : data.aws_ecr_repository.this[name].arn]
  base_repository_arns     = [data.aws_ecr_repository.build["node-runtime"].arn]
  tags                     = merge(local.tags, { Name = "${local.build_system}-machine" }) # CST-02

  network = {
    vpc_id            = module.network.vpc_id
    subnet_ids        = zipmap(values(local.zones), module.network.application_subnet_ids)
    security_group_id = module.security_groups.ids["build_machine"]
  }
}

module "build_delegate" {
  source = "../../modules/delegate"

  system                   = local.build_system
  service_name             = "build-delegate"
  replicas                 = length(local.zones) # DLG-01
  cluster                  = { arn = module.cluster.arn, name = module.cluster.name }
  log                      = local.service_log
  image                    = "${data.aws_ecr_repository.this["harness-delegate"].repository_url}@${var.image_digests.delegate}"
  repository_arn           = data.aws_ecr_repository.this["harness-delegate"].arn
  permissions_boundary_arn = data.aws_iam_policy.build_boundary.arn
  secrets_key_arn          = module.data_key.arn
  harness                  = { account_id = var.harness_account_id, release = var.delegate_release }

  network = {
    subnet_ids        = module.network.application_subnet_ids
    security_group_id = module.security_groups.ids["build_delegate"]
  }

  # DLG-03
  builds = {
    image          = "${data.aws_ecr_repository.build["harness-runner"].repository_url}@${var.build_images.runner_digest}"
    repository_arn = data.aws_ecr_repository.build["harness-runner"].arn
    pools          = module.build_machines.pools
    policy         = module.build_machines.runner_policy
  }
}
