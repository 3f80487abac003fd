"""What must hold of repositories of images."""

from __future__ import annotations

from assurance.model.findings import Finding, any_of, each
from assurance.model.identities import Principal, Statement
from assurance.model.registries import Expiry, Repository

_CALLER = ("aws:principalaccount", "aws:principalarn", "aws:principalorgid")


def is_private(repository: Repository, accounts: tuple[str, ...]) -> Finding:
    """Neither public, nor open to anybody or to another account but the given ones."""
    expected = "a private repository that names only principals of its own account"
    if repository.is_public:
        actual = "it is part of the public gallery"
        return Finding(holds=False, expected=expected, actual=actual)
    granting = [found for found in repository.statements if found.allows]
    if not granting:
        actual = "private; no policy lets anybody else in"
        return Finding(holds=True, expected=expected, actual=actual)
    return each(
        granting,
        lambda statement: _names_own_principals(statement, accounts),
        expected=expected,
        none="",
    )


def _names_own_principals(statement: Statement, accounts: tuple[str, ...]) -> Finding:
    if statement.other_principals:
        actual = f"{statement.label} lets everybody in but some (NotPrincipal)"
        return Finding(holds=False, expected="", actual=actual)
    return each(
        statement.principals,
        lambda principal: _is_own(principal, statement, accounts),
        expected="",
        none=f"{statement.label} names no principal",
    )


def _is_own(principal: Principal, statement: Statement, accounts: tuple[str, ...]) -> Finding:
    lets = f"{statement.label} lets in {principal.name}"
    if principal.name == "*":
        bound = any_of(statement.conditions, lambda found: found.key.lower() in _CALLER)
        said = " under a condition on the caller" if bound else ", which is everybody"
        return Finding(holds=bound, expected="", actual=lets + said)
    if principal.kind == "Service":
        return Finding(holds=True, expected="", actual=lets)
    if any(account in principal.name for account in accounts):
        return Finding(holds=True, expected="", actual=f"{lets} of an account that may")
    own = principal.account == "own"
    said = " of its own account" if own else " of another account"
    return Finding(holds=own, expected="", actual=lets + said)


def has_immutable_tags(repository: Repository) -> Finding:
    """A tag that was pushed once keeps meaning the same image."""
    expected = "image_tag_mutability IMMUTABLE, without exclusions"
    actual = f"image_tag_mutability is {repository.mutability}"
    holds = repository.mutability == "IMMUTABLE"
    if not holds and any_of(repository.mutable_tags, bool):
        actual += f", except for {', '.join(repository.mutable_tags)}"
    return Finding(holds=holds, expected=expected, actual=actual)


def keeps_what_a_rollback_needs(
    repository: Repository, images: int, disposable: tuple[str, ...]
) -> Finding:
    """Old images expire, but neither the running one nor those before it.

    Age says nothing of use: the image that runs may be the oldest one. So released images may
    expire by their count only.

    Args:
        repository: With its lifecycle policy.
        images: How many of the newest images must stay.
        disposable: Prefixes of the tags that no release carries.
    """
    expected = f"a lifecycle policy that expires images and keeps the newest {images} released ones"
    return each(
        repository.expiries,
        lambda rule: _spares_releases(rule, images, disposable),
        expected=expected,
        none="it has no lifecycle policy: images stay for ever",
    )


def _spares_releases(rule: Expiry, images: int, disposable: tuple[str, ...]) -> Finding:
    name = f"rule {rule.priority}"
    if rule.tag_status == "untagged":
        return _spares(f"{name} expires untagged images only")
    if rule.tags and not any_of(rule.tags, lambda tag: not tag.startswith(disposable)):
        return _spares(f"{name} expires images tagged {', '.join(rule.tags)} only")
    if rule.count_type != "imageCountMoreThan":
        old = f"{name} expires tagged images {rule.count} days old, the running one included"
        return Finding(holds=False, expected="", actual=old)
    kept = f"{name} keeps the newest {rule.count} images only"
    return Finding(holds=rule.count >= images, expected="", actual=kept)


def _spares(actual: str) -> Finding:
    return Finding(holds=True, expected="", actual=actual)


def is_replicated(repository: Repository) -> Finding:
    """Its images are in another region as well."""
    expected = f"a replication rule that copies {repository.name} to another region"
    elsewhere = any_of(repository.replicas, lambda region: region != repository.region)
    if not elsewhere:
        actual = f"it exists in {repository.region} only"
        return Finding(holds=False, expected=expected, actual=actual)
    actual = f"it is in {repository.region} and copied to another region"
    return Finding(holds=True, expected=expected, actual=actual)


def is_scanned_on_push(repository: Repository) -> Finding:
    """Every image is scanned when it is pushed."""
    actual = "images are scanned on push" if repository.is_scanned else "pushes are not scanned"
    return Finding(
        holds=bool(repository.is_scanned), expected="a scan of every push", actual=actual
    )


def is_encrypted_with_own_key(repository: Repository) -> Finding:
    """Its images are encrypted with a customer managed key."""
    expected = "encryption_type KMS with a customer managed key"
    if repository.encryption == "AES256":
        actual = "encrypted with AES256, a key that only AWS has"
        return Finding(holds=False, expected=expected, actual=actual)
    if repository.key.name == "":
        actual = "encrypted with aws/ecr, the key that AWS manages (kms_key is unset)"
        return Finding(holds=False, expected=expected, actual=actual)
    holds = bool(repository.key.is_customer_managed)
    return Finding(holds=holds, expected=expected, actual=f"encrypted with {repository.key.name}")
