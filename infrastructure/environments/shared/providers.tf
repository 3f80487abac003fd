# Three regions: the one that serves, the one that keeps the copies, and us-east-1, where AWS publishes what it charges.

locals {
  tags = {
    System      = local.system
    Environment = local.environment
    Owner       = var.owner
    CostCenter  = var.cost_center
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags # CST-02
  }
}

provider "aws" {
  alias               = "replica"
  region              = "eu-central-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags # CST-02
  }
}

provider "aws" {
  alias               = "global"
  region              = "us-east-1"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = local.tags # CST-02
  }
}
