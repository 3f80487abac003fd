resource "aws_flow_log" "violating" {
  vpc_id          = aws_vpc.main.id
  log_destination = aws_cloudwatch_log_group.flow.arn
  traffic_type    = "REJECT"
}

resource "aws_flow_log" "violating_2" {
  vpc_id          = aws_vpc.main.id
  log_destination = aws_cloudwatch_log_group.flow.arn
  traffic_type    = "ACCEPT"
}
