resource "aws_sns_topic" "omitting" {
  name = "alarms"
}
