"""The commands `assurance rego emit` and `assurance rego escape`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assurance.catalogue import load
from assurance.collectors.harness.collecting import collect_harness
from assurance.collectors.harness.request import HarnessRequest
from assurance.errors import PolicyError, SettingsError
from assurance.parameters import Overrides
from assurance.rego.display import lines_of
from assurance.rego.emission import emitted
from assurance.rego.escape import attempt, kind_of
from assurance.rego.evaluation import Evaluator, read_rego
from assurance.rego.facts import facts
from assurance.rego.violations import Violation, violations
from assurance.reshaping.definitions import Definition, Definitions
from assurance.reshaping.evidence import definitions_of
from assurance.settings import FILE, Settings, load_settings

REPOSITORY = Path(__file__).parents[2]
REFERENCE = REPOSITORY / FILE
FINE, ESCAPED, UNUSABLE, UNTRIED = 0, 1, 4, 6
_STATUSES = (
    "Exit status: 0 nothing escapes; 1 something does; "
    "4 the call is wrong, or a policy cannot be evaluated; 6 a policy could not be tried."
)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `rego` and what it can do."""
    rego = commands.add_parser("rego", help="policies for Harness's own policy engine")
    actions = rego.add_subparsers(required=True)
    emit = actions.add_parser("emit", help="write our policies and policy sets for a system")
    emit.add_argument("directory", type=Path, help="where the files go")
    emit.add_argument("--system", type=Path, default=Path(FILE), help="the system description")
    emit.set_defaults(command=lambda options: emit_policies(options.directory, options.system))
    escape = actions.add_parser(
        "escape", help="say which shapes of a pipeline a policy misses", epilog=_STATUSES
    )
    escape.add_argument("path", type=Path, help="a policy, or a directory of them")
    escape.add_argument("--pipelines", type=Path, help="definitions that the policy denies")
    escape.set_defaults(command=lambda options: try_policies(options.path, options.pipelines))


def emit_policies(directory: Path, system: Path) -> int:
    """Write the policies for a system; return 0."""
    settings = load_settings(system)
    for name, text in policy_files(settings).items():
        file = directory / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            remedy = "Name a directory that can be written to."
            message = f"it cannot be written: {error.strerror}."
            raise SettingsError(message, file=file, remedy=remedy) from error
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
    """Say what escapes each policy, and return the status: the first of these that applies.

    4: one cannot be evaluated; 1: something escapes one; 6: one was not tried; 0.
    """
    files = _policy_files(path)
    given = _given(pipelines) if pipelines else ()
    reference = _reference()
    with Evaluator() as evaluator:
        statuses = [_try(file, given, reference, evaluator) for file in files]
    return next(status for status in (UNUSABLE, ESCAPED, UNTRIED, FINE) if status in statuses)


def _try(file: Path, given: Definitions, reference: Definitions, evaluator: Evaluator) -> int:
    try:
        rego = read_rego(file)
        kind = kind_of(rego)
        made = partial(violations, reference, kind, rego.text)
        tried = attempt(rego, partial(_as_given, given, kind) if given else made, made, evaluator)
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    sys.stdout.write("".join(line + "\n" for line in lines_of(tried)))
    if tried.untried:
        return UNTRIED
    return ESCAPED if tried.counting else FINE


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


def _as_given(given: Definitions, kind: str) -> Iterator[Violation]:
    """Yield every definition of a kind, with all the others that it may use."""
    for index, each in enumerate(given):
        if each.kind == kind:
            others: tuple[Definition, ...] = (*given[:index], *given[index + 1 :])
            yield f'the {kind} "{each.identifier}"', (each, *others)
