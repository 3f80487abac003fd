"""Commands that run in whatever an image is today."""

from __future__ import annotations

import re

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject
from step_kinds import COMMANDS, kind

DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
VERSION = re.compile(r":[^/]*\d[^/]*$")


def image_is_pinned(step: Block) -> str | None:
    """A tag without a number moves on; what builds and tests moves with it."""
    spec = step.block("spec")
    if kind(step) not in COMMANDS or not spec.given("image"):
        raise NotSubject("runs in no image of its own")
    image = spec.text("image")
    if DIGEST.search(image) or VERSION.search(image):
        return None
    return f"runs in {image}, which is no exact version"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_66",
    requirement="IMG-04",
    name="Image of a step is an exact version",
    remedy="Name the image with an exact version or a digest.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=image_is_pinned,
    omitted="A step without an image runs in the machine of its stage.",
)
