resource "aws_lb_target_group" "omitting" {
  port     = 8080
  protocol = "HTTP"
}
