"""Tells a credential by its form or by the name of the setting that holds it.

The forms are those that their issuers publish, so that anybody can find a leaked one:
https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

_FORM = re.compile(
    r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(gh[pousr]|github_pat)_\w{22,}|\bglpat-[\w-]{20}|\bxox[abeprs]-[\w-]{10,}"
    r"|\bdckr_pat_[\w-]{20,}|\bsq[aup]_[0-9a-f]{40}|\bsk_live_\w{10,}|\bnpm_\w{36}"
    r"|\bpat\.[\w-]{22}\.[0-9a-f]{24}\.\w{20}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\."
    r"|hooks\.slack\.com/services/T\w+/B\w+/\w+|\.webhook\.office\.com/webhookb2/[\w-]{8}"
    r"|//[^/\s:@$<]+:[^@/\s$<]{3,}@"
)
_NAME = re.compile(
    r"(^|[_-]|(?<=[a-z]))(password|passwd|passphrase|pwd|secret|token|credentials?|api_?key"
    r"|secret_?key|access_?key|private_?key|signing_?key|encryption_?key)$",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"secrets\.getValue\(|^\s*$|^(true|false)$|^<\+|^\$|^arn:|^\*+$|^/?[a-z][\w.-]*(/[\w.-]+)+$"
)
"""Values that are references: expressions, variables, ARNs, and names such as `shop/live/key`."""

_HEADER = re.compile(r"^\s*(Bearer|Basic|token)\s+(?!<\+|\$)[\w.+/=-]{6,}", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def has_form_of_credential(text: str) -> bool:
    """Whether a text holds something that only a credential looks like.

    What people write is much the same from definition to definition: each text is searched once.
    """
    return _FORM.search(text) is not None


def is_literal_credential(name: str, value: object) -> bool:
    """Whether a setting holds a credential itself instead of a reference to one."""
    if not isinstance(value, str):
        return False
    if has_form_of_credential(value):
        return True
    holds = _holds(name)
    if holds is _Holds.HEADER and _HEADER.match(value):
        return True
    return holds is _Holds.CREDENTIAL and _TELLING.search(value) is None


class _Holds(Enum):
    """What a setting of a name holds."""

    ANYTHING = 0
    HEADER = 1
    CREDENTIAL = 2


@lru_cache(maxsize=1 << 14)
def _holds(name: str) -> _Holds:
    if _NAME.search(name) is not None:
        return _Holds.CREDENTIAL
    return _Holds.HEADER if name.lower().endswith("authorization") else _Holds.ANYTHING
