"""Distributions of a content delivery network, and what they fetch from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.load_balancers import LoadBalancer
from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Behaviour:
    """What the distribution does with the requests for a path.

    Attributes:
        path: The pattern; `*` for the default.
        viewer_protocol: `allow-all`, `https-only` or `redirect-to-https`.
    """

    path: str
    viewer_protocol: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Admission:
    """Somebody whom a bucket admits.

    Attributes:
        principal: As the policy writes it.
        is_anybody: Whether it is everyone, without a condition that names a distribution.
        is_network: Whether it is the content delivery network, for a named distribution.
    """

    principal: str
    is_anybody: bool
    is_network: bool


class OriginKind(StrEnum):
    """What stands behind an origin's name."""

    BUCKET = "bucket"
    WEBSITE = "website of a bucket"
    LOAD_BALANCER = "load balancer"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origin:
    """What a distribution fetches from.

    Attributes:
        kind: One of `OriginKind`.
        text: How a message calls it.
        is_signed: Whether requests are signed with an identity of the distribution.
        admissions: For a bucket: everybody whom its policy and ACL admit.
        load_balancers: The load balancer, where it is one.
        secret_headers: Names of the headers that only the distribution adds.
        is_internal: Whether it is reached through the VPC, not through the internet.
    """

    kind: str
    text: str
    is_signed: bool
    admissions: tuple[Admission, ...]
    load_balancers: tuple[LoadBalancer, ...]
    secret_headers: tuple[str, ...]
    is_internal: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distribution:
    """A distribution.

    Attributes:
        oldest_tls: The oldest version that viewers may speak: `TLSv1.2_2021`.
        has_default_certificate: Whether it is served under the network's own name.
    """

    subject: Subject
    behaviours: tuple[Behaviour, ...]
    origins: tuple[Origin, ...]
    oldest_tls: str
    has_default_certificate: bool
