resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", linuxParameters = { capabilities = { drop = ["NET_RAW"] } } }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", linuxParameters = { capabilities = { drop = ["ALL"], add = ["SYS_PTRACE"] } } }
  ])
}
