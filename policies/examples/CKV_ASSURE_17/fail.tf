resource "aws_lb_target_group" "violating" {
  port     = 8080
  protocol = "HTTP"
  health_check {
    interval            = 30
    unhealthy_threshold = 5
  }
}

resource "aws_lb_target_group" "violating_2" {
  port     = 8080
  protocol = "HTTP"
  health_check {
    path = "/health/ready"
  }
}
