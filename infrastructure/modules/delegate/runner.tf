# The runner beside a delegate that builds: it starts a machine for each build and hands it the steps. Fargate cannot build images
# itself, since no container there may be privileged. Each delegate has a runner of its own, because a runner alone knows which
# machines it has started.
# https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/vm-build-infrastructure/set-up-an-aws-vm-build-infrastructure

locals {
  runner_address = var.builds == null ? {} : { RUNNER_URL = "http://127.0.0.1:3000" } # the containers of a task share a host

  runners = var.builds == null ? [] : [merge(local.hardened, {
    name      = "runner"
    image     = var.builds.image # DLG-01
    essential = true

    cpu    = 1024
    memory = 1024

    # The pool is made of what Terraform knows, so it is handed over instead of being part of the image: one for each zone, of which
    # the task takes that of the zone it was started in.
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html
    entryPoint = ["/bin/sh", "-ec"]
    command = [<<-SHELL
      zone=$(wget -qO- "$ECS_CONTAINER_METADATA_URI_V4/task" | sed -n 's/.*"AvailabilityZone":"[a-z0-9-]*-\([0-9][a-z]\)".*/\1/p')
      printenv "POOL_$zone" > /data/pool.yml
      exec /bin/drone-runner-aws delegate --pool /data/pool.yml
    SHELL
    ]

    environment = [for zone, pool in var.builds.pools : { name = "POOL_${reverse(split("-", zone))[0]}", value = pool }]

    user = "65534:65534" # ECS-04

    mountPoints = [{ sourceVolume = "runner", containerPath = "/data", readOnly = false }]

    healthCheck = merge(local.patience, {
      command = ["CMD-SHELL", "nc -z 127.0.0.1 3000 || exit 1"] # ECS-03
    })

    # Long enough to take back the machines that it has started.
    stopTimeout = 120 # ECS-07

    logConfiguration = local.logs["runner"] # OBS-01
  })]
}

resource "aws_iam_role_policy" "builds" {
  count = var.builds == null ? 0 : 1

  name   = "builds"
  role   = aws_iam_role.task.id
  policy = var.builds.policy # IAM-02, DLG-03
}
