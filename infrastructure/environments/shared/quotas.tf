# Both environments at maximum scale while each is deployed, with room for one more release of either. SCL-05
module "quotas" {
  source = "../../modules/quotas"

  fargate_vcpus = { on_demand = 64, spot = 64 }
}
