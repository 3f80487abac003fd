"""Sentences about where things stand in the network, and what leads to them."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import (
    endpoints,
    hops,
    internet_ways,
    network_acls,
    reachability,
    security_groups,
)
from assurance.rules import networks as rules


@then("every VPC is one of our own")
def vpcs_are_our_own(judge: Judge) -> None:
    """No VPC is the default one."""
    judge.every("VPC", rules.is_our_own)


@then("every network resident lies in a VPC of our own")
def residents_lie_in_our_own_vpc(judge: Judge) -> None:
    """Nothing lies in a default VPC."""
    judge.every("network resident", rules.lies_in_our_own_vpc)


@then("every VPC has public and private subnets in several zones")
def vpcs_span_zones(judge: Judge) -> None:
    """Both kinds of subnet are in as many zones as agreed."""
    networks = judge.view.networks.records
    judge.every("VPC", rules.spans_zones, networks, zones=judge.limit("zones"))


@then("every task and database stands in private subnets only")
def tasks_and_databases_are_private(judge: Judge) -> None:
    """None of their subnets leads to an internet gateway."""
    judge.every("task or database", rules.runs_in_private_subnets)


@then("every task and database is without a public address")
def tasks_and_databases_have_no_public_address(judge: Judge) -> None:
    """None of them gets an address of the internet."""
    judge.every("task or database", rules.has_no_public_address)


@then("every private subnet leaves through the NAT of its own zone")
def private_subnets_use_their_own_nat(judge: Judge) -> None:
    """The way to the internet is a NAT gateway in the same zone."""
    networks = judge.view.networks.records
    judge.every("private subnet", rules.leaves_through_the_nat_of_its_zone, networks)


@then("every subnet has a route table of its own choice")
def subnets_have_explicit_tables(judge: Judge) -> None:
    """No subnet is left to the main route table."""
    judge.every("subnet", rules.has_an_explicit_route_table)


@then("every route table keeps the internet gateway from tasks and databases")
def tables_keep_the_gateway_away(judge: Judge) -> None:
    """A table with a way to an internet gateway is not the main one, and serves nothing private."""
    view = judge.view
    rule = rules.holds_no_private_thing
    judge.every("route table", rule, view.networks.records, view.parties)


@then("every security group admits the internet only at the load balancer")
def groups_admit_the_internet_at_the_load_balancer(judge: Judge) -> None:
    """A group that admits the internet is held by internet-facing load balancers only."""
    rule = security_groups.admits_the_internet_only_at_the_load_balancer
    judge.every("security group", rule, judge.view.parties)


@then("every task and database accepts only the hop before, on its port")
def hops_accept_only_the_hop_before(judge: Judge) -> None:
    """Load balancer to service, service to service, service to database."""
    rule = hops.accepts_only_the_hop_before
    judge.every("task or database", rule, judge.view.parties)


@then("every task and database accepts the hop before")
def hops_accept_the_hop_before(judge: Judge) -> None:
    """The chain is not broken."""
    rule = hops.accepts_the_hop_before
    judge.every("task or database", rule, judge.view.parties)


@then("every security group states its egress")
def groups_state_their_egress(judge: Judge) -> None:
    """No group lets everything out to everywhere."""
    judge.every("security group", security_groups.states_its_egress)


@then("every default security group is closed")
def default_groups_are_closed(judge: Judge) -> None:
    """The group that AWS makes with a VPC has no rule."""
    judge.every("default security group", security_groups.is_closed)


@then("every database lets nothing out")
def databases_let_nothing_out(judge: Judge) -> None:
    """No group of a database has egress."""
    judge.every("database in the network", security_groups.lets_nothing_out)


@then("every private subnet is guarded by a network ACL")
def private_subnets_are_guarded(judge: Judge) -> None:
    """The ACL does not let everything in."""
    judge.every("private subnet", network_acls.is_guarded)


@then("every private subnet lets the needed flows pass")
def needed_flows_pass(judge: Judge) -> None:
    """What security groups open on both ends passes the ACLs, answers included."""
    judge.every("private subnet", network_acls.lets_needed_flows_pass, judge.view.parties)


@then("every private subnet lets nothing else pass")
def nothing_else_passes(judge: Judge) -> None:
    """Every entry that allows something is needed, and no wider."""
    view = judge.view
    rule = network_acls.lets_nothing_else_pass
    judge.every("private subnet", rule, view.networks.records, view.parties)


@then("every VPC has endpoints for the agreed services")
def vpcs_have_endpoints(judge: Judge) -> None:
    """Each service's endpoint is in the way of the tasks' calls."""
    view = judge.view
    limits = {"services": judge.limit("services")}
    judge.every("VPC", endpoints.has_endpoints, view.networks.records, view.parties, **limits)


@then("every VPC endpoint has a policy")
def endpoints_have_policies(judge: Judge) -> None:
    """It is narrower than full access."""
    judge.every("VPC endpoint", endpoints.has_a_policy)


@then("every VPC is recorded by flow logs")
def vpcs_are_recorded(judge: Judge) -> None:
    """All traffic, accepted and rejected."""
    judge.every("VPC", rules.is_recorded_by_flow_logs, judge.view.networks.records)


@then("nothing behind the load balancer is reached from the internet")
def nothing_else_is_reached(judge: Judge) -> None:
    """Addresses, routes, ACLs and groups leave no way."""
    rule = internet_ways.is_not_reached_from_the_internet
    judge.every("party behind the load balancer", rule)


@then("every database is reached by the backend alone")
def databases_are_reached_by_the_backend(judge: Judge) -> None:
    """Services that use it reach it, nothing else does."""
    rule = reachability.is_reached_by_the_backend_alone
    judge.every("database in the network", rule, judge.view.parties)
