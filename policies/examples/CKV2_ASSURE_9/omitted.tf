resource "aws_lb_listener_rule" "omitting" {
  priority = 1
}
