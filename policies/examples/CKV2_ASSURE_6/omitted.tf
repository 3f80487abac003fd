resource "aws_subnet" "omitting" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
