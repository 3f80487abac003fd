"""What must hold of steps that reach into AWS."""

from __future__ import annotations

from assurance.model.aws_steps import AwsStep, Way
from assurance.model.findings import Finding, all_of, each


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


def runs_where_its_connectors_do(step: AwsStep) -> Finding:
    """The delegates that it selects are among those that its connectors are meant for.

    What a step or its surroundings select goes before what the connector does, so the rights of
    another delegate would be used.
    """
    expected = "it runs on a delegate that its connectors of AWS select, too"
    ways = tuple(way for way in step.ways if way.is_aws)
    if step.is_hosted or not step.selectors or not ways:
        why = "nothing that selects a delegate stands beside a connector of AWS"
        return Finding(holds=True, expected=expected, actual=why)
    return each(ways, lambda way: _agrees(step, way), expected=expected, none="")


def _agrees(step: AwsStep, way: Way) -> Finding:
    tags = ", ".join(step.selectors)
    if not way.selectors:
        said = f"the connector {way.name} selects none"
        return Finding(holds=True, expected="", actual=said)
    meant = ", ".join(way.selectors)
    return Finding(
        holds=not set(step.selectors).isdisjoint(way.selectors),
        expected="",
        actual=f"it runs on delegates tagged {tags}, its connector {way.name} is for {meant}",
    )


def _hosted(step: AwsStep) -> Finding:
    """Harness's own machines have no delegate; what is left is a token for one run."""
    holds = bool(step.ways) and all_of(step.ways, lambda way: way.is_keyless)
    names = ", ".join(way.name for way in step.ways) or "no connector"
    return Finding(
        holds=holds,
        expected="on machines of Harness it signs in by OpenID Connect (OidcAuthentication)",
        actual=f"{step.touches}, on machines of Harness, through {names}",
    )
