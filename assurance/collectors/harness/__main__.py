"""Print the evidence body of directories: `python -m assurance.collectors.harness DIRECTORY …`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assurance.collectors.harness import HarnessRequest, collect_harness
from assurance.errors import EvidenceError


def main() -> int:
    """Read the arguments, collect, print; 4 with one message where it cannot be done."""
    parser = argparse.ArgumentParser(prog="assurance.collectors.harness", description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("-system", type=Path, default=Path.cwd())
    parser.add_argument("-schema", type=Path)
    arguments = parser.parse_args()
    request = HarnessRequest(
        system=arguments.system,
        directories=tuple(arguments.directories),
        schema=arguments.schema,
    )
    try:
        body = collect_harness(request)
    except EvidenceError as error:
        sys.stderr.write(f"{error}\n")
        return 4
    sys.stdout.write(json.dumps(body, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
