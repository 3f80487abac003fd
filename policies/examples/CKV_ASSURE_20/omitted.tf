resource "aws_lb" "omitting" {
  name = "app"
}
