"""What a caller asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsRequest:
    """The entrance of one environment; URLs end without a slash.

    Attributes:
        base_url: Where clients are told to go.
        plain: Where the same entrance takes plain HTTP; empty for port 80 of the same host.
        trust: Certificates of authorities in PEM, beside those that this machine trusts.
        paths: What is asked for over plain HTTP; paths that stand for all of the system.
        nowhere: A path that nothing serves, for the methods that write.
        seconds: How long one answer may take.
    """

    base_url: str
    plain: str = ""
    trust: Path | None = None
    paths: tuple[str, ...] = ("/",)
    nowhere: str = "/assurance-serves-nothing-here"
    seconds: float = 10.0
