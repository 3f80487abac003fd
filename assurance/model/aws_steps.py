"""Steps that reach into AWS, and what they reach it through."""

from __future__ import annotations

from assurance.model.records import record
from assurance.model.subjects import Subject


@record(kw_only=True, eq=False)
class Way:
    """A connector that a step, or what it deploys to, names.

    Attributes:
        name: As it is written.
        selectors: Tags of the delegates that it runs on; unknown where it is not at hand.
        is_aws: Whether it signs in to AWS; one of a registry or of Git gives no rights there.
        is_keyless: Whether it signs in by a short-lived token of Harness itself.
    """

    name: str
    selectors: tuple[str, ...]
    is_aws: bool
    is_keyless: bool


@record(kw_only=True, eq=False)
class AwsStep:
    """A step that reaches into AWS.

    Attributes:
        touches: By what it does so: its type, or the command.
        selectors: Tags of the delegates that it runs on by itself or by what it stands in.
        is_hosted: Whether it runs on machines of Harness, which have no delegate.
        ways: The connectors that it uses; those of its infrastructure where it names none.
    """

    subject: Subject
    touches: str
    selectors: tuple[str, ...]
    is_hosted: bool
    ways: tuple[Way, ...]
