resource "aws_security_group" "omitting" {
  name = "app"
}
