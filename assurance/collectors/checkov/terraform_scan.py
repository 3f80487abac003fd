"""Drives checkov's Terraform runner; imported only in the scanner's process."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from checkov.common.checks.base_check_registry import BaseCheckRegistry
from checkov.common.graph.checks_infra.base_check import BaseGraphCheck
from checkov.common.graph.graph_builder.graph_components.attribute_names import CustomAttributes
from checkov.common.output.record import Record
from checkov.common.output.report import Report
from checkov.runner_filter import RunnerFilter
from checkov.terraform.graph_builder.variable_rendering.renderer import TerraformVariableRenderer
from checkov.terraform.modules.module_objects import TFDefinitionKey, TFModule
from checkov.terraform.runner import Runner

from assurance.collectors.checkov import unsettled

EVALUATED = "/evaluated.tf"
"""The file that evaluated resources are said to be in; it does not exist."""

Raw = dict[str, Any]
log = logging.getLogger(__name__)


class Scan(Runner):
    """checkov's runner, keeping every record with its root and with what it could not resolve."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Raw] = []
        self.current = TFDefinitionKey("")
        self.block_type = "resource"
        self.graph_policies: dict[str, BaseGraphCheck] = {}
        self.policies: list[str] = []
        self.lines: dict[tuple[str, str], int] = {}

    def run_block(  # type: ignore[override]
        self, entities: Any, context: Any, full_file_path: Any, *rest: Any, **more: Any
    ) -> None:
        """Remember where the records that follow belong."""
        self.current, self.block_type = full_file_path, rest[3]
        super().run_block(entities, context, full_file_path, *rest, **more)

    def get_entity_context_and_evaluations(self, entity: Raw) -> Raw | None:
        """Remember where the graph record that follows belongs."""
        module = entity.get(CustomAttributes.SOURCE_MODULE_OBJECT)
        if isinstance(module, dict):
            module = TFModule.from_json(module)
        self.current = TFDefinitionKey(entity[CustomAttributes.FILE_PATH], module)
        self.block_type = entity[CustomAttributes.BLOCK_TYPE]
        return super().get_entity_context_and_evaluations(entity)

    def keep(self, record: Record) -> None:
        """Turn a record into plain data."""
        result: Raw = dict(record.check_result)
        # A record of a graph policy has the whole entity; one of a Python policy does not.
        policy = self.graph_policies.get(record.check_id)
        if policy is not None and "entity" in result:
            result["unsettled"] = unsettled.in_graph_policy(policy, result["entity"])
        self.records.append(
            {
                "policy": record.check_id,
                "name": record.check_name,
                "result": result["result"].value,
                "comment": result.get("suppress_comment") or "",
                "resource": record.resource or "",
                "block": self.block_type,
                "file": self.current.file_path,
                "line": self.lines.get((self.current.file_path, record.resource or ""))
                or (record.file_line_range or [0])[0],
                "root": str(_root(self.current)),
                "guideline": record.guideline or "",
                "details": "; ".join(record.details or []),
                "unsettled": result.get("unsettled", []),
            }
        )


def _root(key: TFDefinitionKey) -> Path:
    module = key.tf_source_modules
    if module is None:
        return Path(key.file_path).parent
    while module.nested_tf_module is not None:
        module = module.nested_tf_module
    return Path(module.path).parent


def prepare() -> None:
    """Make checkov say what it does not know; once in a process."""
    BaseCheckRegistry.run_check = unsettled.watched_run_check(BaseCheckRegistry.run_check)  # type: ignore[method-assign]
    unsettled.render_dynamic_blocks_once()
    # checkov invents an empty list or map for a variable without a value; here it stays unresolved.
    TerraformVariableRenderer.get_default_placeholder_value = staticmethod(lambda _: None)  # type: ignore[method-assign,assignment]


def load(external: list[str], problems: list[Raw]) -> dict[str, list[str]]:
    """Load all policies and return their ids, each with the types of resources that it judges."""
    scan = Scan()
    for directory in external:
        for registry in (scan.block_type_registries["resource"], scan.graph_registry):
            try:
                registry.load_external_checks(directory)
            except Exception as error:  # noqa: BLE001 - a policy may raise anything
                # checkov stops at the first file that is not YAML; the ids tell which are missing.
                problems.append({"file": directory, "summary": f"a policy does not load: {error}"})
    scan.graph_registry.load_checks()
    types: dict[str, list[str]] = {}
    for registry in scan.block_type_registries.values():
        for entity, check in registry.all_checks():
            types.setdefault(check.id, []).append(entity)
    return types | {check.id: _subjects(check) for check in scan.graph_registry.checks}


def _subjects(check: BaseGraphCheck) -> list[str]:
    """The types that a graph policy filters for, else all that it mentions."""
    for inner in check.sub_checks:
        if inner.attribute == "resource_type":
            value: Any = inner.attribute_value
            return list(value) if isinstance(value, list) else [str(value)]
    return list(check.resource_types or [])


