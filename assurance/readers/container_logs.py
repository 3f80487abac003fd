"""Reads where a container's output goes."""

from __future__ import annotations

from typing import Any

from assurance.model.containers import Logging
from assurance.model.observability import LogGroup
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import flag, is_missing
from assurance.readers.state import Block

_PLUGINS = ("cloudwatch", "cloudwatch_logs")
"""The two plugins of Fluent Bit that write to CloudWatch Logs."""


def read_logging(block: Block, groups: dict[str, LogGroup]) -> tuple[Logging, ...]:
    """Return the log configuration of a container, none where it states none."""
    if is_unknown(block.get("logConfiguration")):
        return block.get("logConfiguration")
    if not block.is_set("logConfiguration.logDriver"):
        return ()
    driver = block.get("logConfiguration.logDriver")
    group = _group(block, driver)
    return (
        Logging(
            driver=driver,
            group=group,
            groups=_declared(block, group, groups),
            is_created_on_demand=flag(_option(block, "awslogs-create-group", "auto_create_group")),
        ),
    )


def _group(block: Block, driver: Any) -> str:
    """Return the log group's name; the log router writes to CloudWatch with a plugin of its own."""
    if is_unknown(driver):
        return driver
    if driver == "awslogs":
        return _option(block, "awslogs-group")
    if driver != "awsfirelens":
        return ""
    plugin = _option(block, "Name", "name")
    if is_unknown(plugin):
        return plugin
    return _option(block, "log_group_name") if plugin in _PLUGINS else ""


def _option(block: Block, *names: str) -> Any:
    """Return the first of these options of the log driver that is set, else an empty text."""
    options = block.get("logConfiguration.options", {})
    if is_unknown(options):
        return options
    return next((options[name] for name in names if options.get(name) is not None), "")


def _declared(block: Block, name: Any, groups: dict[str, LogGroup]) -> tuple[LogGroup, ...]:
    """Return the group of that name; a group that a data source looks up cannot be seen."""
    if is_unknown(name) or not name:
        return name if is_unknown(name) else ()
    target = block.resource.resolve(name, "aws_cloudwatch_log_group")
    if target is not None and target.id in groups:
        return (groups[target.id],)
    looked_up = block.resource.state.of("data.aws_cloudwatch_log_group")
    outside = any(
        not is_unknown(data.get("name")) and data.get("name") == name for data in looked_up
    )
    if outside or (target is None and name.startswith("${") and not is_missing(block, name)):
        return unknown(f"log group {name} is not part of this configuration")
    return ()
