"""The detectors of detect-secrets that know a credential by its own form, applied to text.

Detectors that guess by entropy or by the word `password` are left out: what they find decides
nothing without a person. Names that give a credential away are judged where values are known: in
evaluated Terraform, task definitions and pipelines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from detect_secrets.core.plugins.initialize import from_plugin_classname
from detect_secrets.plugins.base import RegexBasedDetector

_NAMES = (
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "CloudantDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "IbmCloudIamDetector",
    "JwtTokenDetector",
    "MailchimpDetector",
    "NpmDetector",
    "PrivateKeyDetector",
    "SendGridDetector",
    "SlackDetector",
    "SquareOAuthDetector",
    "StripeDetector",
    "TwilioKeyDetector",
)
_EXCEPTED = re.compile(r"pragma: ?(allow|white)list[ -]secret|AKIA\w{9}EXAMPLE\b")
"""What a line says that holds no credential; AWS ends those in its documentation so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something in the form of a credential.

    Attributes:
        line: From 1.
        what: Of what kind.
        mark: A digest that tells it apart without telling it.
        excepted: Whether its line says that it is none.
    """

    line: int
    what: str
    mark: str
    excepted: bool


@cache
def _forms() -> tuple[tuple[RegexBasedDetector, re.Pattern[str]], ...]:
    """Return every form with its detector, compiled once."""
    made = (from_plugin_classname(name) for name in _NAMES)
    return tuple(
        (found, form)
        for found in made
        if isinstance(found, RegexBasedDetector)
        for form in found.denylist
    )


def hits(text: str) -> Iterator[Hit]:
    """Yield what has the form of a credential, in order of line.

    The forms are searched in the whole text first: a detector reads only the lines in which its
    own form occurs, which makes it several times faster than reading all.
    """
    lines = text.split("\n")
    found: dict[tuple[int, str], Hit] = {}
    for detector, form in _forms():
        for match in form.finditer(text):
            first = text.count("\n", 0, match.start())
            last = first + match[0].count("\n")
            written = "\n".join(lines[first : last + 1])
            for secret in detector.analyze_line(filename="", line=written, line_number=first + 1):
                found[first, secret.type] = Hit(
                    line=first + 1,
                    what=secret.type,
                    mark=str(secret.secret_hash),
                    excepted=bool(_EXCEPTED.search(written)),
                )
    yield from (found[key] for key in sorted(found))
