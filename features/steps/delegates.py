"""Sentences about the delegate."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import delegates as rules


@then("every delegate runs as many replicas as agreed")
def delegates_have_replicas(judge: Judge) -> None:
    """Enough replicas."""
    judge.every(
        "delegate", rules.has_replicas, judge.view.scaling, replicas=judge.limit("replicas")
    )


@then("every delegate is in private subnets only")
def delegates_are_in_private_subnets(judge: Judge) -> None:
    """No subnet routes to the internet directly."""
    judge.every("delegate", rules.is_in_private_subnets)


@then("every delegate has no public address")
def delegates_have_no_public_address(judge: Judge) -> None:
    """No public address is assigned."""
    judge.every("delegate", rules.has_no_public_address)


@then("every delegate runs a pinned image")
def delegates_have_pinned_image(judge: Judge) -> None:
    """Digest or exact release."""
    judge.every("delegate", rules.has_pinned_image)


@then("every delegate runs a supported release")
def delegates_have_supported_image(judge: Judge) -> None:
    """The release is recent enough."""
    judge.every("delegate", rules.has_supported_image, oldest=judge.limit("oldest_release"))


@then("every delegate logs to CloudWatch")
def delegates_log(judge: Judge) -> None:
    """The log driver writes to CloudWatch Logs."""
    judge.every("delegate", rules.logs)


@then("every delegate takes its token from a secret manager")
def delegates_take_token_by_reference(judge: Judge) -> None:
    """A reference, and no literal beside it."""
    judge.every("delegate", rules.takes_token_from_secret_manager)
