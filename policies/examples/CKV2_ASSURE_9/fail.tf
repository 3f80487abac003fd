resource "aws_lb_listener" "open" {
  load_balancer_arn = aws_lb.app.arn
  port              = 80
  protocol          = "HTTP"
}

resource "aws_lb_listener_rule" "violating" {
  listener_arn = aws_lb_listener.open.arn

  action {
    type = "forward"
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}
