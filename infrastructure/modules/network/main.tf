# The network of one environment: three tiers of subnets in every zone.
#   public        load balancer and NAT gateways, the only tier with a route to the internet gateway
#   application   tasks, delegate and interface endpoints; leaves through the NAT gateway of its own zone
#   data          databases; has no way out at all

locals {
  zone_index = { for index, letter in sort(keys(var.zones)) : letter => index }

  # One prefix a tier, so that access lists need one rule a tier and keep working when a zone is added.
  tiers = {
    application = cidrsubnet(var.cidr_block, 2, 0)
    public      = cidrsubnet(var.cidr_block, 4, 4)
    data        = cidrsubnet(var.cidr_block, 4, 5)
  }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr_block # NET-01
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = var.zones # NET-02

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.value
  cidr_block              = cidrsubnet(local.tiers.public, 4, local.zone_index[each.key])
  map_public_ip_on_launch = false # NET-03

  tags = { Name = "${var.name}-public-${each.key}", Tier = "public" }
}

resource "aws_subnet" "application" {
  for_each = var.zones # NET-02

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.value
  cidr_block              = cidrsubnet(local.tiers.application, 2, local.zone_index[each.key]) # SCL-05
  map_public_ip_on_launch = false                                                              # NET-03

  tags = { Name = "${var.name}-application-${each.key}", Tier = "application" }
}

resource "aws_subnet" "data" {
  for_each = var.zones # NET-02

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.value
  cidr_block              = cidrsubnet(local.tiers.data, 4, local.zone_index[each.key])
  map_public_ip_on_launch = false # NET-03

  tags = { Name = "${var.name}-data-${each.key}", Tier = "data" }
}

# What AWS creates open with every VPC is adopted here and emptied.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id # NET-08

  tags = { Name = "${var.name}-default-closed" }
}

resource "aws_default_network_acl" "closed" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id # NET-09

  tags = { Name = "${var.name}-default-closed" }
}

resource "aws_default_route_table" "closed" {
  default_route_table_id = aws_vpc.this.default_route_table_id
  route                  = [] # NET-05

  tags = { Name = "${var.name}-default-closed" }
}

resource "aws_flow_log" "all" {
  vpc_id                   = aws_vpc.this.id
  traffic_type             = "ALL" # NET-11
  log_destination_type     = "s3"
  log_destination          = var.flow_log_bucket_arn # OBS-09
  max_aggregation_interval = 60

  destination_options {
    file_format                = "parquet"
    hive_compatible_partitions = true
    per_hour_partition         = true
  }

  tags = { Name = "${var.name}-flow" }
}
