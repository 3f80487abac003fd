output "trail_arn" {
  description = "ARN of the trail, taken by the collector that asks whether it is logging."
  value       = aws_cloudtrail.this.arn
}

output "detector_id" {
  description = "Id of the GuardDuty detector, taken by the collector that reads its findings."
  value       = aws_guardduty_detector.this.id
}
