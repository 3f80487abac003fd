output "pools" {
  description = "Pool file of the runner for each zone; handed to it by the delegate module."
  value       = { for zone, pool in local.pools : zone => jsonencode(pool) }
}

output "runner_policy" {
  description = "What the runner may do in AWS, as JSON; used by the delegate module."
  value       = data.aws_iam_policy_document.runner.json
}
