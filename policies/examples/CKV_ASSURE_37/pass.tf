resource "aws_cloudwatch_log_group" "conforming" {
  name              = "/app"
  retention_in_days = 90
}

resource "aws_cloudwatch_log_group" "conforming_2" {
  name              = "/app"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "conforming_3" {
  name              = "/app"
  retention_in_days = 365
}

variable "days" {
  type = number
}

resource "aws_cloudwatch_log_group" "unreadable" {
  name              = "/app"
  retention_in_days = var.days
}
