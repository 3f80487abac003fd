"""The commands `assurance rego emit` and `assurance rego escape`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from assurance.catalogue import load
from assurance.collectors.harness.collecting import collect_harness
from assurance.collectors.harness.request import HarnessRequest
from assurance.errors import PolicyError, SettingsError
from assurance.parameters import Overrides
from assurance.rego.emission import emitted
from assurance.rego.escape import Attempt, attempt, kind_of
from assurance.rego.evaluation import Evaluator, Rego, read_rego
from assurance.rego.facts import facts
from assurance.rego.violations import Violation, violations
from assurance.reshaping.definitions import Definition, Definitions
from assurance.reshaping.evidence import definitions_of
from assurance.settings import FILE, Settings, load_settings

REPOSITORY = Path(__file__).parents[2]
REFERENCE = REPOSITORY / FILE
FINE, ESCAPED, UNTRIED = 0, 1, 6


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `rego` and what it can do."""
    rego = commands.add_parser("rego", help="policies for Harness's own policy engine")
    actions = rego.add_subparsers(required=True)
    emit = actions.add_parser("emit", help="write our policies and policy sets for a system")
    emit.add_argument("directory", type=Path, help="where the files go")
    emit.add_argument("--system", type=Path, default=Path(FILE), help="the system description")
    emit.set_defaults(command=lambda options: emit_policies(options.directory, options.system))
    escape = actions.add_parser("escape", help="say which shapes of a pipeline a policy misses")
    escape.add_argument("path", type=Path, help="a policy, or a directory of them")
    escape.add_argument("--pipelines", type=Path, help="definitions that the policy denies")
    escape.set_defaults(command=lambda options: try_policies(options.path, options.pipelines))


def emit_policies(directory: Path, system: Path) -> int:
    """Write the policies for a system; return 0."""
    settings = load_settings(system)
    for name, text in policy_files(settings).items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"policies and policy sets written to {directory}\n")
    return FINE


def policy_files(settings: Settings) -> dict[str, str]:
    """Return what is written for a system, by its path in the directory."""
    if settings.pipelines is None:
        remedy = "Name the directories of the Harness definitions under [pipelines]."
        raise SettingsError("it names no pipelines.", file=settings.file, remedy=remedy)
    decided = Overrides(values=settings.parameters, file=settings.file)
    catalogue = load(REPOSITORY / "features" / "requirements", overrides=decided)
    requirements = {each.id: each for each in catalogue.requirements}
    known = facts(definitions_in(settings.directory, *settings.pipelines.directories))
    if not known["production_environments"]:
        remedy = "Add the file of an environment with `type: Production`."
        message = "no definition says what is production, and a policy would guard nothing."
        raise SettingsError(message, file=settings.file, remedy=remedy)
    return dict(emitted(requirements, known))


def definitions_in(system: Path, *directories: Path) -> Definitions:
    """Read the definitions of a system."""
    body = collect_harness(HarnessRequest(system=system, directories=directories))
    return definitions_of(body["resources"])


def try_policies(path: Path, pipelines: Path | None) -> int:
    """Say what escapes each policy; return 1 where something does, 6 where one was not tried."""
    policies = [read_rego(file) for file in _policy_files(path)]
    given = _given(pipelines) if pipelines else None
    known = given if given is not None else _reference()
    with Evaluator() as evaluator:
        attempts = [
            attempt(rego, _candidates(rego, known, as_given=given is not None), evaluator)
            for rego in policies
        ]
    sys.stdout.write("".join(line + "\n" for each in attempts for line in _lines(each)))
    if any(not escape.is_hidden for each in attempts for escape in each.escapes):
        return ESCAPED
    return FINE if all(each.denied for each in attempts) else UNTRIED


def _policy_files(path: Path) -> list[Path]:
    if not path.exists():
        raise PolicyError("there is no such file.", file=path, remedy="Name a policy in Rego.")
    files = sorted(path.rglob("*.rego")) if path.is_dir() else [path]
    if not files:
        remedy = "Name a directory with policies in files *.rego."
        raise PolicyError("there is no policy in it.", file=path, remedy=remedy)
    return files


def _given(path: Path) -> Definitions:
    if not path.exists():
        remedy = "Name a file or a directory of pipelines."
        raise SettingsError("there is no such file.", file=path, remedy=remedy)
    directory = path if path.is_dir() else path.parent
    found = definitions_in(directory, directory)
    named = tuple(each for each in found if path.is_dir() or each.file == path.name)
    if not named:
        remedy = "Name files that hold pipelines or templates."
        raise SettingsError("there is no definition in it.", file=path, remedy=remedy)
    return (*named, *(each for each in found if each.kind == "template" and each not in named))


def _reference() -> Definitions:
    settings = load_settings(REFERENCE)
    assert settings.pipelines is not None
    return definitions_in(settings.directory, *settings.pipelines.directories)


def _candidates(rego: Rego, known: Definitions, *, as_given: bool) -> Iterator[Violation]:
    kind = kind_of(rego)
    if not as_given:
        yield from violations(known, kind, rego.text) if kind else ()
        return
    for index, each in enumerate(known):
        if each.kind == kind:
            others: tuple[Definition, ...] = (*known[:index], *known[index + 1 :])
            yield f'the {kind} "{each.identifier}"', (each, *others)


def _lines(tried: Attempt) -> Iterator[str]:
    file = tried.rego.file
    if not tried.denied:
        yield f"{file}: could not be tried: it denies none of the definitions it was shown."
        yield "  Give it some that it must deny with --pipelines."
        return
    open_ = [escape for escape in tried.escapes if not escape.is_hidden]
    hidden = [escape for escape in tried.escapes if escape.is_hidden]
    seen = f"{tried.shapes} shapes of {len(tried.denied)} denied definitions"
    yield f"{file}: {len(open_)} kinds of reshape escape it ({seen})."
    for escape in (*open_, *hidden):
        does = " and then ".join(escape.steps)
        yield f"  {escape.violation} is denied: {escape.message}"
        yield f"    and is not, when somebody {does}"
        if escape.is_hidden:
            yield "    (where the payload lacks the template; put the policy on templates too)"
