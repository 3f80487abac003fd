resource "aws_vpc_endpoint" "violating" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.logs"
  policy       = ""
}
