module "registry" {
  source = "../../modules/registry"

  name            = local.system
  repositories    = [for image in ["backend", "frontend", "harness-delegate", "harness-runner", "node-runtime"] : "${local.system}/${image}"]
  key_arn         = module.registry_key.arn
  replica_key_arn = module.replica_key.arn
  replica_tags    = local.tags # CST-02

  providers = {
    aws         = aws
    aws.replica = aws.replica
  }

  # Inspector and replication would make their service-linked roles themselves, and then they could not be declared.
  depends_on = [module.identity]
}