def scan_source(directory: str, problems: list[Raw]) -> tuple[list[Raw], int]:
    """Scan a directory and those below it as written; returns the number of resources too."""
    scan = _new()
    build = scan.graph_manager.build_graph_from_source_directory
    errors: dict[str, Exception] = {}

    def building(*arguments: Any, **keywords: Any) -> Any:
        result = build(*arguments, **keywords)
        errors.update(keywords.get("parsing_errors") or {})
        return result

    scan.graph_manager.build_graph_from_source_directory = building  # type: ignore[method-assign]
    count = _run(scan, directory, problems)
    problems += _unparsed(errors)
    return scan.records, count


def scan_calls(directory: str, problems: list[Raw]) -> tuple[list[Raw], int]:
    """Judge the provider and module blocks of every file by themselves, evaluating nothing.

    Returns the number of resource blocks too: a directory without any is no input.
    """
    scan, count = _new(), 0
    errors: dict[str, Exception] = {}
    definitions: dict[TFDefinitionKey, Raw] = {}
    for file in _files(Path(directory)):
        parsed = scan.parser.parse_file(str(file), errors) or {}
        count += len(parsed.get("resource", []))
        blocks: Raw = {kind: parsed[kind] for kind in ("provider", "module") if kind in parsed}
        for kind, named in ((kind, block) for kind, found in blocks.items() for block in found):
            for name, configuration in named.items():
                address = ".".join((kind, name, *configuration.get("alias", [])))
                configuration[CustomAttributes.TF_RESOURCE_ADDRESS] = address
                scan.lines[str(file), address] = configuration.get("__start_line__", 0)
        if blocks:
            definitions[TFDefinitionKey(str(file))] = blocks
    _run_on(scan, definitions, directory, problems)
    problems += _unparsed(errors)
    return scan.records, count


def _files(directory: Path) -> list[Path]:
    return sorted(
        file
        for file in directory.rglob("*.tf")
        if not any(part.startswith(".") for part in file.relative_to(directory).parts)
    )


def scan_evaluated(blocks: Raw, problems: list[Raw], policies: list[str]) -> list[Raw]:
    """Scan resources whose values are known already, as `{"resource": […], "data": […]}`.

    Args:
        blocks: The resources.
        problems: Told what broke.
        policies: Run only these; without any, all.
    """
    scan = _new(evaluated=True)
    scan.policies = policies
    definitions = {TFDefinitionKey(EVALUATED): blocks}
    graph = scan.graph_manager.build_graph_from_definitions(definitions, render_variables=False)
    scan.all_graphs = [(scan.graph_manager.save_graph(graph), None)]
    _run_on(scan, definitions, "/", problems)
    return scan.records


def _run_on(
    scan: Scan, definitions: dict[TFDefinitionKey, Raw], directory: str, problems: list[Raw]
) -> None:
    if not definitions:
        return
    scan.definitions, scan.breadcrumbs = definitions, {}
    scan.context = {
        key: {kind: _context(kind, found) for kind, found in blocks.items()}
        for key, blocks in definitions.items()
    }
    _run(scan, directory, problems)


def _context(kind: str, blocks: list[Raw]) -> Raw:
    """The places that checkov looks a block up in."""
    context: Raw = {}
    for block in blocks:
        for outer, inner in block.items():
            named = {outer: inner} if kind in ("provider", "module") else inner
            level = context if kind in ("provider", "module") else context.setdefault(outer, {})
            for name, configuration in named.items():
                level[name] = {
                    "start_line": configuration.get("__start_line__", 1),
                    "end_line": configuration.get("__end_line__", 1),
                    "code_lines": [],
                    "skipped_checks": [],
                }
    return context


def _new(*, evaluated: bool = False) -> Scan:
    unsettled.MODE["evaluated"] = evaluated
    scan = Scan()
    scan.graph_policies = {check.id: check for check in scan.graph_registry.checks}
    Report.add_record = lambda _, record: scan.keep(record)  # type: ignore[method-assign,assignment]
    return scan


def _run(scan: Scan, directory: str, problems: list[Raw]) -> int:
    try:
        report = scan.run(
            root_folder=directory,
            runner_filter=RunnerFilter(
                framework=["terraform"], checks=scan.policies, show_progress_bar=False
            ),
        )
    except Exception as error:  # whatever it is, the user is told where and the rest is judged
        log.exception("checkov broke on %s", directory)
        problems.append({"file": directory, "summary": f"checkov broke: {error!r}"})
        return 0
    return len(report.resources) if isinstance(report, Report) else 0


def _unparsed(errors: dict[str, Exception]) -> list[Raw]:
    return [{"file": file, "summary": _first_line(error)} for file, error in errors.items()]


def _first_line(error: Exception) -> str:
    return (str(error).strip() or repr(error)).splitlines()[0][:300]
