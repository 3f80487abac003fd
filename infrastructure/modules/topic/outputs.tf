output "arn" {
  description = "ARN of the topic, taken by alarms, budgets and event rules."
  value       = aws_sns_topic.this.arn
}
