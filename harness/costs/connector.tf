# How Harness reads what the account costs: the report and the role are Terraform's (infrastructure/modules/billing). CST-06
resource "harness_platform_connector_awscc" "account" {
  identifier  = "aws_costs"
  name        = "aws costs"
  account_id  = "123456789012"
  report_name = "workshop"
  s3_bucket   = "workshop-costs-123456789012"

  features_enabled = ["BILLING", "OPTIMIZATION", "VISIBILITY", "COMMITMENT_ORCHESTRATOR"]

  cross_account_access {
    role_arn    = "arn:aws:iam::123456789012:role/workshop-cost-connector"
    external_id = "harness:891928451355:kmpySmUISimoRrJL6NL73w"
  }
}
