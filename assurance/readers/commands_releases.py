"""Commands that change what runs, or say something to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assurance.model.actions import Command, Message, Part, Upload
from assurance.model.releases import (
    Deployment,
    DeploymentPart,
    InfrastructureChange,
    Rollback,
    Strategy,
)
from assurance.readers.command_context import Call

_CHATS = ("hooks.slack.com", "webhook.office.com", "outlook.office.com", "chat.googleapis.com")
_AWS_DEPLOYS = frozenset(
    {
        ("ecs", "update-service"),
        ("ecs", "create-service"),
        ("ecs", "deploy"),
        ("ecs", "run-task"),
        ("deploy", "create-deployment"),
        ("lambda", "update-function-code"),
        ("cloudformation", "deploy"),
        ("cloudformation", "update-stack"),
        ("elbv2", "modify-listener"),
        ("elbv2", "modify-rule"),
        ("apprunner", "start-deployment"),
        ("elasticbeanstalk", "update-environment"),
    }
)
_READS = ("describe", "get", "list", "wait", "head", "batch-get", "ls", "help", "configure", "sts")


def _nothing(call: Call) -> tuple[Part, ...]:
    return (Command(text=call.invocation.text, directory=call.directory, hides=""),)


def _hidden(call: Call, why: str) -> tuple[Part, ...]:
    return (Command(text=call.invocation.text, directory=call.directory, hides=why),)


def _deploys(call: Call) -> tuple[Part, ...]:
    return (
        Deployment(
            tool=call.program,
            strategy=Strategy.OTHER,
            part=DeploymentPart.DEPLOY,
            weight=None,
            keeps_old_for=None,
            listeners=(),
        ),
    )


def _aws(call: Call) -> tuple[Part, ...]:
    words = call.arguments.rest("--region", "--profile", "--output", "--query")
    if words[:2] in _AWS_DEPLOYS:
        return _deploys(call)
    if words[:1] == ("s3",) and words[1:2] in (("cp",), ("sync",), ("mv",)):
        return (Upload(tool="aws s3", path=words[2] if len(words) > 2 else ""),)
    operation = words[1] if len(words) > 1 else "help"
    if words[:1] in (("configure",), ("sts",)) or operation.startswith(_READS):
        return _nothing(call)
    return _hidden(call, f"calls `aws {' '.join(words[:2])}`")


def _terraform(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    words = given.rest()
    if words[:1] not in (("apply",), ("destroy",)):
        return _nothing(call)
    chosen = next((w.partition("=")[2] for w in given.words if w.startswith("-chdir=")), "")
    directory = call.path(chosen) if chosen else call.directory
    return (InfrastructureChange(tool=call.program, directory=directory),)


def _only(*words: str) -> Callable[[Call], tuple[Part, ...]]:
    """Return the reading of a program that deploys with some words, and looks with others."""

    def read(call: Call) -> tuple[Part, ...]:
        given = call.arguments.rest("-n", "--namespace", "-f", "--context", "--kubeconfig")
        if given[:2] == ("rollout", "undo") or given[:1] == ("rollback",):
            return (Rollback(tool=call.program, strategy=Strategy.OTHER),)
        return _deploys(call) if given[:1] and given[0] in words else _nothing(call)

    return read


def _curl(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    text = call.invocation.text
    if any(host in text for host in _CHATS):
        return (Message(channel="chat"),)
    method = given.value("-X", "--request", otherwise="GET").upper()
    sends = given.has("-d", "--data", "--data-raw", "--data-binary", "--json", "-F", "-T", "--form")
    if sends or method not in ("GET", "HEAD"):
        return _hidden(call, f"sends something: `{text[:80]}`")
    return _nothing(call)


def _git(call: Call) -> tuple[Part, ...]:
    if call.arguments.rest("-C", "-c")[:1] == ("push",):
        return _hidden(call, "pushes to a repository, which may start something")
    return _nothing(call)


RELEASE_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    "aws": _aws,
    "terraform": _terraform,
    "tofu": _terraform,
    "terragrunt": _terraform,
    "pulumi": _only("up", "update", "destroy"),
    "cdk": _only("deploy", "destroy"),
    "sam": _only("deploy"),
    "serverless": _only("deploy"),
    "copilot": _only("deploy", "svc"),
    "ecs-cli": _only("compose", "up"),
    "ecs-deploy": _deploys,
    "ecspresso": _only("deploy", "rollback"),
    "kubectl": _only("apply", "set", "create", "replace", "patch", "delete", "scale", "rollout"),
    "helm": _only("upgrade", "install", "uninstall", "rollback"),
    "curl": _curl,
    "git": _git,
}
"""Programs that change what runs, or speak to others."""
