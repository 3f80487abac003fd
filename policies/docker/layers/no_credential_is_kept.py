"""Credentials that every holder of the image can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockerfile_policy import DockerfilePolicy, Violation
from dockerfile_reading import Dockerfile

NAME = re.compile(
    r"(?i)(?:^|_)(?:password|passwd|passphrase|token|secret|api_?key|access_?key|private_?key"
    r"|credentials?)$"
)
VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bgithub_pat_|\bxox[abprs]-|\bsk_live_"
    r"|://[^/\s:@]+:[^/\s@$]+@"
)
PAIR = re.compile(r"([A-Za-z_]\w*)=")


def no_credential_is_kept(file: Dockerfile) -> Iterator[Violation]:
    """The history of an image tells its environment and its build arguments."""
    for found in file.every("ENV", "ARG"):
        first = found.value.split()[0] if found.value else ""
        names = PAIR.findall(found.value) or [first]
        told = [name for name in names if NAME.search(name)]
        if told:
            yield found, f"{found.keyword} keeps {', '.join(told)} in the image"
        elif VALUE.search(found.value):
            yield found, f"{found.keyword} keeps a credential in the image"
    for run in file.every("RUN"):
        if VALUE.search(run.value):
            yield run, "the command keeps a credential in the history of the image"


POLICY = DockerfilePolicy(
    policy="CKV_ASSURE_82",
    requirement="SEC-01",
    name="Layers of the image keep no credential",
    remedy="Give it to the build with RUN --mount=type=secret, and to the container as a secret.",
    judge=no_credential_is_kept,
    omitted="What takes no ENV or ARG keeps none.",
)
