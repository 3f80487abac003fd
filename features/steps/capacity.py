"""Sentences about sizes that must fit together."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import capacity, connections


@then("every task definition states its size")
def tasks_state_their_size(judge: Judge) -> None:
    """CPU and memory are stated."""
    judge.every("task definition", capacity.states_its_size)


@then("every database states its class")
def databases_state_their_class(judge: Judge) -> None:
    """Each instance states its class."""
    judge.every("database", connections.states_its_class)


@then("every service finds an address for each of its tasks")
def services_have_addresses(judge: Judge) -> None:
    """Subnets are large enough."""
    view = judge.view
    network = (view.networks.records, view.load_balancers.records)
    judge.every("service", capacity.has_addresses, view.services, view.scaling, *network)


@then("every database accepts the connections of every task")
def databases_accept_connections(judge: Judge) -> None:
    """Pools fit into max_connections."""
    view = judge.view
    context = (view.databases, view.services, view.scaling, view.parties)
    limit = judge.limit("connections_per_task")
    judge.every("database", connections.accepts_every_connection, *context, per_task=limit)


@then("all services together stay within the quotas of Fargate")
def services_stay_within_quotas(judge: Judge) -> None:
    """The vCPUs of all tasks stay within the quotas."""
    view = judge.view
    limits = {"vcpus": judge.limit("fargate_vcpus"), "spot": judge.limit("fargate_spot_vcpus")}
    judge.system(capacity.fits_quotas, view.services, view.scaling, **limits)
