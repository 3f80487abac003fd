"""Print the evidence body of one root: `python -m assurance.collectors.terraform ROOT`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.errors import EvidenceError


def main() -> int:
    """Read the arguments, collect, print; 4 with one message where it cannot be done."""
    parser = argparse.ArgumentParser(prog="assurance.collectors.terraform", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("-var-file", dest="files", action="append", default=[], type=Path)
    parser.add_argument("-system", type=Path, default=Path.cwd())
    parser.add_argument("-plan", type=Path)
    parser.add_argument("-region")
    arguments = parser.parse_args()
    request = TerraformRequest(
        system=arguments.system,
        root=arguments.root,
        variable_files=tuple(arguments.files),
        plan=arguments.plan,
        region=arguments.region,
    )
    try:
        body = collect_terraform(request)
    except EvidenceError as error:
        sys.stderr.write(f"{error}\n")
        return 4
    sys.stdout.write(json.dumps(body, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
