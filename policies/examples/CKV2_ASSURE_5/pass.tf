resource "aws_sns_topic" "conforming" {
  name = "alarms"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.conforming.arn
  protocol  = "email"
  endpoint  = "operations@example.com"
}
