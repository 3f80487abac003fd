"""Reads roots and modules from the configuration that comes with evaluated Terraform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.code import Code, Input, Module, ModuleCall, Output, Provider, Root
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import unknown
from assurance.readers.backends import read_backend
from assurance.readers.kinds import Kind
from assurance.readers.state import State
from assurance.readers.stateful import STATEFUL, read_changes, read_stateful

_LOCAL = ("./", "../")
_BUILT_IN = "terraform"


def read_code(state: State) -> Code:
    """Return all Terraform of an environment; a module used several times stands once."""
    modules = dict(_modules(state))
    return Code(
        roots=tuple(_root(body, digest, state) for body, digest in state.configurations()),
        modules=tuple(_module(path, *found) for path, found in modules.items()),
        stateful=read_stateful(state),
        changes=read_changes(state),
    )


def _modules(state: State) -> Iterator[tuple[str, tuple[Mapping[str, Any], str]]]:
    """Yield the modules that belong to the system, by their path."""
    for body, digest in state.configurations():
        modules = body["configuration"]["modules"]
        for name, module in sorted(modules.items()):
            if _is_own(name, modules):
                yield str(module["path"]), (module, digest)


def _is_own(name: str, modules: Mapping[str, Any]) -> bool:
    """Whether a module lies in the system: it and all its callers are called by a local path."""
    if not name:
        return True
    caller, _, called = name.rpartition("module.")
    parent = modules.get(caller.rstrip("."), {})
    call = parent.get("module_calls", {}).get(called.split("[")[0], {})
    return str(call.get("source") or "").startswith(_LOCAL) and _is_own(caller.rstrip("."), modules)


def _module(path: str, module: Mapping[str, Any], digest: str) -> Module:
    variables = module["variables"].values()
    return Module(
        subject=Subject(id=path, location=Location(file=path), evidence=digest),
        inputs=tuple(_inputs(module)),
        outputs=tuple(_outputs(module)),
        validations=sum(int(each.get("validations") or 0) for each in variables),
    )


def _inputs(module: Mapping[str, Any]) -> Iterator[Input]:
    for name, found in sorted(module["variables"].items()):
        yield Input(
            name=name,
            type=found.get("type") or "",
            description=found.get("description") or "",
            location=_place(found),
        )


def _outputs(module: Mapping[str, Any]) -> Iterator[Output]:
    for name, found in sorted(module["outputs"].items()):
        yield Output(
            name=name,
            description=found.get("description") or "",
            location=_place(found),
        )


def _place(found: Mapping[str, Any]) -> Location:
    return Location(file=str(found.get("file") or "?"), line=found.get("line"))


def _root(body: Mapping[str, Any], digest: str, state: State) -> Root:
    configuration = body["configuration"]
    modules = configuration["modules"]
    main = modules.get("", {})
    path = str(body["root"])
    faults = tuple(
        f"{found.get('summary')} ({found.get('file')}:{found.get('line')})"
        for found in body["diagnostics"]
        if found.get("severity") == "error"
    )
    return Root(
        subject=Subject(id=path, location=Location(file=path), evidence=digest),
        unformatted=_asked(body, tuple(configuration.get("unformatted") or ())),
        is_valid=_asked(body, bool(configuration.get("valid")) and not faults),
        faults=faults,
        calls=tuple(_calls(modules)),
        composes=len(main.get("module_calls", {})),
        terraform=main.get("required_version") or "",
        providers=tuple(_providers(path, modules, state)),
        locked=_locked(configuration.get("lock")),
        backend=read_backend(main.get("backend"), path),
    )


def _asked(body: Mapping[str, Any], answer: Any) -> Any:
    """Return what Terraform says of the code, which nobody knows where it did not run."""
    if body["engine"] == "tfparse":
        return unknown(f"Terraform could not be run on {body['root']}")
    return answer


def _calls(modules: Mapping[str, Any]) -> Iterator[ModuleCall]:
    for name, module in sorted(modules.items()):
        if _is_own(name, modules):
            for called, call in sorted(module["module_calls"].items()):
                yield ModuleCall(
                    name=called, source=call.get("source") or "", version=call.get("version") or ""
                )


def _providers(root: str, modules: Mapping[str, Any], state: State) -> Iterator[Provider]:
    """Yield every provider that resources use or modules ask for, with all constraints on it."""
    used = {str(found.raw.get("provider")) for found in state.resources if found.root == root}
    asked = {name for module in modules.values() for name in module["required_providers"]}
    for name in sorted((used | asked) - {_BUILT_IN, "None", ""}):
        stated = (
            module["required_providers"].get(name, {}).get("version") for module in modules.values()
        )
        constraints = tuple(dict.fromkeys(str(found) for found in stated if found))
        yield Provider(name=name, constraints=constraints)


def _locked(lock: Mapping[str, Any] | None) -> tuple[str, ...]:
    names = (lock or {}).get("providers", {})
    return tuple(str(name).rpartition("/")[2] for name in names)


def _kind(noun: str, plural: str, attribute: str, inventory: tuple[str, ...] = ()) -> Kind:
    return Kind(
        noun=noun,
        plural=plural,
        population=lambda view: getattr(view.code, attribute),
        inventory=inventory,
    )


KINDS: tuple[Kind, ...] = (
    _kind("Terraform root", "Terraform roots", "roots"),
    _kind("module", "modules", "modules"),
    _kind("stateful resource", "stateful resources", "stateful", tuple(STATEFUL)),
    _kind("planned resource", "planned resources", "changes"),
)
