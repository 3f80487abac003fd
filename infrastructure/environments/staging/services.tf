module "cluster" {
  source = "../../modules/cluster"

  name    = local.name
  vpc_id  = module.network.vpc_id
  key_arn = module.log_key.arn
}

module "log_archive" {
  source = "../../modules/log_archive"

  name           = local.name
  bucket_arn     = data.aws_s3_bucket.log_archive.arn
  bucket_key_arn = data.aws_kms_alias.log_archive.target_key_arn
  key_arn        = module.log_key.arn
}

locals {
  backend_url = "http://backend.${module.cluster.namespace.name}:${local.ports.backend}"

  cluster = {
    arn          = module.cluster.arn
    name         = module.cluster.name
    namespace_id = module.cluster.namespace.id
  }

  service_log = {
    key_arn            = module.log_key.arn
    archive_stream_arn = module.log_archive.stream_arn
    archive_role_arn   = module.log_archive.role_arn
  }
}

# With which the backend asks the flag service. Harness issues it.
module "flags_key" {
  source = "../../modules/issued_secret"

  name        = "${local.system}/${local.environment}/backend/flags"
  description = "Server-side key with which the backend of ${local.name} asks for feature flags, in the field sdk_key"
  key_arn     = module.data_key.arn
}

module "backend" {
  source = "../../modules/service"

  name                     = "backend"
  system                   = local.name
  cluster                  = local.cluster
  log                      = local.service_log
  image                    = "${data.aws_ecr_repository.this["backend"].repository_url}@${var.image_digests.backend}"
  repository_arn           = data.aws_ecr_repository.this["backend"].arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn
  task_policies            = { database = module.database.application_connect_policy }

  container = {
    cpu    = local.services.backend.cpu
    memory = local.services.backend.memory
    port   = local.ports.backend
    health_command = [
      "CMD", "python", "-c",
      "import urllib.request as r; r.urlopen('http://127.0.0.1:${local.ports.backend}/health/live', timeout=3)",
    ]
  }

  environment = {
    AWS_REGION         = data.aws_region.current.name
    DATABASE_HOST      = module.database.endpoint_address
    DATABASE_NAME      = module.database.database_name
    DATABASE_POOL_SIZE = tostring(local.database.pool_size) # SCL-05
    DATABASE_PORT      = tostring(local.ports.database)
    DATABASE_SSLMODE   = "verify-full" # DAT-05
    DATABASE_USER      = module.database.application_user
    DRAIN_SECONDS      = "30" # ECS-07
    ENVIRONMENT        = local.environment
    FLAGS_PROVIDER     = "split" # FLG-01
    PORT               = tostring(local.ports.backend)
    TOKEN_AUDIENCE     = "https://${var.domain_name}" # API-04
    TOKEN_ISSUER       = var.token_issuer
    TOKEN_JWKS         = "${var.token_issuer}.well-known/jwks.json"
  }

  secrets         = { FLAGS_SDK_KEY = { arn = module.flags_key.arn, field = "sdk_key" } } # SEC-04
  secrets_key_arn = module.data_key.arn

  network = {
    subnet_ids        = module.network.application_subnet_ids
    security_group_id = module.security_groups.ids["backend"]
  }

  load_balancing = {
    target_group_arn = module.load_balancer.target_groups["backend"].blue.arn
    resource_label   = "${module.load_balancer.arn_suffix}/${module.load_balancer.target_groups["backend"].blue.arn_suffix}"
  }

  scaling = {
    minimum             = local.services.backend.minimum
    maximum             = local.services.backend.maximum
    on_demand_base      = local.services.backend.on_demand_base
    requests_per_target = local.services.backend.requests
  }
}

module "frontend" {
  source = "../../modules/service"

  name                     = "frontend"
  system                   = local.name
  cluster                  = local.cluster
  log                      = local.service_log
  image                    = "${data.aws_ecr_repository.this["frontend"].repository_url}@${var.image_digests.frontend}"
  repository_arn           = data.aws_ecr_repository.this["frontend"].arn
  permissions_boundary_arn = data.aws_iam_policy.boundary.arn

  container = {
    cpu    = local.services.frontend.cpu
    memory = local.services.frontend.memory
    port   = local.ports.frontend
    health_command = [
      "CMD", "node", "-e",
      "fetch('http://127.0.0.1:${local.ports.frontend}/api/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))",
    ]
  }

  environment = {
    ASSETS_URL    = "https://${local.assets_domain}" # SCL-04
    BACKEND_URL   = local.backend_url                # ECS-02
    DRAIN_SECONDS = "30"                             # ECS-07
    PORT          = tostring(local.ports.frontend)
    PUBLIC_URL    = "https://${var.domain_name}"
  }

  network = {
    subnet_ids        = module.network.application_subnet_ids
    security_group_id = module.security_groups.ids["frontend"]
  }

  load_balancing = {
    target_group_arn = module.load_balancer.target_groups["frontend"].blue.arn
    resource_label   = "${module.load_balancer.arn_suffix}/${module.load_balancer.target_groups["frontend"].blue.arn_suffix}"
  }

  scaling = {
    minimum             = local.services.frontend.minimum
    maximum             = local.services.frontend.maximum
    on_demand_base      = local.services.frontend.on_demand_base
    requests_per_target = local.services.frontend.requests
  }
}
