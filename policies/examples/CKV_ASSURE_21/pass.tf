resource "aws_flow_log" "conforming" {
  vpc_id          = aws_vpc.main.id
  log_destination = aws_cloudwatch_log_group.flow.arn
  traffic_type    = "ALL"
}
