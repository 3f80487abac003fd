"""What must hold of steps that reach into AWS."""

from __future__ import annotations

from assurance.model.aws_steps import AwsStep
from assurance.model.findings import Finding, all_of


def runs_on_selected_delegates(step: AwsStep) -> Finding:
    """It runs where it was told to, from inside."""
    expected = "it runs on a delegate that it, its surroundings or its connector select"
    if step.is_hosted:
        return _hosted(step)
    if step.selectors:
        actual = f"{step.touches}, on delegates tagged {', '.join(step.selectors)}"
        return Finding(holds=True, expected=expected, actual=actual)
    if step.ways and all_of(step.ways, lambda way: way.selectors != ()):
        names = ", ".join(way.name for way in step.ways)
        actual = f"{step.touches}, on the delegates of the connector {names}"
        return Finding(holds=True, expected=expected, actual=actual)
    actual = f"{step.touches}, on any delegate: nothing selects one"
    return Finding(holds=False, expected=expected, actual=actual)


def _hosted(step: AwsStep) -> Finding:
    """Harness's own machines have no delegate; what is left is a token for one run."""
    holds = bool(step.ways) and all_of(step.ways, lambda way: way.is_keyless)
    names = ", ".join(way.name for way in step.ways) or "no connector"
    return Finding(
        holds=holds,
        expected="on machines of Harness it signs in by OpenID Connect (OidcAuthentication)",
        actual=f"{step.touches}, on machines of Harness, through {names}",
    )
