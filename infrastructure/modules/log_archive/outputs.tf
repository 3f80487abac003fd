output "role_arn" {
  description = "Role with which CloudWatch Logs feeds the stream; used by the modules that own a log group."
  value       = aws_iam_role.subscription.arn

  # A subscription is tried out by AWS when it is made, so the permission has to be there before.
  depends_on = [aws_iam_role_policy.subscription]
}

output "stream_arn" {
  description = "Stream to which log groups are subscribed; used by the modules that own a log group."
  value       = aws_kinesis_firehose_delivery_stream.this.arn
}
