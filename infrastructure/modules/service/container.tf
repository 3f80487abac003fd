# The one container of a task: what it runs, what it is told, and how little it may do.

locals {
  log_configuration = {
    logDriver = "awslogs" # OBS-01
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = data.aws_region.current.name
      awslogs-stream-prefix = var.name
      # A log service that is away must not stop the application from answering.
      mode            = "non-blocking"
      max-buffer-size = "4m"
    }
  }

  container = {
    name      = var.name
    image     = var.image # ECS-05
    essential = true
    cpu       = var.container.cpu    # ECS-03
    memory    = var.container.memory # ECS-03

    portMappings = [{ name = "http", containerPort = var.container.port, hostPort = var.container.port, protocol = "tcp", appProtocol = "http" }]

    environment = [for name, value in var.environment : { name = name, value = value }]
    secrets = [
      for name, secret in var.secrets : { name = name, valueFrom = "${secret.arn}:${secret.field}::" } # SEC-04
    ]

    user                   = var.container.user # ECS-04
    privileged             = false              # ECS-04
    readonlyRootFilesystem = true               # ECS-04
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { add = [], drop = ["ALL"] } # ECS-04
    }
    mountPoints = [{ sourceVolume = "scratch", containerPath = "/tmp", readOnly = false }]

    healthCheck = {
      command     = var.container.health_command # ECS-03
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 30
    }

    stopTimeout      = var.container.stop_seconds # ECS-07
    logConfiguration = local.log_configuration
  }
}
