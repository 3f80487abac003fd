# Copies that outlive the loss of the first region, and of everybody who can delete in it.
module "replica_bucket" {
  source   = "../../modules/bucket"
  for_each = local.buckets

  name             = "${each.value}-replica"
  key_arn          = module.replica_key.arn
  refuse_deletion  = true                            # AUD-02
  object_lock_days = each.key == "logs" ? 365 : null # AUD-02
  retention = {
    noncurrent_days = 90
    expire_days     = each.key == "state" ? null : 730
  }

  providers = {
    aws = aws.replica
  }
}

module "log_bucket" {
  source = "../../modules/log_bucket"

  name = local.buckets.logs
  replicate_to = {
    bucket_arn = module.replica_bucket["logs"].arn
    key_arn    = module.replica_key.arn
  }
}

module "state" {
  source = "../../modules/state"

  name              = local.buckets.state
  environments      = concat(local.environments, [local.environment])
  key_arn           = module.state_key.arn
  access_log_bucket = module.log_bucket.id
  replicate_to = {
    bucket_arn = module.replica_bucket["state"].arn
    key_arn    = module.replica_key.arn
  }
}
