"""Sentences about the way of applications through CI."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import application_delivery as rules
from assurance.rules import build_caches, published_images, report_paths


@then("every application has its code checked out by CI")
def checked_out(judge: Judge) -> None:
    """By the stage that builds its image, or a step of it."""
    found = judge.view.delivery
    judge.every("application", rules.is_checked_out, found.ci_pipelines, found.build_stages)


@then("every application has its image built by CI")
def built(judge: Judge) -> None:
    """From its Dockerfile, its directory, or under its name."""
    judge.every("application", rules.is_built, judge.view.delivery.ci_pipelines)


@then("every application has its unit tests run by CI")
def tested(judge: Judge) -> None:
    """By a step that fails with them."""
    judge.every("application", rules.is_tested, judge.view.delivery.ci_pipelines)


@then("every application has its image scanned by CI")
def scanned(judge: Judge) -> None:
    """By name, or as the archive that it was built into."""
    judge.every("application", rules.is_scanned, judge.view.delivery.ci_pipelines)


@then("every application has its image published to ECR by CI")
def published(judge: Judge) -> None:
    """Another name for an image that was published before is no such thing."""
    judge.every("application", rules.is_published_to_ecr, judge.view.delivery.ci_pipelines)


@then("every application has the report of its tests published by CI")
def reported(judge: Judge) -> None:
    """From the path that its tests write."""
    judge.every("application", rules.is_reported, judge.view.delivery.ci_pipelines)


@then("every application is published only after its unit tests passed")
def published_after_tests(judge: Judge) -> None:
    """On every path."""
    judge.every("application", rules.publishes_after_unit_tests, judge.view.delivery.ci_pipelines)


@then("every application is published only after a scan of its image found nothing severe")
def published_after_image_scan(judge: Judge) -> None:
    """What is severe is a parameter of the requirement."""
    judge.every(
        "application",
        rules.publishes_after_image_scan,
        judge.view.delivery.ci_pipelines,
        severity=judge.limit("severity"),
    )


@then("every application is published only after a scan of its dependencies found nothing severe")
def published_after_dependency_scan(judge: Judge) -> None:
    """What is severe is a parameter of the requirement."""
    judge.every(
        "application",
        rules.publishes_after_dependency_scan,
        judge.view.delivery.ci_pipelines,
        severity=judge.limit("severity"),
    )


@then("every application is published only after a static analysis of its code")
def published_after_code_scan(judge: Judge) -> None:
    """That fails at the worst findings at least."""
    judge.every("application", rules.publishes_after_code_scan, judge.view.delivery.ci_pipelines)


@then("every application is published only after it passed the quality gate")
def published_after_quality_gate(judge: Judge) -> None:
    """Which somebody waits for."""
    judge.every("application", rules.publishes_after_quality_gate, judge.view.delivery.ci_pipelines)


@then("every application is published only with its code covered as agreed")
def published_covered(judge: Judge) -> None:
    """The least coverage is a parameter of the requirement."""
    judge.every(
        "application",
        rules.publishes_only_covered_code,
        judge.view.delivery.ci_pipelines,
        percent=judge.limit("percent"),
    )


@then("every application has its coverage reported by CI")
def coverage_reported(judge: Judge) -> None:
    """In a file that other tools read."""
    judge.every("application", rules.reports_coverage, judge.view.delivery.ci_pipelines)


@then("every application has its dependencies cached by its lock files")
def dependencies_cached(judge: Judge) -> None:
    """Under a key that changes with all of them."""
    judge.every("application", build_caches.caches_dependencies, judge.view.delivery.build_stages)


@then("every dependency cache follows lock files that exist")
def caches_follow_locks(judge: Judge) -> None:
    """And no other file."""
    judge.every(
        "dependency cache", build_caches.follows_lock_files, judge.view.delivery.applications
    )


@then("every image build reuses layers")
def builds_reuse_layers(judge: Judge) -> None:
    """Of earlier builds."""
    judge.every("image build", build_caches.reuses_layers)


@then("every published image leads back to its commit")
def images_lead_back(judge: Judge) -> None:
    """By a tag."""
    judge.every("published image", published_images.leads_back_to_commit)


@then("every published image has no tag that moves")
def images_are_not_latest(judge: Judge) -> None:
    """Such as latest."""
    judge.every("published image", published_images.is_not_latest)


@then("every published image has its URL in an output of its pipeline")
def images_are_outputs(judge: Judge) -> None:
    """So that a delivery can take it from there."""
    judge.every("published image", published_images.is_named_for_others)


@then("every test run publishes the reports that it writes")
def reports_published(judge: Judge) -> None:
    """From the paths that its command names."""
    judge.every("test run", report_paths.publishes_its_reports)
