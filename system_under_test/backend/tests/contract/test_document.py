"""The OpenAPI document is valid, complete, and what the snapshot says."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from running import ROOT

SNAPSHOT = ROOT / "openapi.json"


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/openapi.json")
    assert answer.mimetype == "application/json"
    assert isinstance(answer.json, dict)
    return answer.json


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_of_the_api_is_described(app: Flask, document: dict[str, Any]) -> None:
    described = {
        (path, method.upper()) for path, item in document["paths"].items() for method in item
    }
    routes = {
        (rule.rule.replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD"}
    }

    assert described == routes
    assert len(described) == 13


def test_the_snapshot_is_the_document(document: dict[str, Any]) -> None:
    """Whoever changes the API sees it in the review; README.md says how to write it anew."""
    assert json.loads(SNAPSHOT.read_text()) == document


def test_what_needs_a_token_says_so(client: FlaskClient, document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, described in item.items():
            at = path.replace("{slug}", "a").replace("{position}", "1")
            at = at.replace("{id}", "00000000-0000-4000-8000-000000000000")
            answer = client.open(at, method=method.upper())
            needs_token = {} not in described["security"]
            assert (answer.status_code == 401) == needs_token
