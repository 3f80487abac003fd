"""What a verdict rests on that nobody resolved; imported only in the scanner's process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import checkov.terraform.checks.resource.base_resource_check as resource_check
import checkov.terraform.checks.resource.base_resource_negative_value_check as negative_check
import checkov.terraform.checks.resource.base_resource_value_check as value_check
from checkov.common.checks.base_check import BaseCheck
from checkov.common.graph.checks_infra.base_check import BaseGraphCheck
from checkov.common.models.consts import ANY_VALUE
from checkov.terraform.parser_functions import handle_dynamic_values

from assurance.collectors.checkov.expressions import Kind, at, kind_of, unrendered
from assurance.collectors.checkov.watching import Seen, WatchedDict, not_when_watched

Unsettled = list[dict[str, str]]
VALUE_CHECKS = (
    value_check.BaseResourceValueCheck,
    negative_check.BaseResourceNegativeValueCheck,
)
SET_IS_ENOUGH = (Kind.REFERENCE, Kind.DOCUMENT)
MODE = {"evaluated": False}
"""Whether the configuration under scan was evaluated by Terraform; set by each scan."""


def render_dynamic_blocks_once() -> None:
    """Keep checkov from walking the whole configuration under the eyes of the watcher."""
    for module in (resource_check, value_check, negative_check):
        if hasattr(module, "handle_dynamic_values"):
            setattr(module, "handle_dynamic_values", not_when_watched(handle_dynamic_values))  # noqa: B010


def watched_run_check(original: Any) -> Any:
    """Wrap the registry's way to run one policy, so that its result says what was unresolved."""

    def run_check(
        self: Any, check: BaseCheck, entity_configuration: Any, *rest: Any, **more: Any
    ) -> Any:
        # Our own policies refuse what is unresolved themselves, attribute by attribute.
        if not isinstance(entity_configuration, dict) or hasattr(check, "requirement"):
            return original(self, check, entity_configuration, *rest, **more)
        if isinstance(check, resource_check.BaseResourceCheck):
            handle_dynamic_values(entity_configuration)
        if isinstance(check, VALUE_CHECKS):
            result = original(self, check, entity_configuration, *rest, **more)
            result["unsettled"] = _in_value_check(check, entity_configuration)
            return result
        seen = Seen()
        result = original(self, check, WatchedDict(entity_configuration, seen), *rest, **more)
        values = list(seen.values())
        for top in seen.tops:
            values += [(top, value) for value in unrendered(entity_configuration, top)]
        result["unsettled"] = _unsettled(values, ())
        return result

    return run_check


def in_graph_policy(policy: BaseGraphCheck, entity: Any) -> Unsettled:
    """What a graph policy reads of `{type: {name: configuration}}` that is unresolved."""
    for resource_type, named in entity.items():
        configuration = next(iter(named.values())) if isinstance(named, dict) else {}
        found: Unsettled = []
        for attribute, existence in sorted(_attributes(policy, resource_type)):
            values = [(attribute, value) for value in at(configuration, attribute)]
            top = attribute.split(".")[0]
            values += [(attribute, value) for value in unrendered(configuration, top)]
            found += _unsettled(values, SET_IS_ENOUGH if existence else ())
        return found
    return []


def _attributes(policy: BaseGraphCheck, resource_type: str) -> set[tuple[str, bool]]:
    own: set[tuple[str, bool]] = set()
    attribute = policy.attribute if isinstance(policy.attribute, str) else ""
    if attribute not in ("", "resource_type") and resource_type in (policy.resource_types or []):
        operator = policy.operator.removeprefix("jsonpath_")
        own.add((attribute.lstrip("$.").split("[")[0], operator in ("exists", "not_exists")))
    return own.union(*(_attributes(inner, resource_type) for inner in policy.sub_checks))


def _in_value_check(check: Any, configuration: Any) -> Unsettled:
    values: list[tuple[str, object]] = []
    for key in check.get_evaluated_keys():
        values += [(key, value) for value in at(configuration, key)]
        values += [(key, value) for value in unrendered(configuration, key.split("/")[0])]
    wanted = check.get_expected_values() if hasattr(check, "get_expected_values") else []
    return _unsettled(values, SET_IS_ENOUGH if ANY_VALUE in wanted else ())


def _unsettled(values: Iterable[tuple[str, object]], known: tuple[Kind, ...]) -> Unsettled:
    found = {
        (key, str(value)[:200], kind.value)
        for key, value in values
        if (kind := kind_of(value, evaluated=MODE["evaluated"])) is not Kind.KNOWN
        and kind not in known
    }
    return [{"key": key, "value": value, "kind": kind} for key, value, kind in sorted(found)]
