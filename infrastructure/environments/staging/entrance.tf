module "certificate" {
  source = "../../modules/certificate"

  domain_name = var.domain_name
  zone_name   = var.zone_name
}

module "firewall" {
  source = "../../modules/firewall"

  name    = local.name
  scope   = "REGIONAL"
  key_arn = module.log_key.arn
}

module "load_balancer" {
  source = "../../modules/load_balancer"

  name              = local.name
  environment       = local.environment
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  security_group_id = module.security_groups.ids["load_balancer"]
  certificate_arn   = module.certificate.arn
  domain_name       = var.domain_name
  zone_id           = module.certificate.zone_id
  web_acl_arn       = module.firewall.arn
  log_bucket        = data.aws_s3_bucket.log_archive.id
  verification_port = local.ports.verification
  default_service   = "frontend"

  # One rule a service, so that a swap of colours changes one rule. The frontend has some endpoints below /api too, so the
  # backend claims its own paths and the frontend gets the rest. REL-04
  services = {
    backend = {
      port        = local.ports.backend
      health_path = "/health/ready"
      paths       = ["/api/v1/*", "/api/openapi.json"]
      priority    = 10
    }
    frontend = {
      port        = local.ports.frontend
      health_path = "/api/health"
      paths       = ["/*"]
      priority    = 100
    }
  }
}
