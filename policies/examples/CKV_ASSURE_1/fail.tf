resource "aws_ecs_service" "violating" {
  name = "app"
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
}

resource "aws_ecs_service" "violating_2" {
  name = "app"
  deployment_circuit_breaker {
    enable   = false
    rollback = true
  }
}
