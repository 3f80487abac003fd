resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.app.arn
  port              = 443
  protocol          = "HTTPS"
}

resource "aws_lb_listener_rule" "conforming" {
  listener_arn = aws_lb_listener.tls.arn

  action {
    type = "forward"
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.app.arn
  port              = 80
  protocol          = "HTTP"
}

resource "aws_lb_listener_rule" "conforming_2" {
  listener_arn = aws_lb_listener.plain.arn

  action {
    type = "redirect"
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}
