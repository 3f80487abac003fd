resource "aws_ecs_service" "conforming" {
  name = "app"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

resource "aws_ecs_service" "not_a_subject" {
  deployment_controller {
    type = "CODE_DEPLOY"
  }
}
