resource "aws_subnet" "conforming" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.conforming.id
  route_table_id = aws_route_table.private.id
}
