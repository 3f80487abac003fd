"""References of images: registry, repository, tag and digest."""

from __future__ import annotations

from assurance.model.records import record

_TRANSPORTS = ("docker://", "docker-daemon:", "containers-storage:", "oci://")


@record(kw_only=True, eq=False)
class ImageReference:
    """A reference in its parts, each as it is written; empty where it is not.

    Attributes:
        registry: The host.
        repository: What is named in it.
        tag: Tag or digest.
    """

    registry: str
    repository: str
    tag: str


def image_reference(text: str) -> ImageReference:
    """Take a reference apart; Harness's expressions and shell variables in it are kept whole."""
    for transport in _TRANSPORTS:
        text = text.removeprefix(transport)
    path, tag = _without_tag(text)
    first, slash, rest = path.partition("/")
    is_host = bool(slash) and (
        "." in first or ":" in first or first == "localhost" or first.startswith(("$", "<+"))
    )
    if slash and is_host:
        return ImageReference(registry=first, repository=rest, tag=tag)
    return ImageReference(registry="", repository=path, tag=tag)


def _without_tag(text: str) -> tuple[str, str]:
    """Divide at the digest, or at the last colon that is not that of a port or an expression."""
    whole, at, digest = text.partition("@sha256:")
    if at:
        return whole, f"sha256:{digest}"
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        letter = text[place]
        depth += (letter in ">}") - (letter in "<{")
        if depth <= 0 and letter == "/":
            break
        if depth <= 0 and letter == ":":
            return text[:place], text[place + 1 :]
    return text, ""
