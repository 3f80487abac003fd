"""What is said of definitions that hold a credential, or bring one to light."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.credential_uses import CredentialUses
from assurance.model.unknown import UnknownValue
from assurance.rules import credential_uses as rules
from tests.harness_states import definition, harness_view

SECRET = '<+secrets.getValue("scanner")>'
TOKEN = {"TOKEN": SECRET}


def uses(
    values: dict[str, Any], *others: dict[str, Any], type_: str = "harness_pipeline"
) -> CredentialUses:
    own = definition(type_, {"identifier": "it", **values})
    found = harness_view(own, *others).delivery.credential_uses
    return next(each for each in found if each.subject.id.startswith(f"{type_}.it"))


def pipeline(*steps: dict[str, Any], **values: Any) -> dict[str, Any]:
    stage = {"type": "CI", "spec": {"execution": {"steps": list(steps)}}}
    return {"stages": [{"stage": stage}], **values}


def step(type_: str, **spec: Any) -> dict[str, Any]:
    return {"step": {"identifier": "s", "type": type_, "spec": spec}}


def run(command: str, **spec: Any) -> dict[str, Any]:
    return step("Run", command=command, **spec)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"variables": [{"name": "api_token", "type": "String", "value": "hunter2"}]}, "api_token"),
        (pipeline(run("x", envVariables={"DB_PASSWORD": "hunter2"})), "DB_PASSWORD"),
        (pipeline(run("export API_KEY=hunter2")), "API_KEY"),
        (pipeline(run('PASSWORD="hunter two"')), "PASSWORD"),
        (pipeline(run("curl -u a:hunter2 https://x")), "a credential in the command"),
        (pipeline(run("x --password hunter2")), "a credential in the command"),
        (
            pipeline(step("Http", headers=[{"key": "Authorization", "value": "Bearer hunter2"}])),
            "Authorization",
        ),
        (pipeline({"stepGroup": {"steps": [{"parallel": [run("TOKEN=abc")]}]}}), "TOKEN"),
    ],
)
def test_a_credential_in_a_file_is_named(values: dict[str, Any], name: str) -> None:
    finding = rules.takes_credentials_by_reference(uses(values))

    assert not finding.holds
    assert finding.actual == f"a credential stands in the file: {name}"
    assert finding.location is not None


@pytest.mark.parametrize(
    "values",
    [
        pipeline(run("x", envVariables=TOKEN)),
        pipeline(run("x", envVariables={"TOKEN": "<+pipeline.variables.t>", "API_KEY": ""})),
        pipeline(run('TOKEN=$(fetch)\nAPI_KEY=$OTHER\ncurl -u "a:$TOKEN" https://x')),
        pipeline(run("mkdir -p directory; docker run -u 1000:1000 x")),
        pipeline(run("# TOKEN=hunter2")),
        {"variables": [{"name": "api_token", "type": "Secret", "value": "scanner"}]},
        {"variables": [{"name": "database_secret", "type": "String", "value": "shop/live/db"}]},
        {"variables": [{"name": "flags_secret_arn", "type": "String", "value": "arn:aws:x"}]},
    ],
)
def test_references_are_no_credentials(values: dict[str, Any]) -> None:
    assert rules.takes_credentials_by_reference(uses(values)).holds


def test_the_inputs_of_a_trigger_are_read() -> None:
    inputs = "pipeline:\n  variables:\n    - {name: t_token, type: String, value: hunter2}\n"

    found = uses({"inputYaml": inputs}, type_="harness_trigger")

    assert "t_token" in rules.takes_credentials_by_reference(found).actual


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (pipeline(run("echo $TOKEN", envVariables=TOKEN)), "it prints TOKEN: `echo $TOKEN`"),
        (pipeline(run(f"echo {SECRET}")), "it prints scanner"),
        (
            pipeline(
                step(
                    "ShellScript",
                    source={"type": "Inline", "spec": {"script": "echo $T"}},
                    environmentVariables=[{"name": "T", "type": "Secret", "value": "x"}],
                )
            ),
            "it prints T",
        ),
        (
            pipeline(
                run(
                    "OUT=$TOKEN",
                    envVariables=TOKEN,
                    outputVariables=[{"name": "OUT", "value": "OUT"}],
                )
            ),
            "it exports OUT: outputVariables",
        ),
        (pipeline(step("BuildAndPushECR", tags=["a", SECRET])), "it tags or labels with scanner"),
        (pipeline(step("BuildAndPushECR", buildArgs=TOKEN)), "it builds into an image scanner"),
        (pipeline(step("HarnessApproval", approvalMessage=SECRET)), "it tells people scanner"),
        (pipeline(step("Email", to="a@b", subject="x", body=f"see {SECRET}")), "it tells people"),
        (
            pipeline(
                step("Email", body="<+pipeline.variables.t>"),
                variables=[{"name": "t", "type": "Secret", "value": "scanner"}],
            ),
            "it tells people t",
        ),
        (
            pipeline(
                run("echo <+stage.variables.copy>"),
                variables=[{"name": "copy", "type": "String", "value": SECRET}],
            ),
            "it prints copy",
        ),
        (
            pipeline(run("print(os.environ['TOKEN'])", shell="Python", envVariables=TOKEN)),
            "it prints TOKEN",
        ),
        (
            pipeline(run("Write-Host $env:TOKEN", shell="Pwsh", envVariables=TOKEN)),
            "it prints TOKEN",
        ),
    ],
)
def test_a_credential_that_comes_to_light_is_named(values: dict[str, Any], said: str) -> None:
    finding = rules.shows_no_credential(uses(values))

    assert not finding.holds
    assert said in finding.actual
    assert finding.location is not None


def test_a_plain_setting_of_a_container_shows_what_it_holds() -> None:
    container = {"name": "a", "environment": [{"name": "X", "value": SECRET}]}

    found = uses({"containerDefinitions": [container]}, type_="harness_manifest")

    assert "it writes down scanner" in rules.shows_no_credential(found).actual


def test_a_secret_variable_of_another_definition_is_known_by_its_name() -> None:
    caller = definition(
        "harness_pipeline",
        {"identifier": "p", "variables": [{"name": "t", "type": "Secret", "value": "scanner"}]},
    )
    template = {"spec": run("echo <+pipeline.variables.t>")["step"]}

    assert not rules.shows_no_credential(uses(template, caller, type_="harness_template")).holds
    own = {**template, "variables": [{"name": "t", "type": "String", "value": "plain"}]}
    assert rules.shows_no_credential(uses(own, caller, type_="harness_template")).holds


@pytest.mark.parametrize(
    "values",
    [
        pipeline(run('curl -H "A: $TOKEN" https://x', envVariables=TOKEN)),
        pipeline(step("Snyk", auth={"access_token": SECRET})),
        pipeline(step("Http", headers=[{"key": "Authorization", "value": f"Bearer {SECRET}"}])),
        {"notificationRules": [{"notificationMethod": {"spec": {"webhookUrl": SECRET}}}]},
    ],
)
def test_a_credential_that_is_only_used_is_not_shown(values: dict[str, Any]) -> None:
    finding = rules.shows_no_credential(uses(values))

    assert finding.holds
    assert finding.actual == "1 references to secrets, none of them shown"


def test_a_script_that_cannot_be_read_is_unknown_where_it_has_a_credential() -> None:
    broken = "if then ("

    with pytest.raises(UnknownValue, match="cannot be read as shell"):
        rules.shows_no_credential(uses(pipeline(run(broken, envVariables=TOKEN))))
    assert rules.shows_no_credential(uses(pipeline(run(broken)))).holds


def test_a_known_leak_outweighs_a_script_that_cannot_be_read() -> None:
    values = pipeline(run("if then (", envVariables=TOKEN), run("echo $TOKEN", envVariables=TOKEN))

    assert not rules.shows_no_credential(uses(values)).holds
