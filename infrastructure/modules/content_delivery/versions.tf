terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"

      # CloudFront's certificates, filters and log deliveries live in us-east-1.
      configuration_aliases = [aws.global]
    }
  }
}
