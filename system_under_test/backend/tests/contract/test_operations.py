"""Requests made from the OpenAPI document, valid and invalid: every answer is an announced one."""

import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from bodies import MODULES, new_module
from conftest import SignIn
from running import server
from workshop import document
from workshop.api import OPERATIONS

ROLES = ("learner", "author", "admin")
EXAMPLES = 20


# An invented If-Match is a valid header that names no version: 412 is the answer to it.
REFUSALS = ["2xx", "304", "401", "403", "404", "409", "412"]
CHECKS = {"positive_data_acceptance": {"expected-statuses": REFUSALS}}
CONFIG = SchemathesisConfig.from_dict({"checks": CHECKS})
schema = schemathesis.openapi.from_dict(document.build(OPERATIONS), config=CONFIG)
turn = itertools.count()


@pytest.fixture(scope="module")
def address(with_database: dict[str, str], scratch: Path) -> Iterator[str]:
    """The production server, as a client meets it."""
    with server(with_database, scratch / "contract-log") as (_, address):
        yield address


@pytest.fixture(scope="module")
def known(app: Flask, sign_in: SignIn) -> dict[str, str]:
    """A module and an enrolment that are there, for the paths."""
    client = app.test_client()
    slug = f"known-{uuid.uuid4().hex[:8]}"
    body = new_module(slug=slug, state="published")
    client.post(MODULES, json=body, headers=sign_in("contract", *ROLES))
    made = client.post(
        "/api/v1/enrolments", json={"module": slug}, headers=sign_in("contract", *ROLES)
    )
    assert made.json is not None
    return {"slug": slug, "id": made.json["id"]}


def aim(case: Case[Any], known: dict[str, str]) -> None:
    """Let a valid request meet what is there, or 404 would hide the rest of the operation.

    A cursor is a text that only the service can write: an invented one is not a valid request.
    """
    case.query.pop("cursor", None)
    if next(turn) % 2 and case.method != "DELETE":
        for name in case.path_parameters:
            case.path_parameters[name] = known.get(name, case.path_parameters[name])


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_its_contract(
    case: Case[Any], address: str, sign_in: SignIn, known: dict[str, str]
) -> None:
    if case.meta is not None and case.meta.generation.mode.is_positive:
        aim(case, known)

    case.call_and_validate(base_url=address, headers=sign_in("contract", *ROLES))
