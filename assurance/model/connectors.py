"""Connectors: how the delivery signs in to everything else, in Harness's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.records import record
from assurance.model.subjects import Location, Subject


class Sign(StrEnum):
    """How a connector proves who it is."""

    ROLE = "role"
    SECRET = "secret reference"  # noqa: S105  a way to sign in, not a password
    KEYS = "static keys"
    NOTHING = "nothing"
    OTHER = "unknown way"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Literal:
    """A credential that is written where a reference belongs."""

    name: str
    location: Location


@record(kw_only=True, eq=False)
class Use:
    """A definition that uses a connector.

    Attributes:
        subject: The definition.
        org: Its organisation; empty for the account.
        project: Its project; empty for an organisation or the account.
        is_production: Whether it is an infrastructure of production; unknown where the file of
            its environment is missing, and `False` for everything that is no infrastructure.
        is_infrastructure: Whether it is an infrastructure.
        is_hosted: Whether it is used on machines of Harness, which run no delegate.
    """

    subject: Subject
    org: str
    project: str
    is_production: bool
    is_infrastructure: bool
    is_hosted: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Connector:
    """A connector.

    Attributes:
        type: `Aws`, `Github`, `DockerRegistry`, `AwsSecretManager` …
        signs: Every way in which it proves who it is, such as for code and for the API.
        way: The same as Harness calls it, such as `AssumeSTSRole`.
        literals: Credentials that stand in its file.
        selectors: Tags of the delegates that it runs on.
        is_delegated: Whether it runs on a delegate at all.
        org: Its organisation; empty for the account.
        project: Its project; empty for an organisation or the account.
        uses: What uses it.
    """

    subject: Subject
    type: str
    signs: tuple[Sign, ...]
    way: str
    literals: tuple[Literal, ...]
    selectors: tuple[str, ...]
    is_delegated: bool
    org: str
    project: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptSecret:
    """A secret that pipelines use.

    Attributes:
        type: `SecretText`, `SecretFile`, `SSHKey`, `WinRmCredentials`.
        keeper: The type of the connector that keeps it; `built in` for Harness's own store;
            unknown where the connector is not in the repository.
        way: How that connector signs in.
        is_reference: Whether only its name is kept in Harness.
    """

    subject: Subject
    type: str
    keeper: str
    way: str
    is_reference: bool
