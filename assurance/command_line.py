"""The command `assurance`: what is not a test run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assurance.discovery import describe_repository
from assurance.errors import AssuranceError, SettingsError
from assurance.rego import commands as rego
from assurance.settings import FILE

UNUSABLE = 4
"""The exit status of a wrong call."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; return its status, or 4 with one message on standard error."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except AssuranceError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assurance", description=__doc__)
    commands = parser.add_subparsers(required=True)
    init = commands.add_parser("init", help=f"look around in a repository and write a first {FILE}")
    init.add_argument("directory", nargs="?", type=Path, default=Path())
    init.add_argument("--force", action="store_true", help="replace an existing file")
    init.set_defaults(command=lambda options: _init(options.directory, force=options.force))
    rego.add_commands(commands)
    return parser


def _init(directory: Path, *, force: bool) -> int:
    target = directory / FILE
    if target.exists() and not force:
        raise SettingsError(
            "it exists already.", file=target, remedy="edit it, or replace it with --force."
        )
    text = describe_repository(directory)
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(
        f"{target} written; look it over, then run: pytest features --system {target}\n"
    )
    return 0
