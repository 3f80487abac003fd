"""A small system that satisfies every requirement of network and entrance, to be broken in tests.

Two zones, each with a public, a private and a data subnet; a load balancer before one service; a
second service that no load balancer reaches; a database.
"""

from __future__ import annotations

import copy
from typing import Any

from assurance.model.parties import Parties
from assurance.readers.load_balancers import LoadBalancerReading, read_load_balancers
from assurance.readers.networks import NetworkReading, read_networks
from assurance.readers.parties import read_parties
from assurance.readers.state import State
from tests.states import managed, state

Resource = dict[str, Any]
ZONES = ("a", "b")


class SmallSystem:
    """The resources by address; every method changes them in place."""

    def __init__(self) -> None:
        self.resources = {each["address"]: each for each in _resources()}

    def change(self, address: str, **values: Any) -> SmallSystem:
        """Set values of a resource; None removes one."""
        resource = copy.deepcopy(self.resources[address])
        resource["values"].update(values)
        resource["values"] = {k: v for k, v in resource["values"].items() if v is not None}
        self.resources[address] = resource
        return self

    def add(self, address: str, **values: Any) -> SmallSystem:
        """Add a resource."""
        self.resources[address] = managed(address, **values)
        return self

    def remove(self, *addresses: str) -> SmallSystem:
        """Remove resources."""
        for address in addresses:
            del self.resources[address]
        return self

    @property
    def state(self) -> State:
        """The evaluated state."""
        return state(*self.resources.values())

    @property
    def networks(self) -> NetworkReading:
        """Its network."""
        return read_networks(self.state)

    def read(self) -> tuple[NetworkReading, LoadBalancerReading, Parties]:
        """Read it once: network, load balancers, parties."""
        state = self.state
        networks = read_networks(state)
        balancers = read_load_balancers(state, networks)
        return networks, balancers, read_parties(state, networks, balancers)


def _resources() -> list[Resource]:
    return [*_network(), *_filters(), *_acls(), *_entrance(), *_workloads()]


def _network() -> list[Resource]:
    vpc = "${aws_vpc.main.id}"
    found = [
        managed("aws_vpc.main", cidr_block="10.0.0.0/16"),
        managed("aws_internet_gateway.main", vpc_id=vpc),
        managed("aws_default_security_group.closed", vpc_id=vpc),
        managed("aws_route_table.public", vpc_id=vpc),
        managed("aws_route_table.data", vpc_id=vpc),
        managed(
            "aws_route.public",
            route_table_id="${aws_route_table.public.id}",
            destination_cidr_block="0.0.0.0/0",
            gateway_id="${aws_internet_gateway.main.id}",
        ),
        managed(
            "aws_flow_log.all",
            vpc_id=vpc,
            traffic_type="ALL",
            log_destination="arn:aws:s3:::logs",
        ),
    ]
    for number, zone in enumerate(ZONES):
        found += _zone(number, zone)
    return found


def _zone(number: int, zone: str) -> list[Resource]:
    vpc, found = "${aws_vpc.main.id}", []
    for tier, offset in (("public", 0), ("app", 10), ("data", 20)):
        table = f"app_{zone}" if tier == "app" else tier
        found += [
            managed(
                f"aws_subnet.{tier}_{zone}",
                vpc_id=vpc,
                cidr_block=f"10.0.{offset + number}.0/24",
                availability_zone=f"eu-west-1{zone}",
            ),
            managed(
                f"aws_route_table_association.{tier}_{zone}",
                subnet_id=f"${{aws_subnet.{tier}_{zone}.id}}",
                route_table_id=f"${{aws_route_table.{table}.id}}",
            ),
        ]
    return [
        *found,
        managed(f"aws_nat_gateway.{zone}", subnet_id=f"${{aws_subnet.public_{zone}.id}}"),
        managed(
            f"aws_route_table.app_{zone}",
            vpc_id=vpc,
            route=[
                {"cidr_block": "0.0.0.0/0", "nat_gateway_id": f"${{aws_nat_gateway.{zone}.id}}"}
            ],
        ),
    ]


def rule(port: int, **peer: Any) -> dict[str, Any]:
    """Return an inline rule of a security group for one TCP port."""
    return {"protocol": "tcp", "from_port": port, "to_port": port, **peer}


def group(name: str) -> str:
    """Return the reference to one of the groups."""
    return f"${{aws_security_group.{name}.id}}"


def _filters() -> list[Resource]:
    def one(name: str, ingress: list[Any], egress: list[Any]) -> Resource:
        return managed(
            f"aws_security_group.{name}",
            vpc_id="${aws_vpc.main.id}",
            ingress=ingress,
            egress=egress,
        )

    def to(name: str) -> dict[str, Any]:
        return {"security_groups": [group(name)]}

    anywhere = {"cidr_blocks": ["0.0.0.0/0"]}
    return [
        one("lb", [rule(443, **anywhere), rule(80, **anywhere)], [rule(3000, **to("web"))]),
        one("web", [rule(3000, **to("lb"))], [rule(8080, **to("api"))]),
        one("api", [rule(8080, **to("web"))], [rule(5432, **to("db")), rule(443, **anywhere)]),
        one("db", [rule(5432, **to("api"))], []),
    ]


