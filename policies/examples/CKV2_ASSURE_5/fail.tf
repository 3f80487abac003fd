resource "aws_sns_topic" "violating" {
  name = "alarms"
}

resource "aws_sns_topic_subscription" "elsewhere" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:other"
  protocol  = "email"
  endpoint  = "operations@example.com"
}
