resource "aws_ecs_cluster_capacity_providers" "omitting" {
  cluster_name = aws_ecs_cluster.main.name
}
