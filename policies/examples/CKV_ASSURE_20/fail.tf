resource "aws_lb" "violating" {
  name    = "app"
  subnets = [aws_subnet.a.id]
}

resource "aws_lb" "violating_2" {
  name    = "app"
  subnets = [aws_subnet.a.id, aws_subnet.a.id]
}