def entry(number: int, cidr: str, first: int, last: int = 0, action: str = "allow") -> Resource:
    """Return an inline entry of a network ACL for TCP."""
    return {
        "rule_no": number,
        "action": action,
        "protocol": "tcp",
        "from_port": first,
        "to_port": last or first,
        "cidr_block": cidr,
    }


def _acls() -> list[Resource]:
    return [
        managed(
            "aws_network_acl.app",
            vpc_id="${aws_vpc.main.id}",
            subnet_ids=[f"${{aws_subnet.app_{zone}.id}}" for zone in ZONES],
            ingress=[
                entry(100, "10.0.0.0/22", 3000),
                entry(110, "10.0.10.0/23", 8080),
                entry(200, "0.0.0.0/0", 32768, 65535),
            ],
            egress=[
                entry(100, "10.0.10.0/23", 8080),
                entry(110, "10.0.20.0/23", 5432),
                entry(120, "0.0.0.0/0", 443),
                entry(200, "10.0.0.0/16", 1024, 65535),
            ],
        ),
        managed(
            "aws_network_acl.data",
            vpc_id="${aws_vpc.main.id}",
            subnet_ids=[f"${{aws_subnet.data_{zone}.id}}" for zone in ZONES],
            ingress=[entry(100, "10.0.10.0/23", 5432)],
            egress=[entry(100, "10.0.10.0/23", 32768, 65535)],
        ),
    ]


def _entrance() -> list[Resource]:
    def target_group(name: str) -> Resource:
        return managed(
            f"aws_lb_target_group.{name}",
            vpc_id="${aws_vpc.main.id}",
            target_type="ip",
            protocol="HTTP",
            port=3000,
            health_check=[{"path": "/healthz", "interval": 15, "unhealthy_threshold": 3}],
        )

    return [
        managed(
            "aws_lb.main",
            subnets=[f"${{aws_subnet.public_{zone}.id}}" for zone in ZONES],
            security_groups=[group("lb")],
            drop_invalid_header_fields=True,
            enable_deletion_protection=True,
            access_logs=[{"bucket": "logs", "enabled": True}],
        ),
        target_group("blue"),
        target_group("green"),
        managed("aws_acm_certificate.main", domain_name="shop.example.com"),
        managed(
            "aws_lb_listener.plain",
            load_balancer_arn="${aws_lb.main.arn}",
            port=80,
            protocol="HTTP",
            default_action=[{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}],
        ),
        managed(
            "aws_lb_listener.tls",
            load_balancer_arn="${aws_lb.main.arn}",
            port=443,
            protocol="HTTPS",
            ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            certificate_arn="${aws_acm_certificate.main.arn}",
            default_action=[{"type": "forward", "forward": [{"target_group": _colours()}]}],
        ),
    ]


def _colours() -> list[dict[str, Any]]:
    return [
        {"arn": "${aws_lb_target_group.blue.arn}", "weight": 100},
        {"arn": "${aws_lb_target_group.green.arn}", "weight": 0},
    ]


def _workloads() -> list[Resource]:
    def service(name: str, port: int, environment: list[Any], **values: Any) -> list[Resource]:
        container = {
            "name": name,
            "image": f"{name}:1",
            "portMappings": [{"containerPort": port}],
            "environment": environment,
        }
        network = {
            "subnets": [f"${{aws_subnet.app_{zone}.id}}" for zone in ZONES],
            "security_groups": [group(name)],
        }
        definition = managed(f"aws_ecs_task_definition.{name}", container_definitions=[container])
        found = managed(
            f"aws_ecs_service.{name}",
            task_definition=f"${{aws_ecs_task_definition.{name}.arn}}",
            network_configuration=[network],
            **values,
        )
        return [definition, found]

    balanced = [{"target_group_arn": "${aws_lb_target_group.blue.arn}", "container_port": 3000}]
    host = {"name": "DATABASE_HOST", "value": "${aws_db_instance.main.address}"}
    return [
        *service(
            "web", 3000, [{"name": "API", "value": "http://api:8080"}], load_balancer=balanced
        ),
        *service("api", 8080, [host]),
        managed(
            "aws_db_subnet_group.main",
            subnet_ids=[f"${{aws_subnet.data_{zone}.id}}" for zone in ZONES],
        ),
        managed(
            "aws_db_instance.main",
            engine="postgres",
            db_subnet_group_name="${aws_db_subnet_group.main.name}",
            vpc_security_group_ids=[group("db")],
        ),
    ]
