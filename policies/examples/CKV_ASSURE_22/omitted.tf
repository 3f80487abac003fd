resource "aws_vpc_endpoint" "omitting" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.logs"
}
