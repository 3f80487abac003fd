"""Listeners: their actions, rules and certificates.

An HTTPS or TLS listener without `ssl_policy` gets ELBSecurityPolicy-2016-08, which still speaks
TLS 1.0 (registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener).
"""

from __future__ import annotations

from typing import Any

from assurance.model.load_balancers import Action, Certificate, Listener, ListenerRule
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource, State
from assurance.readers.target_groups import TargetGroups

LISTENER_TYPES = ("aws_lb_listener", "aws_alb_listener")
RULE_TYPES = ("aws_lb_listener_rule", "aws_alb_listener_rule")
CERTIFICATE_TYPES = ("aws_lb_listener_certificate", "aws_alb_listener_certificate")
_SECURE = ("HTTPS", "TLS")


class Listeners:
    """The listeners of a state, by the subject id of their load balancer."""

    def __init__(self, state: State, groups: TargetGroups) -> None:
        self._state = state
        self._groups = groups
        self._rules = self._attached(*RULE_TYPES)
        self._extra = self._attached(*CERTIFICATE_TYPES)
        self.all = tuple(self._listener(each) for each in state.of(*LISTENER_TYPES))
        self._of: dict[str, list[Listener]] = {}
        for resource, listener in zip(state.of(*LISTENER_TYPES), self.all, strict=True):
            target = resource.target("load_balancer_arn")
            self._of.setdefault(target.id if target else "", []).append(listener)

    def of(self, load_balancer: Resource) -> tuple[Listener, ...]:
        """Return the listeners of a load balancer."""
        return tuple(self._of.get(load_balancer.id, ()))

    def _attached(self, *types: str) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for each in self._state.of(*types):
            target = each.target("listener_arn", *LISTENER_TYPES)
            found.setdefault(target.id if target else "", []).append(each)
        return found

    def _listener(self, resource: Resource) -> Listener:
        protocol = _protocol(resource)
        rules = self._rules.get(resource.id, [])
        return Listener(
            subject=resource.subject(*rules),
            port=_port(resource),
            protocol=protocol,
            tls_policy=_tls_policy(resource, protocol),
            certificates=self._certificates(resource),
            default_actions=self._actions(resource, "default_action"),
            rules=tuple(self._rule(each) for each in rules),
        )

    def _rule(self, resource: Resource) -> ListenerRule:
        return ListenerRule(
            subject=resource.subject(),
            actions=self._actions(resource, "action"),
            headers=_headers(resource),
        )

    def _actions(self, resource: Resource, path: str) -> tuple[Action, ...]:
        blocks = resource.blocks(path)
        if is_unknown(blocks):
            return blocks
        return tuple(each if is_unknown(each) else self._action(each) for each in blocks)

    def _action(self, block: Block) -> Action:
        return Action(
            kind=block.get("type", unknown(f"{block.resource.id}: an action without type")),
            target_groups=self._forwarded(block),
            protocol=block.get("redirect.protocol", "#{protocol}"),
            port=block.get("redirect.port", "#{port}"),
            location=block.resource.location,
        )

    def _forwarded(self, block: Block) -> tuple[Any, ...]:
        if block.is_set("target_group_arn"):
            return self._groups.at(block, "target_group_arn")
        weighted = block.blocks("forward")
        if is_unknown(weighted):
            return weighted
        found: list[Any] = []
        for forward in weighted:
            targets = forward if is_unknown(forward) else forward.blocks("target_group")
            if is_unknown(targets):
                found.append(targets)
            else:
                found.extend(
                    each if is_unknown(each) else self._groups.one(each, each.get("arn", None))
                    for each in targets
                )
        return tuple(found)

    def _certificates(self, resource: Resource) -> tuple[Certificate, ...]:
        holders = [resource, *self._extra.get(resource.id, ())]
        return tuple(_certificate(holder) for holder in holders if holder.is_set("certificate_arn"))


def _certificate(holder: Resource) -> Certificate:
    value = holder.get("certificate_arn")
    target = holder.target("certificate_arn")
    if target is not None and target.type == "aws_acm_certificate_validation":
        target = target.target("certificate_arn", "aws_acm_certificate") or target
    text = target.id if target else ("an unknown certificate" if is_unknown(value) else str(value))
    return Certificate(is_managed=_is_managed(value, target), text=text)


def _is_managed(value: Any, target: Resource | None) -> Any:
    if target is None:
        if isinstance(value, str) and ":iam:" in value:
            return False
        return unknown("whether the certificate was issued or imported is not written here")
    if "iam" in target.type:
        return False
    if target.type == "aws_acm_certificate" and target.is_managed:
        return not target.is_set("private_key")
    if target.is_set("types"):
        types = target.listed("types")
        return types if is_unknown(types) else "IMPORTED" not in types
    return unknown(f"{target.id}: whether it was issued or imported is not written here")


def _protocol(resource: Resource) -> Any:
    stated = resource.get("protocol", None)
    if stated is not None:
        return stated if is_unknown(stated) else str(stated).upper()
    port = _port(resource)
    if is_unknown(port):
        return port
    # An application load balancer takes the protocol that belongs to the port.
    return {80: "HTTP", 8080: "HTTP", 8008: "HTTP", 443: "HTTPS", 8443: "HTTPS"}.get(port, "HTTP")


def _port(resource: Resource) -> Any:
    return whole(resource.get("port", 0))


def _tls_policy(resource: Resource, protocol: Any) -> Any:
    stated = resource.get("ssl_policy", None)
    if stated is not None or is_unknown(protocol):
        return protocol if stated is None else stated
    return "ELBSecurityPolicy-2016-08" if protocol in _SECURE else ""


def _headers(resource: Resource) -> Any:
    conditions = resource.blocks("condition")
    if is_unknown(conditions):
        return conditions
    found: list[Any] = []
    for condition in conditions:
        name = condition if is_unknown(condition) else condition.get("http_header.http_header_name")
        if is_unknown(name) or name:
            found.append(name)
    return tuple(found)
