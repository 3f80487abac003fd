# The delegate's container: what it runs, what it is told, and how little it may do.

locals {
  container = merge(local.hardened, {
    name      = "delegate"
    image     = var.image # DLG-01
    essential = true
    # A digest does not tell how old it is; the release does. DLG-01
    dockerLabels = var.harness.release == null ? {} : { "org.opencontainers.image.version" = var.harness.release }

    cpu    = 1024
    memory = 4096

    environment = [for name, value in merge(local.runner_address, {
      ACCOUNT_ID                = var.harness.account_id
      DELEGATE_NAME             = local.full_name
      DELEGATE_TAGS             = var.system
      DELEGATE_TYPE             = "DOCKER"
      LOG_STREAMING_SERVICE_URL = "${var.harness.manager_url}/log-service/"
      MANAGER_HOST_AND_PORT     = var.harness.manager_url
      NEXT_GEN                  = "true"
    }) : { name = name, value = value }]
    secrets = [{ name = "DELEGATE_TOKEN", valueFrom = aws_secretsmanager_secret.token.arn }] # DLG-04, SEC-04

    user = "1001:1001" # ECS-04

    # The image declares its working directory as a volume, so Fargate fills this one with the delegate's files.
    mountPoints = [
      { sourceVolume = "work", containerPath = "/opt/harness-delegate", readOnly = false },
      { sourceVolume = "scratch", containerPath = "/tmp", readOnly = false },
    ]

    healthCheck = merge(local.patience, {
      command = ["CMD-SHELL", "curl -fsS http://127.0.0.1:3460/api/health || exit 1"] # ECS-03
    })

    # Steps in progress are handed over before the delegate stops.
    stopTimeout = 120 # ECS-07

    logConfiguration = local.logs["delegate"] # OBS-01
  })

  # The same for the runner beside it.
  hardened = {
    privileged             = false # ECS-04
    readonlyRootFilesystem = true  # ECS-04
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { add = [], drop = ["ALL"] } # ECS-04
    }
  }

  patience = { interval = 30, timeout = 10, retries = 3, startPeriod = 120 } # seconds

  logs = { for container in ["delegate", "runner"] : container => {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = local.region
      awslogs-stream-prefix = container
      mode                  = "non-blocking"
      max-buffer-size       = "4m"
    }
  } }
}
