output "dashboard_name" {
  description = "Name of the dashboard, shown to those who operate the system."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "topic_arn" {
  description = "ARN of the topic that notifies, taken by the cost module and by event rules of the environment."
  value       = module.topic.arn
}
