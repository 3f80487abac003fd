"""Steps that build, publish, deploy, roll back, switch flags, wait and tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.actions import (
    Checkout,
    ImageBuild,
    Message,
    Part,
    Pause,
    Publication,
    SharedCache,
    Upload,
)
from assurance.model.image_references import image_reference
from assurance.model.releases import FlagChange, InfrastructureChange
from assurance.model.unknown import is_unknown
from assurance.readers.actions_scripts import Reader
from assurance.readers.command_context import path_from, rooted
from assurance.readers.projects import Projects
from assurance.readers.shell_state import CLONE
from assurance.readers.written_values import at, text, texts, texts_by_name, truth

_REGISTRIES = {
    "BuildAndPushECR": "ecr",
    "BuildAndPushDockerRegistry": "",
    "BuildAndPushGAR": "gar",
    "BuildAndPushGCR": "gcr",
    "BuildAndPushACR": "acr",
}


def _build_and_push(step_type: str) -> Reader:
    """Return the reading of a step that builds and pushes, or only one of both.

    The variables are those of Harness's plugin: `PLUGIN_NO_PUSH` with `PLUGIN_TAR_PATH` keeps the
    image in an archive, `PLUGIN_PUSH_ONLY` with `PLUGIN_SOURCE_TAR_PATH` publishes such a one.
    """

    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        variables = texts_by_name(spec.get("envVariables"))
        no_push = truth(variables.get("PLUGIN_NO_PUSH"), "whether the image is pushed")
        only_push = truth(variables.get("PLUGIN_PUSH_ONLY"), "whether the image is built")
        source = variables.get("PLUGIN_SOURCE_TAR_PATH", "")
        builds = True if is_unknown(only_push) else not only_push
        pushes = True if is_unknown(no_push) else not no_push
        build = _build(step_type, spec, variables)
        published = Publication(
            tool=step_type,
            registry=_REGISTRIES[step_type],
            image=build.image,
            tags=build.tags,
            archive=path_from(CLONE, source) if not builds else "",
            source="",
            was_published=False,
            context=build.context if builds else "",
        )
        return (*((build,) if builds else ()), *((published,) if pushes else ()))

    return read


def _build(step_type: str, spec: Mapping[str, Any], variables: Mapping[str, str]) -> ImageBuild:
    name = spec.get("imageName") or spec.get("repo") or spec.get("repository")
    image = text(name)
    caches = truth(spec.get("caching"), "whether layers are cached")
    kept = any(
        spec.get(key) for key in ("cacheFrom", "cacheTo", "remoteCacheImage", "remoteCacheRepo")
    )
    return ImageBuild(
        tool=step_type,
        image=image if is_unknown(image) else image_reference(image).repository,
        tags=texts(spec.get("tags")),
        dockerfile=path_from(CLONE, text(spec.get("dockerfile"))),
        context=rooted(path_from(CLONE, text(spec.get("context")) or ".")),
        archive=path_from(CLONE, variables.get("PLUGIN_TAR_PATH", "")),
        caches_layers=True if kept else caches,
    )


def _checkout(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    repository = text(spec.get("repoName")) or text(spec.get("connectorRef"))
    return (Checkout(repository=repository, directory=text(spec.get("cloneDirectory"))),)


def _cache(*, saves: bool) -> Reader:
    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        paths = texts(spec.get("sourcePaths"))
        return (SharedCache(key=text(spec.get("key")), paths=paths, saves=saves),)

    return read


def _upload(step_type: str) -> Reader:
    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        return (Upload(tool=step_type, path=text(spec.get("sourcePath"))),)

    return read


def _infrastructure(step_type: str) -> Reader:
    def read(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
        place = ("configuration", "spec", "configFiles", "store", "spec", "folderPath")
        return (InfrastructureChange(tool=step_type, directory=text(at(spec, *place))),)

    return read


def _flag(spec: Mapping[str, Any], _: Projects) -> tuple[Part, ...]:
    feature = text(spec.get("feature")) or text(spec.get("flagName")) or text(spec.get("flag"))
    environment = text(spec.get("environment")) or text(spec.get("environmentId"))
    return (FlagChange(feature=feature, environment=environment),)


def _message(channel: str) -> Reader:
    def read(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
        return (Message(channel=channel),)

    return read


def _pause(kind: str) -> Reader:
    def read(_: Mapping[str, Any], __: Projects) -> tuple[Part, ...]:
        return (Pause(kind=kind),)

    return read


_FLAGS = (
    *("FlagConfiguration", "FmeFlagCreate", "FmeFlagSetTargetingRules", "FmeFlagReallocateTraffic"),
    *("FmeFlagKill", "FmeFlagRestore", "FmeFlagUpdate", "FmeFlagDelete", "FmeFlagArchive"),
    *("FmeFlagDefaultAllocation", "FmeFlagSetTreatments", "FmeFlagPatchDefinition"),
    *("FmeFlagLimitExposure", "FmeFlagSetIndividualTargets", "FmeFlagSetDynamicConfigurations"),
)
_MESSAGES = {
    "Email": "email",
    "JiraCreate": "jira",
    "JiraUpdate": "jira",
    "ServiceNowCreate": "servicenow",
    "ServiceNowUpdate": "servicenow",
    "ServiceNowImportSet": "servicenow",
}
_INFRASTRUCTURE = (
    *("TerraformApply", "TerraformDestroy", "TerraformRollback", "TerragruntApply"),
    *("TerragruntDestroy", "TerragruntRollback", "TerraformCloudRun", "TerraformCloudRollback"),
    *("CreateStack", "DeleteStack", "RollbackStack", "AzureCreateARMResource", "AwsCdkDestroy"),
    *("AwsCdkBootstrap", "ShellScriptProvision", "AzureARMRollback", "AzureCreateBPResource"),
    *("DBSchemaApply", "DBSchemaRollback", "LiquibaseCommand", "FlywayCommand", "AwsCdkRollback"),
)

DELIVERY_STEPS: Mapping[str, Reader] = {
    **{name: _build_and_push(name) for name in _REGISTRIES},
    "GitClone": _checkout,
    **{
        name: _cache(saves=True)
        for name in ("SaveCache", "SaveCacheS3", "SaveCacheGCS", "SaveCacheAzure")
    },
    **{
        name: _cache(saves=False)
        for name in ("RestoreCache", "RestoreCacheS3", "RestoreCacheGCS", "RestoreCacheAzure")
    },
    **{name: _upload(name) for name in ("S3Upload", "GCSUpload", "ArtifactoryUpload", "HarUpload")},
    **{name: _infrastructure(name) for name in _INFRASTRUCTURE},
    **dict.fromkeys(_FLAGS, _flag),
    **{name: _message(channel) for name, channel in _MESSAGES.items()},
    **{name: _pause(name) for name in ("Wait", "Barrier", "Queue")},
}
"""Types of steps that make or move something, or speak to people."""
