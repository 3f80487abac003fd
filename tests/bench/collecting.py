"""Collects the evidence of one root and stores it: `python -m tests.bench.collecting ROOT STORE`.

With a plan as third argument the plan is what is read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.evidence import Document, EvidenceStore
from assurance.model.judgements import Layer


def main(root: Path, store: Path, plan: Path | None) -> None:
    """Collect and store."""
    body = collect_terraform(
        TerraformRequest(system=root, root=root, plan=plan, region="eu-west-1")
    )
    document = Document.of(
        "terraform",
        body,
        source=".",
        environment="production",
        layer=Layer.DECLARED,
        collected_at="2000-01-01T00:00:00Z",
    )
    EvidenceStore(store).write(document)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    main(paths[0], paths[1], paths[2] if len(paths) > 2 else None)
