resource "aws_lb_target_group" "violating" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "instance"

  health_check {
    path = "/health/ready"
  }
}

resource "aws_lb_target_group" "violating_2" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"

  health_check {
    path = "/"
  }
}

resource "aws_lb_target_group" "violating_3" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
}
