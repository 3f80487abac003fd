"""What must hold of secrets."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.model.secrets import Secret


def is_encrypted_with_own_key(secret: Secret) -> Finding:
    """Its key is customer managed: who may use it is ours to say."""
    expected = "encrypted with a customer managed key"
    if secret.key.name == "":
        actual = "encrypted with the key that AWS manages for the service (no key is named)"
        return Finding(holds=False, expected=expected, actual=actual)
    holds = bool(secret.key.is_customer_managed)
    return Finding(holds=holds, expected=expected, actual=f"encrypted with {secret.key.name}")


def names_its_owner(secret: Secret, tag: str) -> Verdict:
    """A tag says who answers for it.

    Args:
        secret: One that is not kept by a service of AWS.
        tag: The tag's name, in any case.
    """
    if secret.rotator:
        return NotApplicable("rotated_by_service")
    expected = f"a tag {tag} that is not empty"
    holds = any_of(secret.tags, lambda item: item[0].lower() == tag.lower() and item[1] != "")
    names = ", ".join(name for name, _ in secret.tags) or "none"
    actual = f"has the tag {tag}" if holds else f"has no tag {tag}; its tags: {names}"
    return Finding(holds=holds, expected=expected, actual=actual)


def rotates_in_time(secret: Secret, days: int) -> Finding:
    """What it holds is replaced regularly, without a person."""
    expected = f"rotated at least every {days} days"
    if secret.rotation_days == 0:
        return Finding(holds=False, expected=expected, actual="it is never rotated")
    who = f" by {secret.rotator}" if secret.rotator else ""
    actual = f"rotated every {secret.rotation_days} days{who}"
    return Finding(holds=secret.rotation_days <= days, expected=expected, actual=actual)
