terraform {
  required_version = ">= 1.10, < 2.0" # IAC-03

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100" # IAC-03
    }
  }

  # The bucket is made by this very root: the first apply runs without this block, see the README of the state module.
  backend "s3" {
    bucket       = "workshop-terraform-state" # IAC-02
    key          = "shared/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true                   # IAC-02
    kms_key_id   = "alias/workshop-state" # IAC-02
    use_lockfile = true                   # IAC-02
  }
}
