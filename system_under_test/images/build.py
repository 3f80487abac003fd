"""Builds both images of the system: `python system_under_test/images/build.py ACCESS_FILE`.

Needs the package `docker` and an engine: the one that DOCKER_HOST names or that answers at the
usual place, else one that is started here and ended afterwards with the command given behind `--`.
The access file then tells the suite which images the engine holds.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import docker
from bases import NODE, NODE_BUILDER, PYTHON, PYTHON_BUILDER, make_base
from debian import CannotBuild, NoEngine
from docker.errors import APIError, BuildError
from engine import an_engine

HERE = Path(__file__).resolve().parents[1]
BACKEND = "workshop/backend:assurance"
FRONTEND = "workshop/frontend:assurance"
UNDECIDED = 6
"""What the suite says where nothing fails and not everything could be looked at."""

SETTINGS = {
    "ENVIRONMENT": "lab",
    "DATABASE_HOST": "127.0.0.1",
    "DATABASE_NAME": "workshop",
    "DATABASE_USER": "workshop",
    "DATABASE_SIGN_IN": "trust",
    "DATABASE_SSLMODE": "disable",
    "DRAIN_SECONDS": "10",
    "DRAIN_ANNOUNCE_SECONDS": "1",
    "TOKEN_ISSUER": "http://127.0.0.1:9000",
    "TOKEN_AUDIENCE": "workshop-api",
    "TOKEN_JWKS": "http://127.0.0.1:9000/jwks.json",
}
"""With these the backend starts without anything around it: alive, and not ready."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("access", type=Path, help="where to write which images there are")
    parser.add_argument("command", nargs="*", help="run while the engine is there")
    given = parser.parse_args()
    given.access.parent.mkdir(parents=True, exist_ok=True)
    try:
        with an_engine() as address:
            engine = docker.DockerClient(base_url=address, timeout=600)
            build(engine, "backend", BACKEND, {"BASE": PYTHON, "BUILDER": PYTHON_BUILDER})
            arguments = {"RUNTIME_IMAGE": NODE, "BUILD_IMAGE": NODE_BUILDER}
            build(engine, "frontend", FRONTEND, arguments)
            given.access.write_text(_access())
            status = _run(given.command, address)
    except NoEngine as error:
        # The suite says of everything about containers that it was not checked, and why.
        sys.stderr.write(f"build.py: {error}\n")
        given.access.write_text("")
        status = _run(given.command, "")
        status = 0 if status == UNDECIDED else status
    except (CannotBuild, APIError, BuildError) as error:
        sys.exit(f"build.py: {error}")
    sys.exit(status)


def _run(command: list[str], address: str) -> int:
    if not command:
        return 0
    environment = os.environ | ({"DOCKER_HOST": address} if address else {})
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  the user's


def build(engine: docker.DockerClient, name: str, tag: str, bases: dict[str, str]) -> None:
    """Build the image of an application on bases that were made before."""
    for base in bases.values():
        make_base(engine, base)
    sys.stderr.write(f"{name}: building {tag}\n")
    lines = engine.api.build(
        path=str(HERE / name),
        tag=tag,
        buildargs=bases,
        network_mode="host",  # reaches the package registries as this machine does
        rm=True,
        forcerm=True,
        decode=True,
    )
    said: list[str] = []
    for line in lines:
        said.append(str(line.get("stream", "")).rstrip())
        if "error" in line:
            last = "\n".join(filter(None, said[-15:]))
            raise CannotBuild(f"the image of {name} cannot be built: {line['error']}\n{last}")


def _access() -> str:
    settings = ", ".join(f"{key} = {json.dumps(value)}" for key, value in SETTINGS.items())
    return (
        f"[images.backend]\nimage = {json.dumps(BACKEND)}\nenvironment = {{ {settings} }}\n\n"
        f"[images.frontend]\nimage = {json.dumps(FRONTEND)}\n"
    )


if __name__ == "__main__":
    main()
