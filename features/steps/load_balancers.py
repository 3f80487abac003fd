"""Sentences about load balancers, listeners and target groups."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import listeners, security_groups
from assurance.rules import load_balancers as rules


@then("every load balancer is open to the internet on the agreed ports only")
def load_balancers_are_open_on_agreed_ports(judge: Judge) -> None:
    """Some ports serve, some only redirect."""
    limits = {name: judge.limit(name) for name in ("ports", "redirect_ports")}
    judge.every("load balancer", security_groups.is_open_on_agreed_ports, **limits)


@then("every load balancer terminates TLS")
def load_balancers_terminate_tls(judge: Judge) -> None:
    """It has a listener for HTTPS or TLS."""
    judge.every("load balancer", listeners.terminates_tls)


@then("every listener for TLS refuses old versions")
def listeners_refuse_old_tls(judge: Judge) -> None:
    """Its security policy starts at the agreed version."""
    judge.every("listener", listeners.speaks_modern_tls, version=judge.limit("version"))


@then("every listener for TLS has a managed certificate")
def listeners_have_managed_certificates(judge: Judge) -> None:
    """AWS issues and renews it."""
    judge.every("listener", listeners.has_managed_certificates)


@then("every listener for plain HTTP only redirects")
def plain_listeners_redirect(judge: Judge) -> None:
    """Every action, those of its rules included, leads to HTTPS."""
    judge.every("listener", listeners.redirects_plain_http)


@then("every load balancer drops malformed headers")
def load_balancers_drop_malformed_headers(judge: Judge) -> None:
    """They do not reach the application."""
    judge.every("load balancer", rules.drops_malformed_headers)


@then("every load balancer is protected against deletion")
def load_balancers_are_protected(judge: Judge) -> None:
    """Deletion protection is on."""
    judge.every("load balancer", rules.is_protected_against_deletion)


@then("every load balancer writes access logs")
def load_balancers_write_logs(judge: Judge) -> None:
    """Every request leaves a record."""
    judge.every("load balancer", rules.writes_access_logs)


@then("every load balancer serves in several zones")
def load_balancers_serve_in_zones(judge: Judge) -> None:
    """As many zones as agreed."""
    judge.every("load balancer", rules.serves_in_zones, zones=judge.limit("zones"))


@then("every target group registers addresses")
def target_groups_register_addresses(judge: Judge) -> None:
    """Type ip."""
    judge.every("target group", rules.registers_addresses)


@then("every target group checks the application's health endpoint")
def target_groups_check_health(judge: Judge) -> None:
    """A path made for it is requested."""
    judge.every("target group", rules.checks_the_health_endpoint)


@then("every target group detects a dead task in time")
def target_groups_detect_dead_tasks(judge: Judge) -> None:
    """Failed checks in a row take no longer than agreed."""
    judge.every("target group", rules.detects_a_dead_task, seconds=judge.limit("seconds"))


@then("every service has a second target group for the next version")
def services_have_two_target_groups(judge: Judge) -> None:
    """One serves, one takes the next version."""
    judge.every("service in the network", rules.has_a_second_target_group)
