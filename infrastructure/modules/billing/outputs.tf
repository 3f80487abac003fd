output "connector_role_arn" {
  description = "ARN of the role that the cost connector of Harness assumes."
  value       = aws_iam_role.connector.arn
}

output "report_name" {
  description = "Name of the cost and usage report, entered in the connector."
  value       = aws_cur_report_definition.this.report_name
}
