"""The engine `terraform-test`: evaluate a root twice in a scratch copy, repairing what fails."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.collectors.terraform import generated, keys_read, mocks, scratch
from assurance.collectors.terraform.body import Assembly
from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.engine import Outcome, Problem, evaluate
from assurance.collectors.terraform.failures import (
    Failure,
    is_about_a_shape,
    lies_elsewhere,
    lies_in_the_text,
    locate,
    without_words,
)
from assurance.collectors.terraform.guesses import guess
from assurance.collectors.terraform.instances import read_plan
from assurance.collectors.terraform.learning import learn_origins
from assurance.collectors.terraform.mirror import Package, Terraform
from assurance.collectors.terraform.modules import Module, Node
from assurance.collectors.terraform.names import original
from assurance.collectors.terraform.provider_blocks import (
    Configured,
    local_name,
    provider_of,
    resolve,
    static_region,
)
from assurance.collectors.terraform.reasons import Tracer
from assurance.collectors.terraform.request import TerraformRequest
from assurance.collectors.terraform.schema import Schemas, provide
from assurance.collectors.terraform.variables import (
    Assigned,
    placeholders,
)
from assurance.errors import NotCollected

_FALLBACK_REGIONS = ("eu-west-1", "us-east-2")
_ROUNDS = 6
_EVALUATIONS = 2


@dataclass(slots=True, kw_only=True)
class Evaluating:
    """One root on its way to an evidence body."""

    request: TerraformRequest
    terraform: Terraform
    tree: Node
    packages: Mapping[str, Package]
    schemas: Schemas
    known: Assigned
    valueless: list[str]
    stand_ins: dict[Path, set[str]] = field(default_factory=dict)
    bare: dict[Path, set[str]] = field(default_factory=dict)
    holes: set[tuple[str, int]] = field(default_factory=set)
    guessed: dict[str, str] = field(default_factory=dict)
    diagnostics: list[dict[str, Any]] = field(default_factory=list)
    valid: bool = True

    def run(self) -> Assembly:
        """Evaluate, and take out what fails until the rest can be evaluated."""
        for _ in range(_ROUNDS):
            with tempfile.TemporaryDirectory(prefix="assurance-") as name:
                outcome, copy = self._attempt(Path(name).resolve())
                if len(outcome.plans) == _EVALUATIONS and not outcome.errors:
                    return self._assembly(outcome)
                self._repair(outcome, copy)
        raise NotCollected(
            f"Terraform cannot evaluate {self.request.root}",
            file=self.request.root,
            remedy="see the diagnostics of `terraform validate`",
        )

    def modules(self) -> dict[Path, Module]:
        """Module directories of the tree."""
        return {node.module.path: node.module for node in self.tree.walk()}

    def evaluations(self) -> tuple[mocks.Evaluation, mocks.Evaluation]:
        """The two ways in which everything is made up."""
        first, second = (self._evaluation(number) for number in (0, 1))
        return first, second

    def _evaluation(self, number: int) -> mocks.Evaluation:
        values = placeholders(self.tree.module, self.valueless, number, self.guessed)
        fallback = self.request.region or _FALLBACK_REGIONS[number]
        region = static_region(Configured(node=self.tree, name="aws"), self.known, values)
        region = region or fallback
        return mocks.Evaluation(
            number=number,
            region=region,
            variables=values | dict(self.request.variables),
            regions=dict(self._regions(region, values)),
        )

    def _regions(self, region: str, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Data sources that answer for another region than the default provider's."""
        for node in self.tree.walk():
            for declared in node.module.resources:
                if not declared.startswith(("data.aws_region.", mocks.ZONE_DATA + ".")):
                    continue
                configured = resolve(node, provider_of(node.module, declared))
                other = static_region(configured, self.known, values)
                if other and other != region:
                    place = f"{node.address}." if node.address else ""
                    yield place + declared, other

    def _attempt(self, directory: Path) -> tuple[Outcome, scratch.Scratch]:
        copy = scratch.prepare(directory, self.tree, self.request.system)
        modules = self.modules()
        sources = {package.rpartition("/")[2]: package for package in self.packages}
        options = generated.Options(
            sources=sources,
            keeps_validation=not self.valueless,
            bare={path: frozenset(names) for path, names in self.bare.items()},
            json_keys=keys_read.json_keys(list(modules.values())),
            map_keys=keys_read.map_keys(list(modules.values()), self.schemas),
            holes=frozenset(self.holes),
        )
        stand_ins = {path: frozenset(names) for path, names in self.stand_ins.items()}
        scratch.write(copy, self.tree, self.schemas, stand_ins, options)
        provide(copy.root, self.packages)
        kinds = self._kinds(modules)
        files = {
            f"evaluation{evaluation.number}": mocks.test_file(evaluation, kinds, self.schemas)
            for evaluation in self.evaluations()
        }
        paths = tuple(path.resolve() for path in self.request.variable_files)
        return evaluate(self.terraform, copy.root, paths, files), copy

    def _kinds(self, modules: Mapping[Path, Module]) -> dict[str, set[str]]:
        kinds: dict[str, set[str]] = {p.rpartition("/")[2]: set() for p in self.packages}
        for path, module in modules.items():
            for declared in module.resources.keys() - self.stand_ins.get(path, set()):
                kinds.setdefault(local_name(declared), set()).add(generated.kind_of(declared))
        kinds.pop("terraform", None)
        return kinds

    def _assembly(self, outcome: Outcome) -> Assembly:
        evaluations = self.evaluations()
        evaluated = [
            read_plan(outcome.plans[f"evaluation{e.number}"], self.tree) for e in evaluations
        ]
        origins = [learn_origins(side, self.schemas) for side in evaluated]
        for known, evaluation in zip(origins, evaluations, strict=True):
            for name in self.valueless:
                known.learn_variable(evaluation.variables[name], name)
        origins[0].forget_common(origins[1])
        for known in origins:
            known.finish()
        return Assembly(
            system=self.request.system,
            tree=self.tree,
            schemas=self.schemas,
            tracer=Tracer(schemas=self.schemas, without_value=frozenset(self.valueless)),
            evaluated=(evaluated[0], evaluated[1]),
            origins=(origins[0], origins[1]),
            evaluations=evaluations,
        )

    def _repair(self, outcome: Outcome, copy: scratch.Scratch) -> None:
        """Let stand-ins take the place of what failed."""
        tracer = Tracer(schemas=self.schemas, without_value=frozenset(self.valueless))
        failures = [(problem, locate(problem, copy, self.tree)) for problem in outcome.errors]
        # One thing may fail in both evaluations, and at several lines.
        distinct = {
            (found.path, found.address, found.expression): found
            for _, found in failures
            if found is not None
        }
        guessed = guess(self.tree, tracer, failures) | self.guessed
        if guessed != self.guessed:
            self.guessed = guessed
            return
        repaired = [self._replace(found) for found in distinct.values()]
        for problem, found in failures:
            self._note(problem, copy, found, outcome.errors)
        if not any(repaired):
            first = outcome.errors[0] if outcome.errors else None
            raise NotCollected(
                "Terraform refuses the configuration: "
                + (_sentence(first, outcome.errors) if first else "it gives no plan"),
                file=self._file(first, copy) if first else str(self.request.root),
                line=(first.line or None) if first else None,
                remedy="correct it; `terraform validate` shows the same",
            )

    def _replace(self, found: Failure) -> bool:
        """Whether the next attempt differs by what is done about a failure."""
        if found.expression is not None:
            known = found.expression in self.holes
            self.holes.add(found.expression)
            return not known
        names = self.stand_ins.setdefault(found.path, set())
        bare = self.bare.setdefault(found.path, set())
        if found.address not in names:
            names.add(found.address)
            return True
        known = found.address in bare
        bare.add(found.address)
        return not known

    def _file(self, problem: Problem, copy: scratch.Scratch) -> str:
        if not problem.file:
            return relative(self.request.root, self.request.system)
        return relative(Path(copy.original(problem.file)), self.request.system)

    def _note(
        self,
        problem: Problem,
        copy: scratch.Scratch,
        found: Failure | None,
        errors: tuple[Problem, ...],
    ) -> None:
        # What fails on a placeholder says nothing about the configuration.
        guessed = lies_elsewhere(problem) or self._depends_on_placeholder(problem, found)
        entry = {
            "severity": "warning" if guessed else problem.severity,
            "summary": original(without_words(problem, "summary", errors)),
            "detail": original(without_words(problem, "detail", errors)),
            "file": found.file(self.request.system) if found else self._file(problem, copy),
            "line": found.line if found else problem.line,
        }
        self.valid = self.valid and guessed
        places = {(e["file"], e["line"], e["severity"]) for e in self.diagnostics}
        if (entry["file"], entry["line"], entry["severity"]) not in places:
            self.diagnostics.append(entry)

    def _depends_on_placeholder(self, problem: Problem, found: Failure | None) -> bool:
        if found is None or lies_in_the_text(problem):
            return False
        tracer = Tracer(schemas=self.schemas, without_value=frozenset(self.valueless))
        return any(
            name.startswith("" if is_about_a_shape(problem) else "var.")
            for node in self.tree.walk()
            if node.module.path == found.path
            for name in tracer.everything(node, found.block, found.source)
        )


def _sentence(problem: Problem, errors: tuple[Problem, ...]) -> str:
    parts = (original(without_words(problem, name, errors)) for name in ("summary", "detail"))
    return ": ".join(" ".join(part.split()) for part in parts if part)
