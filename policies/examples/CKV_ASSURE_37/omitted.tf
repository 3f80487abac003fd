resource "aws_cloudwatch_log_group" "omitting" {
  name = "/app"
}
