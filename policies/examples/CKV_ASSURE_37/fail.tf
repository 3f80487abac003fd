resource "aws_cloudwatch_log_group" "violating" {
  name              = "/app"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "violating_2" {
  name              = "/app"
  retention_in_days = 60
}
