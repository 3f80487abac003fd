"""What must hold for Terraform as code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from assurance.model.code import (
    Backend,
    Change,
    Input,
    Module,
    ModuleCall,
    Output,
    Provider,
    Root,
    Stateful,
)
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.unknown import is_unknown
from assurance.rules.lists import listing

P = TypeVar("P", Input, Output)
_BOUND = re.compile(r"(^|,)\s*(~>|=|<=?|)\s*v?\d")
"""A constraint with an upper end: pessimistic, exact, or below something."""

_LOCAL = ("./", "../")
_GIT = re.compile(r"^(git::|git@|github\.com/|bitbucket\.org/|hg::)|\.git(\?|//|$)")
_NOTHING = ("no-op", "read")


def is_formatted(root: Root) -> Finding:
    """`terraform fmt` would change nothing."""
    return Finding(
        holds=not root.unformatted,
        expected="every file as terraform fmt writes it",
        actual=f"not formatted: {listing(root.unformatted)}"
        if root.unformatted
        else "all files are formatted",
    )


def is_valid(root: Root) -> Finding:
    """Terraform accepts it."""
    return Finding(
        holds=root.is_valid,
        expected="valid Terraform",
        actual="valid" if root.is_valid else listing(root.faults) or "not valid",
    )


def composes_modules(root: Root) -> Finding:
    """It is put together from modules."""
    return Finding(
        holds=root.composes > 0,
        expected="a root that composes modules",
        actual=f"it composes {root.composes or 'no'} modules",
    )


def types_inputs(module: Module) -> Verdict:
    """Every input says what it accepts; `any` says nothing."""
    if not module.inputs:
        return NotApplicable("no_inputs")
    expected = "a type for every input"
    return _all(module.inputs, _is_typed, expected, f"all {len(module.inputs)} have one")


def _all(parts: Iterable[P], rule: Callable[[P], Finding], expected: str, good: str) -> Finding:
    """Name what is missing; of what is there, only that it is."""
    found = each(parts, rule, expected=expected, none="")
    return replace(found, actual=good) if found.holds else found


def _is_typed(given: Input) -> Finding:
    holds = given.type not in ("", "any")
    said = "has a type" if holds else f"has {'the type any' if given.type else 'no type'}"
    return Finding(holds=holds, expected="", actual=f"{given.name} {said}", location=given.location)


def explains_inputs(module: Module) -> Verdict:
    """Every input says what it is for."""
    if not module.inputs:
        return NotApplicable("no_inputs")
    expected = "a description of every input"
    return _all(module.inputs, _is_explained, expected, f"all {len(module.inputs)} have one")


def explains_outputs(module: Module) -> Verdict:
    """Every output says what it is."""
    if not module.outputs:
        return NotApplicable("no_outputs")
    expected = "a description of every output"
    return _all(module.outputs, _is_explained, expected, f"all {len(module.outputs)} have one")


def _is_explained(part: Input | Output) -> Finding:
    holds = bool(part.description.strip())
    said = "is described" if holds else "has no description"
    return Finding(holds=holds, expected="", actual=f"{part.name} {said}", location=part.location)


def validates_inputs(module: Module) -> Verdict:
    """Where it takes more than switches, it refuses some of what the types let through."""
    checked = tuple(given for given in module.inputs if given.type != "bool")
    if not checked:
        return NotApplicable("no_inputs")
    return Finding(
        holds=module.validations > 0,
        expected="at least one validation among its inputs",
        actual=f"{module.validations or 'no'} validations of {len(checked)} inputs",
    )


def keeps_state_remote(root: Root) -> Finding:
    """The state is not a file beside the code."""
    kind = root.backend.kind
    return Finding(
        holds=bool(kind),
        expected="a remote backend",
        actual=f"backend {kind}" if kind else "no backend: the state is a file beside the code",
    )


def encrypts_state(root: Root) -> Finding:
    """The backend encrypts, or is told to."""
    return _of_backend(root.backend, root.backend.is_encrypted, "encrypted")


def locks_state(root: Root) -> Finding:
    """The backend keeps two runs at once apart, or is told to."""
    return _of_backend(root.backend, root.backend.is_locked, "locked")


def _of_backend(backend: Backend, holds: bool, what: str) -> Finding:  # noqa: FBT001  the fact that is put in words
    kind = f"backend {backend.kind}" if backend.kind else "a local file"
    return Finding(
        holds=bool(holds),
        expected=f"a state that is {what}",
        actual=f"{kind}, {what if holds else f'not {what}'}",
    )


def keeps_state_apart(root: Root, roots: Iterable[Root]) -> Finding:
    """No other root keeps its state in the same place."""
    others = tuple(other for other in roots if other is not root)
    shared = any_of(others, lambda other: other.backend.place == root.backend.place)
    return Finding(
        holds=not shared,
        expected="a place of its own for the state",
        actual=f"{root.backend.place}, {'also that of another root' if shared else 'its own'}",
    )


def pins_terraform(root: Root) -> Finding:
    """It says which versions of Terraform it is written for."""
    stated = root.terraform
    return Finding(
        holds=bool(stated),
        expected="required_version is set",
        actual=f"required_version {stated}" if stated else "no required_version",
    )


def pins_providers(root: Root) -> Finding:
    """Each provider has a constraint with an upper end."""
    return each(
        root.providers,
        _is_bounded,
        expected="a version with an upper bound for each provider",
        none="no provider is used",
    )


def _is_bounded(provider: Provider) -> Finding:
    stated = listing(f'"{found}"' for found in provider.constraints)
    return Finding(
        holds=any(_BOUND.search(found) for found in provider.constraints),
        expected="",
        actual=f"{provider.name} {stated or 'without a version'}",
    )


def has_lock(root: Root) -> Finding:
    """The lock file holds every provider that the root uses."""
    missing = tuple(found.name for found in root.providers if found.name not in root.locked)
    actual = f"no {listing(missing)} in .terraform.lock.hcl" if root.locked else "no lock file"
    return Finding(
        holds=bool(root.locked) and not missing,
        expected="a lock file with every provider",
        actual="every provider is locked" if root.locked and not missing else actual,
    )


def pins_modules(root: Root) -> Finding:
    """What comes from elsewhere has a version or a commit."""
    expected = "a version or a commit for each module from elsewhere"
    remote = tuple(call for call in root.calls if not call.source.startswith(_LOCAL))
    if not remote:
        actual = "all modules lie in the repository"
        return Finding(holds=True, expected=expected, actual=actual)
    return each(remote, _is_pinned, expected=expected, none="no module")


def _is_pinned(call: ModuleCall) -> Finding:
    is_git = _GIT.search(call.source) is not None
    holds = "ref=" in call.source if is_git else _has_version(call)
    said = call.version or "no version"
    return Finding(holds=holds, expected="", actual=f"{call.name} from {call.source}, {said}")


def _has_version(call: ModuleCall) -> bool:
    """Whether a registry's module has a bound, or an archive's address says which one it is."""
    if "://" in call.source or call.source.startswith("s3::"):
        return bool(re.search(r"\d+\.\d+|[0-9a-f]{7,}", call.source))
    return _BOUND.search(call.version) is not None


def is_guarded(resource: Stateful) -> Finding:
    """Terraform, or AWS, refuses to destroy it."""
    known = tuple(guard for guard in resource.guards if not is_unknown(guard))
    return Finding(
        holds=any_of(resource.guards, bool),
        expected="prevent_destroy or deletion protection",
        actual=f"guarded by {listing(known)}" if known else "nothing guards it",
    )


def is_kept(change: Change) -> Verdict:
    """The plan neither replaces nor destroys what is stateful."""
    if not change.is_stateful:
        return NotApplicable("holds_nothing")
    forced = f", forced by {listing(change.forced_by)}" if change.forced_by else ""
    return Finding(
        holds="delete" not in change.actions,
        expected="it is neither replaced nor destroyed",
        actual=f"the plan does: {listing(change.actions)}{forced}",
    )


def is_unchanged(change: Change) -> Finding:
    """The plan does nothing to it."""
    return Finding(
        holds=all(action in _NOTHING for action in change.actions),
        expected="no change",
        actual=f"the plan does: {listing(change.actions)}",
    )
