"""Tags that say nothing."""

from __future__ import annotations

import re

from definition_block import Block, Unresolved
from definition_policy import DefinitionPolicy, NotSubject
from step_kinds import PUBLICATIONS, kind

EXPRESSION = re.compile(r"<\+[^>]*>")
# Harness fills these in by itself, with what is never that word.
HARMLESS = re.compile(
    r"<\+(?:codebase\.(?:commitSha|shortCommitSha)|pipeline\.(?:sequenceId|startTs))"
)


def tag_is_not_latest(step: Block) -> str | None:
    """Where tags are left out or come from a run, nobody can tell what is published."""
    if kind(step) not in PUBLICATIONS:
        raise NotSubject("publishes nothing")
    tags = [str(tag).strip() for tag in step.block("spec").items("tags")]
    if not tags:
        return "names no tag"
    if any(tag.lower() == "latest" for tag in tags):
        return "publishes the tag latest"
    open_tags = [tag for tag in tags if _may_be_latest(tag)]
    if open_tags:
        raise Unresolved(f"tags hold {open_tags[0]}")
    return None


def _may_be_latest(tag: str) -> bool:
    literal = EXPRESSION.sub("", tag).lower()
    return "<+" in tag and literal in "latest" and not HARMLESS.match(tag)


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_55",
    requirement="CIP-04",
    name="Published image is not tagged latest",
    remedy="Tag the image with the commit, as in build-<+codebase.commitSha>.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=tag_is_not_latest,
)
