resource "aws_cloudwatch_metric_alarm" "violating" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = []
  treat_missing_data  = "breaching"
}

resource "aws_cloudwatch_metric_alarm" "violating_2" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "violating_3" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alarms.arn]
  actions_enabled     = false
  treat_missing_data  = "breaching"
}
