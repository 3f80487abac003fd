module "network" {
  source = "../../modules/network"

  name                = local.name
  cidr_block          = local.cidr_block
  zones               = local.zones
  flow_log_bucket_arn = data.aws_s3_bucket.log_archive.arn
  ports               = local.ports
}

module "security_groups" {
  source = "../../modules/security_groups"

  name              = local.name
  vpc_id            = module.network.vpc_id
  ports             = local.ports
  s3_prefix_list_id = module.endpoints.s3_prefix_list_id
  build_port        = local.builds.port
}

module "endpoints" {
  source = "../../modules/endpoints"

  name              = local.name
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.application_subnet_ids
  route_table_ids   = module.network.application_route_table_ids
  security_group_id = module.security_groups.ids["endpoints"]
}
