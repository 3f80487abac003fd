terraform {
  required_version = ">= 1.10, < 2.0" # IAC-03

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100" # IAC-03
    }
  }

  # Made by the state module of the shared root. Each environment has a key, and so a state, of its own.
  backend "s3" {
    bucket       = "workshop-terraform-state" # IAC-02
    key          = "staging/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true                   # IAC-02
    kms_key_id   = "alias/workshop-state" # IAC-02
    use_lockfile = true                   # IAC-02
  }
}
