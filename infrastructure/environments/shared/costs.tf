module "charges_topic" {
  source = "../../modules/topic"

  name        = "${local.system}-charges"
  key_arn     = module.charges_key.arn
  publishers  = ["cloudwatch.amazonaws.com", "costalerts.amazonaws.com"]
  subscribers = var.subscribers

  # An alarm notifies only in its own region, and charges are published in us-east-1.
  providers = {
    aws = aws.global
  }
}

module "billing" {
  source = "../../modules/billing"

  name              = local.system
  monthly_limit_usd = var.monthly_limit_usd
  topic_arn         = module.charges_topic.arn
  access_log_bucket = module.log_bucket.id
  connector         = var.cost_connector
  replicate_to = {
    bucket_arn = module.replica_bucket["costs"].arn
    key_arn    = module.replica_key.arn
  }

  providers = {
    aws        = aws
    aws.global = aws.global
  }
}
