"""Sentences about releases that are tried first, and about the way back."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import recovery, service_manifests
from assurance.rules import release_strategies as rules


@then("every blue/green release shows the new version by a listener of its own")
def listeners_apart(judge: Judge) -> None:
    """Before it serves anybody."""
    judge.every("blue/green release", rules.keeps_listeners_apart)


@then("every blue/green release verifies the new version before the switch")
def verified_before_switch(judge: Judge) -> None:
    """On every path."""
    judge.every("blue/green release", rules.verifies_before_switch)


@then("every blue/green release keeps the old version as long as agreed")
def keeps_old_version(judge: Judge) -> None:
    """How long is a parameter of the requirement."""
    judge.every("blue/green release", rules.keeps_old_version, minutes=judge.limit("minutes"))


@then("every canary release grows in steps")
def grows_in_steps(judge: Judge) -> None:
    """Each with a larger share than the one before."""
    judge.every("canary release", rules.grows_in_steps)


@then("every canary release is analysed between its steps")
def analysed_between_steps(judge: Judge) -> None:
    """On every path."""
    judge.every("canary release", rules.analyses_each_step)


@then("every canary release is reversed by a bad analysis")
def reversed_by_bad_analysis(judge: Judge) -> None:
    """By the rollback of its stage."""
    judge.every("canary release", rules.reverses_after_bad_analysis)


@then("a recovery pipeline deploys to production")
def recovery_reaches_production(judge: Judge) -> None:
    """One of those that are called so."""
    found = judge.view.delivery.recovery_pipelines
    judge.system(recovery.reaches_production, found, made_of=("harness_pipeline",))


@then("every recovery pipeline brings back an image that was released")
def brings_back_released_image(judge: Judge) -> None:
    """It takes no fixed tag and no newest image."""
    images = judge.view.delivery.deployed_images
    judge.every("recovery pipeline", recovery.brings_back_released_image, images)


@then("every recovery pipeline is rehearsed by a schedule")
def is_rehearsed(judge: Judge) -> None:
    """Outside production."""
    rehearsed = recovery.rehearsals(judge.view.pipelines, judge.view.delivery.triggers)
    judge.every("recovery pipeline", recovery.is_rehearsed, rehearsed)


@then("every service manifest keeps full capacity")
def manifest_keeps_full_capacity(judge: Judge) -> None:
    """As the requirement's parameter says."""
    services, least = judge.view.services.services, judge.limit("minimum_healthy_percent")
    judge.every("service manifest", service_manifests.keeps_full_capacity, services, least=least)


@then("every service manifest bounds its surplus")
def manifest_bounds_surplus(judge: Judge) -> None:
    """As the requirement's parameter says."""
    services, most = judge.view.services.services, judge.limit("maximum_percent")
    judge.every("service manifest", service_manifests.bounds_surplus, services, most=most)


@then("every service manifest rolls a failed deployment back")
def manifest_rolls_back(judge: Judge) -> None:
    """By the circuit breaker."""
    services = judge.view.services.services
    judge.every("service manifest", service_manifests.rolls_back, services)
