resource "aws_lb_target_group" "conforming" {
  port     = 8080
  protocol = "HTTP"
  health_check {
    interval            = 10
    unhealthy_threshold = 3
  }
}

resource "aws_lb_target_group" "conforming_2" {
  port     = 8080
  protocol = "HTTP"
  health_check {
    interval            = 30
    unhealthy_threshold = 2
  }
}
