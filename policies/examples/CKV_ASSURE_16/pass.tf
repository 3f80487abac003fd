resource "aws_lb_target_group" "conforming" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"

  health_check {
    path = "/health/ready"
  }
}

resource "aws_lb_target_group" "not_a_subject" {
  target_type = "lambda"
}
