"""Terraform as code: what a root and its modules say of themselves."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.code import Root
from assurance.model.environments import Environment
from assurance.model.findings import NotApplicable
from assurance.model.judgements import Layer
from assurance.model.unknown import UnknownValue
from assurance.readers.state import State
from assurance.readers.view import View
from assurance.rules import code as rules
from tests.states import body, managed

S3 = {"bucket": "state", "key": "one", "encrypt": True, "use_lockfile": True}


def module(path: str = "live", **values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "path": path,
        "required_version": None,
        "required_providers": {},
        "backend": None,
        "providers": [],
        "variables": {},
        "outputs": {},
        "module_calls": {},
    }
    return {**empty, **values}


def view(*bodies: dict[str, Any]) -> View:
    place = Environment(name="production", production=True)
    state = State((each, "sha256:x") for each in bodies)
    return View(environment=place, layer=Layer.DECLARED, state=state)


def root_body(
    *resources: dict[str, Any], modules: dict[str, Any] | None = None, **values: Any
) -> dict[str, Any]:
    made = body(*resources, root=values.pop("root", "live"))
    engine = values.pop("engine", made["engine"])
    changes = values.pop("changes", [])
    configuration = {**made["configuration"], "modules": {"": module(), **(modules or {})}}
    configuration |= values
    return {**made, "engine": engine, "changes": changes, "configuration": configuration}


def root(*resources: dict[str, Any], engine: str = "terraform-test", **main: Any) -> Root:
    found = root_body(*resources, modules={"": module(**main)}, engine=engine)
    return view(found).code.roots[0]


def backed(kind: str, **config: Any) -> Root:
    return root(backend={"type": kind, "config": config, "file": "main.tf", "line": 1})


def test_a_root_without_a_backend_keeps_its_state_beside_the_code() -> None:
    """A file is neither shared, encrypted nor locked."""
    found = root()

    assert rules.keeps_state_remote(found).actual == (
        "no backend: the state is a file beside the code"
    )
    assert not rules.encrypts_state(found).holds
    assert not rules.locks_state(found).holds


@pytest.mark.parametrize(
    ("kind", "config", "encrypted", "locked"),
    [
        ("s3", S3, True, True),
        ("s3", {"bucket": "state", "key": "one"}, False, False),
        ("s3", {"bucket": "state", "key": "one", "dynamodb_table": "locks"}, False, True),
        ("gcs", {"bucket": "state"}, True, True),
        ("remote", {"organization": "us"}, True, True),
        ("cloud", {"organization": "us"}, True, True),
        ("http", {"address": "https://x"}, False, False),
    ],
)
def test_a_backend_does_what_its_kind_does_or_is_told(
    kind: str, config: dict[str, Any], encrypted: bool, locked: bool
) -> None:
    """S3 must be told to encrypt and to lock, others do by themselves."""
    found = backed(kind, **config)

    assert rules.keeps_state_remote(found).holds
    assert rules.encrypts_state(found).holds is encrypted
    assert rules.locks_state(found).holds is locked


def test_a_partial_backend_is_completed_elsewhere() -> None:
    """What is given at init is not written in the code."""
    found = backed("s3", encrypt=True)

    assert rules.encrypts_state(found).holds
    with pytest.raises(UnknownValue, match="from outside"):
        rules.locks_state(found)


def test_two_roots_in_one_place_overwrite_each_other() -> None:
    """Bucket and key tell states apart."""
    backend = {"type": "s3", "config": S3, "file": "main.tf", "line": 1}
    bodies = [
        root_body(root=name, modules={"": module(name, backend=backend)}) for name in ("a", "b")
    ]
    roots = view(*bodies).code.roots

    assert not rules.keeps_state_apart(roots[0], roots).holds
    assert rules.keeps_state_apart(roots[0], roots[:1]).holds


@pytest.mark.parametrize(
    ("version", "holds"),
    [
        ("~> 5.0", True),
        (">= 5.0, < 6.0", True),
        ("5.100.0", True),
        ("= 5.1", True),
        (">= 5.0", False),
        ("> 4", False),
        ("!= 5.1", False),
        (None, False),
    ],
)
def test_a_provider_needs_an_upper_bound(version: str | None, holds: bool) -> None:
    """From below alone the next major version gets in."""
    found = root(required_providers={"aws": {"source": "hashicorp/aws", "version": version}})

    assert rules.pins_providers(found).holds is holds


def test_a_provider_that_nobody_asked_for_is_not_pinned() -> None:
    """Terraform takes its newest version."""
    verdict = rules.pins_providers(root(managed("aws_lb.main")))

    assert (verdict.holds, verdict.actual) == (False, "aws without a version")


@pytest.mark.parametrize(
    ("source", "version", "holds"),
    [
        ("../network", None, True),
        ("terraform-aws-modules/vpc/aws", "5.8.1", True),
        ("terraform-aws-modules/vpc/aws", "~> 5.8", True),
        ("terraform-aws-modules/vpc/aws", ">= 5", False),
        ("terraform-aws-modules/vpc/aws", None, False),
        ("git::https://example.com/vpc.git?ref=v1.2.0", None, True),
        ("git::https://example.com/vpc.git", None, False),
        ("github.com/us/vpc", None, False),
        ("https://example.com/vpc-1.2.0.zip", None, True),
        ("https://example.com/vpc.zip", None, False),
    ],
)
def test_a_module_from_elsewhere_needs_a_version(
    source: str, version: str | None, holds: bool
) -> None:
    """A registry's by constraint, a repository's by ref, an archive's in its address."""
    found = root(module_calls={"vpc": {"source": source, "version": version}})

    assert rules.pins_modules(found).holds is holds


