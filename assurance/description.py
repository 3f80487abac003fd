"""The description of a system, as records: where its parts are, and where it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.model.environments import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class TerraformRoot:
    """One Terraform root as one environment uses it; paths are absolute.

    Attributes:
        root: Its directory.
        variable_files: Values for its variables, later files winning.
        variables: Further values, winning over the files.
        plan: A plan as `terraform show -json` prints it, to be read instead of evaluating.
    """

    root: Path
    variable_files: tuple[Path, ...] = ()
    variables: Mapping[str, Any]
    plan: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What only those who run an environment can say of it; empty where they did not.

    Attributes:
        issuer: Base URL of what issues tokens, of one that issues them to whoever asks (the lab).
        audience: What tokens for the API must name.
        tokens: Role → environment variable that holds a token of it.
        backend: Base URL of the backend itself, past what stands before it.
        plain: Base URL of plain HTTP at the entrance; by default port 80 of the base URL's host.
        trust: Certificates of authorities that every client of it trusts, in PEM.
        metrics: URL of the application's metrics.
        logs: The logs of its parts, as JSON lines.
        traces: Its spans, as OTLP in JSON lines.
        requests_per_minute: What one address may ask of the backend; 0 where it may not be tried.
        without_database: Base URL of a twin of the backend whose database is away.
        without_flags: Base URL of an instance of the backend whose flag service is away.
        images: Application → `image` that a container engine on this machine holds, and the
            `environment` that it takes to start it.
    """

    issuer: str = ""
    audience: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    backend: str = ""
    plain: str = ""
    trust: Path | None = None
    metrics: str = ""
    logs: tuple[Path, ...] = ()
    traces: Path | None = None
    without_database: str = ""
    without_flags: str = ""
    requests_per_minute: int = 0
    images: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An environment with what the suite needs to look at it."""

    environment: Environment
    region: str
    terraform: tuple[TerraformRoot, ...]
    access: Access = field(default_factory=Access)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application that the system delivers; paths are absolute.

    Attributes:
        name: Of it in the description.
        role: `backend` or `frontend`.
        directory: Of its source, and the context of its image.
        dockerfile: What its image is built from; it need not be there.
        image: Its repository in the registry; empty where nobody said.
        openapi: Path of the document that describes its API; empty where it has none.
        live: Path of its liveness; empty where nobody said.
        ready: Path of its readiness; empty where nobody said.
        pages: Paths of pages that stand for all of it.
        api: What the paths of the API begin with, as its pages ask for it.
        journeys: The file that says what people do with it, if there is one.
        oversight: Roles that may act on what is somebody else's.
        bodies: Operation, such as `POST /orders` → a body that it accepts.
        parameters: Operation, such as `GET /orders/{id}` → values of its path and query.
    """

    name: str
    role: str
    directory: Path
    dockerfile: Path
    image: str
    openapi: str = ""
    live: str = ""
    ready: str = ""
    pages: tuple[str, ...] = ()
    api: str = "/api/"
    journeys: Path | None = None
    oversight: tuple[str, ...] = ()
    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipelines:
    """The Harness definitions; paths are absolute.

    Attributes:
        directories: Where they are.
        schema: The directory of Harness's published schema, if the user has it.
    """

    directories: tuple[Path, ...]
    schema: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A system description.

    Attributes:
        file: The `assurance.toml` it was read from.
        name: Of the system.
        places: Its environments, in the order of the file.
        pipelines: Its Harness definitions, if it names any.
        applications: What it delivers.
        tests: Directories of its test suites.
        policies: Directories whose files checkov reads.
        parameters: Catalogue parameters the user overrides: requirement → name → value.
        waivers: The file of the system's waivers, if it has one.
    """

    file: Path
    name: str
    places: tuple[Place, ...]
    pipelines: Pipelines | None
    applications: tuple[Application, ...]
    tests: tuple[Path, ...]
    policies: tuple[Path, ...]
    parameters: Mapping[str, Mapping[str, Any]]
    waivers: Path | None

    @property
    def directory(self) -> Path:
        """The system's directory: all paths in evidence and reports are relative to it."""
        return self.file.parent
