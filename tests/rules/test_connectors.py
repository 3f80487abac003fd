"""What is said of connectors, and of the secrets that they lead to."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules import connectors as rules
from tests.harness_states import SCOPE, definition, harness_view

BASIC = "https://a:hunter2@x"  # pragma: allowlist secret
OIDC: dict[str, Any] = {"credential": {"type": "OidcAuthentication"}}


def connector(type_: str, *others: dict[str, Any], scope: Any = None, **spec: Any) -> Any:
    own = definition(
        "harness_connector", {"identifier": "it", "type": type_, "spec": spec}, scope=scope
    )
    found = harness_view(own, *others).delivery.connectors
    return next(each for each in found if each.subject.id == "harness_connector.it")


def user(reference: str = "it", scope: Any = None) -> dict[str, Any]:
    step = {"step": {"type": "Run", "spec": {"connectorRef": reference}}}
    return definition("harness_pipeline", {"identifier": "p", "stages": [step]}, scope=scope)


def holds(verdict: Verdict) -> bool:
    assert isinstance(verdict, Finding)
    return verdict.holds


def git(way: str, **spec: Any) -> dict[str, Any]:
    return {"authentication": {"type": "Http", "spec": {"type": way, "spec": spec}}}


@pytest.mark.parametrize(
    ("type_", "spec", "safe"),
    [
        ("Aws", {"credential": {"type": "InheritFromDelegate"}}, True),
        ("Aws", OIDC, True),
        ("Aws", {"credential": {"type": "Irsa"}}, True),
        ("Aws", {"credential": {"type": "ManualConfig", "spec": {"secretKeyRef": "k"}}}, False),
        ("Github", git("UsernameToken", username="a", tokenRef="account.t"), True),
        ("Github", git("UsernameToken", username="a", token="hunter2"), False),
        ("Github", git("GithubApp", applicationId="1", privateKeyRef="k"), True),
        (
            "Github",
            {
                **git("UsernameToken", username="a", tokenRef="t"),
                "apiAccess": {"type": "Token", "spec": {"token": "hunter2"}},
            },
            False,
        ),
        (
            "DockerRegistry",
            {"auth": {"type": "UsernamePassword", "spec": {"passwordRef": "p"}}},
            True,
        ),
        (
            "DockerRegistry",
            {"auth": {"type": "UsernamePassword", "spec": {"password": "p"}}},
            False,
        ),
        (
            "HttpHelmRepo",
            {"auth": {"type": "Token", "spec": {"url": BASIC}}},
            False,
        ),
        ("Vault", {"vaultUrl": "https://x", "authToken": '<+secrets.getValue("v")>'}, True),
    ],
)
def test_a_connector_signs_in_by_role_or_reference(
    type_: str, spec: dict[str, Any], safe: bool
) -> None:
    assert holds(rules.signs_in_safely(connector(type_, **spec))) is safe


def test_a_credential_in_the_file_is_named_with_its_place() -> None:
    verdict = rules.signs_in_safely(connector("Github", **git("UsernameToken", token="hunter2")))

    assert isinstance(verdict, Finding)
    assert verdict.actual == "a credential stands in its file: token"
    assert verdict.location is not None
    assert verdict.location.line != 1


def test_who_reads_anonymously_has_nothing_to_leak() -> None:
    found = connector("DockerRegistry", auth={"type": "Anonymous"})

    assert rules.signs_in_safely(found) == NotApplicable("anonymous")


def test_an_unheard_of_way_to_sign_in_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="how"):
        rules.signs_in_safely(connector("Aws", credential={"type": "Telepathy"}))


@pytest.mark.parametrize(
    ("spec", "inside"),
    [
        ({"delegateSelectors": ["shop"]}, True),
        ({"delegateSelectors": ["shop"], "executeOnDelegate": True}, True),
        ({"delegateSelectors": ["shop"], "executeOnDelegate": False}, False),
        ({"delegateSelectors": []}, False),
        ({}, False),
    ],
)
def test_a_connector_runs_on_named_delegates(spec: dict[str, Any], inside: bool) -> None:
    assert holds(rules.runs_on_delegates(connector("Aws", **spec))) is inside


def ci(runtime: dict[str, Any]) -> dict[str, Any]:
    step = {"step": {"type": "Run", "spec": {"connectorRef": "it"}}}
    stage = {"type": "CI", "spec": {"execution": {"steps": [step]}, **runtime}}
    return definition(
        "harness_pipeline",
        {
            "identifier": "p",
            "properties": {"ci": {"codebase": {"connectorRef": "it"}}},
            "stages": [{"stage": stage}],
        },
    )


def test_builds_on_machines_of_harness_have_no_delegate() -> None:
    hosted = ci({"runtime": {"type": "Cloud", "spec": {}}})
    own = ci({"infrastructure": {"type": "VM"}})

    assert rules.runs_on_delegates(connector("Github", hosted)) == NotApplicable("hosted_builds")
    assert not holds(rules.runs_on_delegates(connector("Github", own)))


@pytest.mark.parametrize(
    ("scope", "users", "fits"),
    [
        (SCOPE, [user()], True),
        ({}, [user("account.it")], False),
        ({"org": "default"}, [user("org.it")], False),
        (SCOPE, [], False),
        (
            {"org": "default"},
            [user("org.it"), user("org.it", {"org": "default", "project": "other"})],
            True,
        ),
        ({}, [user("account.it"), user("account.it", {"org": "b", "project": "c"})], True),
    ],
)
def test_a_connector_belongs_to_what_uses_it(
    scope: dict[str, str], users: list[dict[str, Any]], fits: bool
) -> None:
    assert rules.is_scoped_to_its_uses(connector("Aws", *users, scope=scope, **OIDC)).holds is fits


def environment(name: str, type_: str) -> dict[str, Any]:
    return definition("harness_environment", {"identifier": name, "type": type_})


def infrastructure(environment: str) -> dict[str, Any]:
    return definition(
        "harness_infrastructure",
        {
            "identifier": f"in_{environment}",
            "environmentRef": environment,
            "spec": {"connectorRef": "it"},
        },
    )


def test_the_way_into_production_leads_nowhere_else() -> None:
    places = (environment("live", "Production"), environment("trial", "PreProduction"))
    both = connector("Aws", *places, infrastructure("live"), infrastructure("trial"))
    one = connector("Aws", *places, infrastructure("live"))

    assert not holds(rules.serves_one_side_of_production(both))
    assert holds(rules.serves_one_side_of_production(one))
    assert rules.serves_one_side_of_production(connector("Aws")) == NotApplicable(
        "no_infrastructure"
    )


def test_an_infrastructure_of_an_unknown_environment_is_unknown() -> None:
    found = connector("Aws", infrastructure("live"))

    with pytest.raises(UnknownValue, match="is not in the repository"):
        rules.serves_one_side_of_production(found)


@pytest.mark.parametrize(
    ("type_", "way", "right"),
    [
        ("AwsSecretManager", "AssumeSTSRole", True),
        ("AwsSecretManager", "AssumeIAMRole", True),
        ("AwsSecretManager", "ManualConfig", False),
        ("Vault", "AssumeSTSRole", False),
    ],
)
def test_secrets_come_from_aws_by_a_role(type_: str, way: str, right: bool) -> None:
    found = connector(type_, credential={"type": way})

    assert rules.is_secrets_manager_by_role(found).holds is right


def kept(*others: dict[str, Any], type_: str = "SecretText", **spec: Any) -> Verdict:
    own = definition("harness_secret", {"identifier": "s", "type": type_, "spec": spec})
    return rules.is_kept_in_secrets_manager(harness_view(own, *others).delivery.kept_secrets[0])


def manager(
    type_: str = "AwsSecretManager", way: str = "AssumeSTSRole", **spec: Any
) -> dict[str, Any]:
    settings = {"credential": {"type": way}, **spec}
    return definition("harness_connector", {"identifier": "m", "type": type_, "spec": settings})


IN_MANAGER = {"secretManagerIdentifier": "m", "valueType": "Reference"}


@pytest.mark.parametrize(
    ("store", "spec", "why"),
    [
        (manager(), IN_MANAGER, "read through AssumeSTSRole"),
        (manager(default=True), {"valueType": "Reference"}, "read through AssumeSTSRole"),
        (manager("Vault"), IN_MANAGER, "it is kept in Vault"),
        (manager(way="ManualConfig"), IN_MANAGER, "its secret manager signs in by ManualConfig"),
        (manager(), {**IN_MANAGER, "valueType": "Inline"}, "its value is handed over by Harness"),
        (
            manager(),
            {**IN_MANAGER, "secretManagerIdentifier": "harnessSecretManager"},
            "it is kept in Harness's built-in store",
        ),
    ],
)
def test_a_secret_is_kept_in_aws_by_name(
    store: dict[str, Any], spec: dict[str, Any], why: str
) -> None:
    verdict = kept(store, **spec)

    assert isinstance(verdict, Finding)
    assert verdict.holds is why.startswith("read")
    assert why in verdict.actual


def test_a_key_pair_only_gathers_secrets() -> None:
    assert kept(type_="SSHKey") == NotApplicable("gathers_secrets")


def test_a_manager_that_is_not_at_hand_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="m is not in the repository"):
        kept(**IN_MANAGER)
    with pytest.raises(UnknownValue, match="the default of the account"):
        kept(valueType="Reference")
