# Static assets of the frontend: a bucket, its replica in the second region, and the distribution in front of both.

locals {
  assets_domain = "assets.${var.domain_name}"
  assets_bucket = "${local.name}-assets-${var.account_id}"
  assets_copy   = "${local.name}-assets-copy-${var.account_id}"
}

module "assets_key" {
  source = "../../modules/key"

  name               = "${local.name}-assets"
  description        = "Static assets of ${local.name}"
  service_principals = ["cloudfront.amazonaws.com"]
}

module "assets_copy_key" {
  source = "../../modules/key"

  name               = "${local.name}-assets"
  description        = "Replica of the static assets of ${local.name}"
  service_principals = ["cloudfront.amazonaws.com"]

  providers = {
    aws = aws.replica
  }
}

module "assets_copy" {
  source = "../../modules/bucket"

  name              = local.assets_copy
  key_arn           = module.assets_copy_key.arn
  policy_statements = [module.content_delivery.read_policies["copy"]]

  providers = {
    aws = aws.replica
  }
}

module "assets" {
  source = "../../modules/bucket"

  name              = local.assets_bucket
  key_arn           = module.assets_key.arn
  access_log_bucket = data.aws_s3_bucket.log_archive.id # OBS-09
  policy_statements = [module.content_delivery.read_policies["assets"]]

  # DRY-05
  replicate_to = {
    bucket_arn = module.assets_copy.arn
    key_arn    = module.assets_copy_key.arn
  }
}

module "assets_certificate" {
  source = "../../modules/certificate"

  domain_name = local.assets_domain
  zone_name   = var.zone_name

  providers = {
    aws = aws.global
  }
}

module "global_log_key" {
  source = "../../modules/key"

  name               = "${local.name}-logs"
  description        = "Logs of ${local.name} that AWS keeps in us-east-1"
  service_principals = ["logs.us-east-1.amazonaws.com"]

  providers = {
    aws = aws.global
  }
}

module "assets_firewall" {
  source = "../../modules/firewall"

  name    = "${local.name}-assets"
  scope   = "CLOUDFRONT"
  key_arn = module.global_log_key.arn

  providers = {
    aws = aws.global
  }
}

module "content_delivery" {
  source = "../../modules/content_delivery"

  name            = "${local.name}-assets"
  domain_name     = local.assets_domain
  page_origin     = "https://${var.domain_name}"
  zone_id         = module.assets_certificate.zone_id
  certificate_arn = module.assets_certificate.arn
  web_acl_arn     = module.assets_firewall.arn
  log_bucket_arn  = data.aws_s3_bucket.log_archive.arn
  bucket          = { name = local.assets_bucket, domain_name = module.assets.domain_name }
  copy            = { name = local.assets_copy, domain_name = module.assets_copy.domain_name }

  providers = {
    aws        = aws
    aws.global = aws.global
  }
}
