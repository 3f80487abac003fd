"""A backend keeps a valid description of its API; a frontend need not."""

from __future__ import annotations

import pytest

from assurance.model.applications import ApiDocument, Application
from assurance.model.findings import Finding, NotApplicable
from assurance.model.subjects import Location, Subject
from assurance.rules.api_documents import describes_its_api


def document(operations: int = 3, fault: str = "", file: str = "openapi.json") -> ApiDocument:
    return ApiDocument(
        version="3.1.0", operations=operations, fault=fault, location=Location(file=file)
    )


def application(*documents: ApiDocument, role: str = "backend") -> Application:
    return Application(
        subject=Subject(id="app", location=Location(file="app")),
        name="app",
        role=role,
        directory="app",
        dockerfile="app/Dockerfile",
        image="",
        lock_files=(),
        flags=(),
        api_documents=documents,
    )


@pytest.mark.parametrize(
    ("documents", "holds", "actual"),
    [
        ((document(),), True, "openapi.json"),
        ((document(), document(file="v2.json")), True, "openapi.json and v2.json"),
        ((), False, "no document"),
        ((document(fault="no paths"),), False, "openapi.json: no paths"),
        ((document(operations=0),), False, "openapi.json: no operation"),
        ((document(), document(fault="no info", file="v2.json")), False, "v2.json: no info"),
    ],
)
def test_a_backend_keeps_a_valid_document_with_operations(
    documents: tuple[ApiDocument, ...], holds: bool, actual: str
) -> None:
    finding = describes_its_api(application(*documents))

    assert isinstance(finding, Finding)
    assert (finding.holds, finding.actual) == (holds, actual)


def test_a_finding_points_to_the_document() -> None:
    finding = describes_its_api(application(document(fault="no paths")))

    assert isinstance(finding, Finding)
    assert finding.location == Location(file="openapi.json")


def test_a_frontend_is_a_client_of_an_api() -> None:
    assert describes_its_api(application(role="frontend")) == NotApplicable("no_api")
