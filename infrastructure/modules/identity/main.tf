# Roles that the services define themselves: nobody here can widen what they may do. An account that has used a service
# before has its role already; it is then imported, see the README.
resource "aws_iam_service_linked_role" "this" {
  for_each = var.service_linked_roles # IAM-04

  aws_service_name = each.value
  description      = "Used by ${each.key} on behalf of the account."

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  require_uppercase_characters   = true
  allow_users_to_change_password = true
  hard_expiry                    = false
  max_password_age               = 90
  password_reuse_prevention      = 24
}

# Reports what the account grants to anybody outside of it.
resource "aws_accessanalyzer_analyzer" "external" {
  analyzer_name = "${var.name}-external-access"
  type          = "ACCOUNT"
}

# Reports rights that nobody has used, so that they can be taken away.
resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "${var.name}-unused-access"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true # DAT-08
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
