"""What must hold of credentials in the definitions of a delivery."""

from __future__ import annotations

from assurance.model.credential_uses import CredentialUses, Leak
from assurance.model.findings import Finding, each


def takes_credentials_by_reference(definition: CredentialUses) -> Finding:
    """No credential stands in it; each comes from the secret manager."""
    expected = "credentials come from the secret manager, none stands in the file"
    if not definition.literals:
        actual = f"{definition.uses} references to secrets, no credential in the file"
        return Finding(holds=True, expected=expected, actual=actual)
    names = ", ".join(dict.fromkeys(found.name for found in definition.literals))
    return Finding(
        holds=False,
        expected=expected,
        actual=f"a credential stands in the file: {names}",
        location=definition.literals[0].location,
    )


def shows_no_credential(definition: CredentialUses) -> Finding:
    """Nothing that it does brings one to light."""
    expected = "no credential is printed, exported, put into a tag or image, or told"
    if not definition.leaks:
        actual = f"{definition.uses} references to secrets, none of them shown"
        return Finding(holds=True, expected=expected, actual=actual)
    return each(definition.leaks, _shown, expected=expected, none="")


def _shown(leak: Leak) -> Finding:
    return Finding(
        holds=False,
        expected="",
        actual=f"it {leak.showing} {leak.credential}: {leak.place} ({leak.location})",
        location=leak.location,
    )
