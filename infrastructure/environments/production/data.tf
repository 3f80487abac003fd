module "database" {
  source = "../../modules/database"

  name                  = local.name
  production            = local.production
  subnet_ids            = module.network.data_subnet_ids
  security_group_id     = module.security_groups.ids["database"]
  key_arn               = module.data_key.arn
  replica_key_arn       = module.replica_key.arn
  instance_class        = local.database.instance_class
  allocated_storage     = local.database.allocated_storage
  max_allocated_storage = local.database.max_allocated_storage
  backup_retention_days = local.database.backup_retention_days
  multi_az              = local.database.multi_az
  replica_count         = local.database.replica_count

  providers = {
    aws         = aws
    aws.replica = aws.replica
  }
}

# Beyond what the database copies by itself: recovery points in a locked vault, here and in the second region. DRY-01
module "backup" {
  source = "../../modules/backup"

  name            = local.name
  environment     = local.environment
  key_arn         = module.data_key.arn
  replica_key_arn = module.replica_key.arn
  resource_arns   = [module.database.arn]
  retention_days  = local.database.backup_retention_days

  providers = {
    aws         = aws
    aws.replica = aws.replica
  }
}