def test_a_lock_file_must_hold_every_provider() -> None:
    """One that is missing is chosen anew at every init."""
    lock = {"file": "x", "providers": {"registry.terraform.io/hashicorp/aws": {}}}
    asked = {"aws": {"version": "~> 5.0"}, "random": {"version": "~> 3.0"}}
    (found,) = view(root_body(modules={"": module(required_providers=asked)}, lock=lock)).code.roots

    assert rules.has_lock(found).actual == "no random in .terraform.lock.hcl"
    assert rules.has_lock(root(required_providers=asked)).actual == "no lock file"


def test_modules_from_a_registry_are_not_ours_to_explain() -> None:
    """Only what is called by a local path belongs to the system."""
    variables = {"x": {"type": "any", "description": "", "validations": 0}}
    modules = {
        "": module(
            module_calls={
                "ours": {"source": "./ours"},
                "theirs": {"source": "terraform-aws-modules/vpc/aws"},
            }
        ),
        "module.ours": module("live/ours", variables=variables),
        "module.theirs": module(".terraform/modules/theirs", variables=variables),
    }
    code = view(root_body(modules=modules)).code

    assert [found.subject.id for found in code.modules] == ["live", "live/ours"]
    ours = code.modules[1]
    assert rules.explains_inputs(ours).actual == "x has no description"  # type: ignore[union-attr]
    assert rules.types_inputs(ours).actual == "x has the type any"  # type: ignore[union-attr]
    assert rules.validates_inputs(ours).actual == "no validations of 1 inputs"  # type: ignore[union-attr]
    assert rules.explains_outputs(ours) == NotApplicable("no_outputs")
    assert rules.validates_inputs(code.modules[0]) == NotApplicable("no_inputs")


def test_what_terraform_did_not_look_at_is_unknown() -> None:
    """Without Terraform nobody knows whether its code is valid and formatted."""
    found = root(engine="tfparse")

    with pytest.raises(UnknownValue, match="could not be run"):
        rules.is_valid(found)
    with pytest.raises(UnknownValue, match="could not be run"):
        rules.is_formatted(found)


@pytest.mark.parametrize(
    ("resource", "actual"),
    [
        (managed("aws_s3_bucket.a"), "nothing guards it"),
        (managed("aws_s3_bucket.a", force_destroy=False), "nothing guards it"),
        (
            managed("aws_s3_bucket.a", lifecycle={"prevent_destroy": True}),
            "guarded by prevent_destroy",
        ),
        (managed("aws_db_instance.a", deletion_protection=True), "guarded by deletion_protection"),
        (
            managed("aws_cognito_user_pool.a", deletion_protection="ACTIVE"),
            "guarded by deletion_protection",
        ),
        (
            managed("aws_cognito_user_pool.a", deletion_protection="INACTIVE"),
            "nothing guards it",
        ),
    ],
)
def test_what_holds_something_is_guarded(resource: dict[str, Any], actual: str) -> None:
    """By Terraform's lifecycle or by AWS's own protection."""
    (found,) = view(root_body(resource)).code.stateful

    assert rules.is_guarded(found).actual == actual


def test_a_plan_that_replaces_a_database_is_named_with_its_cause() -> None:
    """The attribute that forces it is in the message; what holds nothing does not matter."""
    replaced = ["delete", "create"]
    planned = [
        {"address": f"{kind}.a", "type": kind, "actions": actions, "replaces": forced}
        for kind, actions, forced in (
            ("aws_db_instance", replaced, ["engine"]),
            ("aws_lb", replaced, []),
            ("aws_s3_bucket", ["no-op"], []),
        )
    ]
    found = root_body(engine="plan", changes=[{**plan, "file": "", "line": 1} for plan in planned])
    changes = view(found).code.changes

    database, balancer, bucket = (rules.is_kept(found) for found in changes)

    assert database.actual == "the plan does: delete and create, forced by engine"  # type: ignore[union-attr]
    assert balancer == NotApplicable("holds_nothing")
    assert bucket.holds  # type: ignore[union-attr]
    assert [rules.is_unchanged(found).holds for found in changes] == [False, False, True]


def test_without_a_plan_there_are_no_changes_to_judge() -> None:
    """Evaluation compares with nothing that exists."""
    assert view(root_body(managed("aws_lb.b"))).code.changes == ()
