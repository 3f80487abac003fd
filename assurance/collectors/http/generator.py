"""Starts the generator, bounds it, and removes what its requests made."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from assurance.collectors.authorities import bundle
from assurance.collectors.http.client import Client, asking
from assurance.collectors.http.description import Description
from assurance.errors import NotCollected

_EXAMPLES = 8
"""Random requests for each operation, beside those that its schemas' bounds ask for."""

_SECONDS = 180
"""After which no further requests are generated."""


def tried_operations(
    client: Client,
    document: Mapping[str, Any],
    described: Description,
    *,
    token: str,
    aims: Mapping[str, Mapping[str, Any]],
    uses: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> list[dict[str, Any]]:
    """Return for each operation what was tried, what came back, and which checks failed.

    Of each status that came back to the generator the first headers are told.

    Args:
        client: Of the base URL.
        document: That describes the API.
        described: The same, for calling it.
        token: Of whoever calls; empty for nobody.
        aims: Operation → values of the parameters in its path with which it meets something.
        uses: Operations with what came back when they were used.
    """
    answer = _generate(
        bundle(client.verification),
        {
            "document": document,
            "base_url": client.base_url + described.root,
            "token": token,
            "aims": {_label(name, described.root): values for name, values in aims.items()},
            "uses": [
                _use(client.base_url, _label(name, described.root), exchange)
                for name, exchange in uses
                if "response" in exchange
            ],
            "examples": _EXAMPLES,
            "rate": client.rate,
            "seconds": _SECONDS,
        },
    )
    for location in answer["made"]:
        client.send(asking("DELETE", urlsplit(location).path, token))
    return [
        {
            "operation": each.name,
            "announced": sorted(each.answers),
            **_outcome(answer["operations"], each.name, described.root),
        }
        for each in described.operations
    ]


def _use(base_url: str, operation: str, exchange: Mapping[str, Any]) -> dict[str, Any]:
    url = base_url + exchange["request"]["path"]
    return {"operation": operation, "url": url, "response": exchange["response"]}


def _outcome(found: Mapping[str, Any], name: str, root: str) -> dict[str, Any]:
    told = found.get(_label(name, root), {})
    return {
        "statuses": dict(sorted(told.get("statuses", {}).items())),
        "headers": told.get("headers", {}),
        "failures": told.get("failures", {}),
        "errors": sorted(set(told.get("errors", ()))),
    }


def _label(name: str, root: str) -> str:
    """Return an operation's name as the document has it: below the address of its server."""
    return name.replace(f" {root}", " ", 1)


def _generate(authorities: str, asked: Mapping[str, Any]) -> Any:
    command = [sys.executable, "-m", "assurance.collectors.http.generating"]
    try:
        with NamedTemporaryFile("w", suffix=".pem") as trusted:
            trusted.write(authorities)
            trusted.flush()
            done = subprocess.run(  # noqa: S603  our own module
                command,
                input=json.dumps({**asked, "authorities": trusted.name}),
                capture_output=True,
                text=True,
                timeout=2 * _SECONDS,
                check=True,
            )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1:]
        raise NotCollected(
            f"the generator of requests broke: {' '.join(said)}.",
            remedy="check that the OpenAPI document is valid, and that the API answers.",
        ) from error
