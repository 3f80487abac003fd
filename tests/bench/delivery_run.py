"""Judges the delivery that a directory holds: `python -m tests.bench.delivery_run DIRECTORY`.

One environment, in one process, by every scenario that looks at definitions of Harness. Prints, as
one line of JSON, the seconds of processor that each phase took, and what was found.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assurance.collectors.harness import HarnessRequest, collect_harness
from assurance.evidence import Document
from assurance.model.judgements import Layer
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.plugin import BETWEEN_COLLECTIONS
from assurance.readers.state import State
from assurance.readers.view import View
from tests.metamorphic.verdicts import HARNESS, Suite


class DeliveryRun:
    """One delivery, collected, read and judged as an audit of production does it.

    Attributes:
        seconds: Of processor, by phase.
        scenarios: The same by scenario; who asks first pays for what all share.
        outcomes: How often each.
    """

    def __init__(self, directory: Path) -> None:
        self.seconds: dict[str, float] = {}
        self.scenarios: dict[str, float] = {}
        self.outcomes: Counter[str] = Counter()
        self._suite = Suite()
        # Which scenarios look at pipelines is found out before anything is measured.
        texts = self._suite.scenarios
        state = self._collected(directory)
        # As in an audit: what was collected stays, and need not be looked at again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(BETWEEN_COLLECTIONS)
        self.view = View(environment=self._suite.environment, layer=Layer.DECLARED, state=state)
        with self._timed("read", self.seconds):
            _ = self.view.pipelines
        with self._timed("judge", self.seconds):
            for text in texts:
                with self._timed(f"{text.requirement} {text.title}", self.scenarios):
                    rows = self._suite.judgements(text, self.view)
                self.outcomes.update(row.outcome for row in rows)

    def _collected(self, directory: Path) -> State:
        request = HarnessRequest(system=directory, directories=(Path(),))
        with self._timed("collect", self.seconds):
            document = Document.of(
                HARNESS,
                collect_harness(request),
                source="",
                environment="",
                layer=Layer.DECLARED,
                collected_at="2000-01-01T00:00:00Z",
            )
        others = [(body, kind) for kind, body in self._suite.bodies.items() if kind != HARNESS]
        return State([(document.body, document.digest), *others])

    @contextmanager
    def _timed(self, name: str, into: dict[str, float]) -> Iterator[None]:
        begun = time.process_time()
        yield
        into[name] = time.process_time() - begun

    @property
    def size(self) -> dict[str, int]:
        """What was judged, templates filled in."""
        pipelines = self.view.pipelines
        return {
            "pipelines": len(pipelines),
            "stages": sum(sum(1 for _ in stages_of(each)) for each in pipelines),
            "steps": sum(sum(1 for _ in steps_of(each)) for each in pipelines),
        }


def main(directory: Path) -> None:
    """Judge, and print."""
    run = DeliveryRun(directory)
    found = {
        **run.size,
        "seconds": run.seconds,
        "scenarios": run.scenarios,
        "outcomes": dict(run.outcomes),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
