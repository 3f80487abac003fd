resource "aws_subnet" "violating" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table_association" "elsewhere" {
  subnet_id      = "subnet-0123456789abcdef0"
  route_table_id = aws_route_table.private.id
}
