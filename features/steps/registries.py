"""Steps about registries: who reaches images, and which of them stay."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import registries as rules


@then("every repository lets in only principals of its own account")
def repositories_are_private(judge: Judge) -> None:
    """Nobody anonymous, nobody foreign."""
    judge.every("repository", rules.is_private, accounts=judge.limit("accounts"))


@then("every private repository has immutable tags")
def tags_are_immutable(judge: Judge) -> None:
    """Without exclusions."""
    judge.every("private repository", rules.has_immutable_tags)


@then("every private repository expires old images and keeps the newest releases")
def releases_are_kept(judge: Judge) -> None:
    """The running image and those before it stay."""
    limits = {name: judge.limit(name) for name in ("images", "disposable")}
    judge.every("private repository", rules.keeps_what_a_rollback_needs, **limits)


@then("every private repository is replicated to another region")
def repositories_are_replicated(judge: Judge) -> None:
    """By a rule that covers it."""
    judge.every("private repository", rules.is_replicated)


@then("every private repository scans each push")
def pushes_are_scanned(judge: Judge) -> None:
    """By the repository's or the registry's setting."""
    judge.every("private repository", rules.is_scanned_on_push)


@then("every private repository is encrypted with a customer managed key")
def repositories_are_encrypted(judge: Judge) -> None:
    """Not with a key of AWS."""
    judge.every("private repository", rules.is_encrypted_with_own_key)
