"""Listeners of a classic load balancer, which are blocks of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.load_balancers import Action, Certificate, Listener
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import whole
from assurance.readers.state import Block, Resource


def read_classic_listeners(resource: Resource) -> Iterator[Listener]:
    """Yield the listeners that an `aws_elb` states."""
    blocks = resource.blocks("listener")
    for block in () if is_unknown(blocks) else blocks:
        if not is_unknown(block):
            yield _listener(block, resource)


def _listener(block: Block, resource: Resource) -> Listener:
    port = whole(block.get("lb_port", 0))
    protocol = block.get("lb_protocol", "TCP")
    action = Action(
        kind="forward", target_groups=(), protocol="", port="", location=resource.location
    )
    number = "?" if is_unknown(port) else port
    return Listener(
        subject=Subject(
            id=f"{resource.id} port {number}",
            location=resource.location,
            evidence=resource.digest,
            existence=resource.subject().existence,
        ),
        port=port,
        protocol=protocol if is_unknown(protocol) else _spoken(str(protocol).upper()),
        tls_policy=unknown(f"the TLS policy of {resource.id} is not read"),
        certificates=tuple(_certificates(block)),
        default_actions=(action,),
        rules=(),
    )


def _spoken(protocol: str) -> str:
    return "TLS" if protocol == "SSL" else protocol


def _certificates(block: Block) -> Iterator[Certificate]:
    value: Any = block.get("ssl_certificate_id", None)
    if value is None:
        return
    target = block.target("ssl_certificate_id", "aws_acm_certificate")
    why = unknown("whether the certificate was issued or imported is not written here")
    managed = why if target is None else not target.is_set("private_key")
    text = target.id if target else ("an unknown certificate" if is_unknown(value) else str(value))
    yield Certificate(is_managed=managed, text=text)
