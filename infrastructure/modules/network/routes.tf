# Ways out of the subnets. A zone's tasks use the NAT gateway of that zone, so that losing one zone leaves the others whole.

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.name }
}

resource "aws_eip" "nat" {
  #checkov:skip=CKV2_AWS_19:The address belongs to the NAT gateway of its zone, not to an instance
  for_each = var.zones

  domain = "vpc"

  tags = { Name = "${var.name}-nat-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  for_each = var.zones # NET-04

  allocation_id     = aws_eip.nat[each.key].id
  connectivity_type = "public"
  subnet_id         = aws_subnet.public[each.key].id

  tags = { Name = "${var.name}-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-public", Tier = "public" }
}

resource "aws_route" "public_internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id # NET-05
}

resource "aws_route_table_association" "public" {
  for_each = var.zones # NET-05

  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public[each.key].id
}

resource "aws_route_table" "application" {
  for_each = var.zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-application-${each.key}", Tier = "application" }
}

resource "aws_route" "application_nat" {
  for_each = var.zones

  route_table_id         = aws_route_table.application[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.key].id # NET-04
}

resource "aws_route_table_association" "application" {
  for_each = var.zones # NET-05

  route_table_id = aws_route_table.application[each.key].id
  subnet_id      = aws_subnet.application[each.key].id
}

# No route but the local one: a database answers its callers and never starts a conversation.
resource "aws_route_table" "data" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-data", Tier = "data" }
}

resource "aws_route_table_association" "data" {
  for_each = var.zones # NET-05

  route_table_id = aws_route_table.data.id
  subnet_id      = aws_subnet.data[each.key].id
}
