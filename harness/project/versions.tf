terraform {
  required_version = ">= 1.10, < 2.0" # IAC-03

  required_providers {
    harness = {
      source  = "harness/harness"
      version = "~> 0.39" # IAC-03
    }
  }

  # The bucket of the shared root; a state of its own, because Harness is no part of the account.
  backend "s3" {
    bucket       = "workshop-terraform-state" # IAC-02
    key          = "harness/project/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true                   # IAC-02
    kms_key_id   = "alias/workshop-state" # IAC-02
    use_lockfile = true                   # IAC-02
  }
}

# Reads its key from HARNESS_PLATFORM_API_KEY, so that no file holds it.
provider "harness" {
  endpoint   = "https://app.harness.io/gateway"
  account_id = var.harness_account_id
}
