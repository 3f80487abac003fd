resource "aws_cloudwatch_metric_alarm" "omitting" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
}
