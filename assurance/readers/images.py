"""Reads where an image comes from, and whether what it names can change."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from assurance.model.containers import Image
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import flag
from assurance.readers.state import TOKEN, Block, Resource, tokens

ECR_HOST = re.compile(r"\.dkr\.ecr(-fips)?\.[^/]+$|^[^/]*\.dkr-ecr[^/]*$")
_IMMUTABLE = ("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")
_PUBLIC = "aws_ecrpublic_repository"


def read_image(block: Block, reference: Any) -> Image:
    """Return the image that a container definition names."""
    if is_unknown(reference):
        return reference
    if not isinstance(reference, str) or not reference:
        return unknown("the container definition names no image")
    name, tag, digest = _split(reference)
    found = tokens(name)
    address = found[0] if found else ("", "")
    if address[1] in ("image_uri", "image"):
        return _looked_up(block, reference, address)
    repository = _repository(block, name)
    if repository is None and found and not _is_ecr(name):
        return unknown(f"nobody can see what image {reference} names")
    return Image(
        reference=reference,
        is_private=_is_private(block, name, repository),
        repository=repository.id if repository is not None else name,
        tag=tag,
        digest=digest,
        tag_is_immutable=_is_immutable(repository, tag, name),
    )


def _split(reference: str) -> tuple[str, str, str]:
    """Part a reference into name, tag and digest; references to resources stay whole."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    def restore(text: str) -> str:
        return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)

    name, _, digest = TOKEN.sub(keep, reference).partition("@")
    path, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    return restore(path + slash + last), restore(tag), restore(digest)


def _looked_up(block: Block, reference: str, address: tuple[str, str]) -> Image:
    """An image that a data source looks up: `aws_ecr_image` answers with a digest."""
    if "data.aws_ecr_image." not in address[0]:
        return unknown(f"the image is whatever {reference} finds")
    data = block.resource.resolve(reference)
    repository = "" if data is None else data.get("repository_name")
    return Image(
        reference=reference,
        is_private=True,
        repository=repository,
        tag="",
        digest="as looked up",
        tag_is_immutable=False,
    )


def _repository(block: Block, name: str) -> Resource | None:
    """Return the repository of the configuration that an image name starts with."""
    found = re.match(TOKEN, name)
    if found is not None and found[2] in ("repository_url", "repository_uri"):
        return block.resource.resolve(found[0])
    if _is_ecr(name):
        return block.resource.resolve(name.partition("/")[2], "aws_ecr_repository")
    return None


def _is_ecr(name: str) -> bool:
    return "/" in name and ECR_HOST.search(_host(name)) is not None


def _host(name: str) -> str:
    """Return the part before the first slash that is not inside a reference."""
    return TOKEN.sub("0", name).partition("/")[0]


def _is_private(block: Block, name: str, repository: Resource | None) -> bool:
    if repository is not None:
        return repository.type != _PUBLIC
    return _is_ecr(name) or block.is_set("repositoryCredentials.credentialsParameter")


def _is_immutable(repository: Resource | None, tag: str, name: str) -> bool:
    """Whether the tag cannot be moved; unset, ECR lets tags be moved.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
    """
    if repository is None or not repository.is_managed:
        return unknown(f"the repository {name} is not part of this configuration")
    setting = repository.get("image_tag_mutability", "MUTABLE")
    if is_unknown(setting):
        return setting
    return flag(setting in _IMMUTABLE and not _is_excluded(repository, tag))


def _is_excluded(repository: Resource, tag: str) -> bool:
    filters = repository.blocks("image_tag_mutability_exclusion_filter")
    return not is_unknown(filters) and any(
        fnmatchcase(tag or "latest", str(block.get("filter"))) for block in filters
    )
