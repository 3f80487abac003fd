"""Commands that build images, name them, keep them in archives and publish them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assurance.model.actions import Command, ImageBuild, Part, Publication, Unrecognised
from assurance.model.image_references import image_reference
from assurance.model.unknown import unknown
from assurance.readers.arguments import Arguments, separated
from assurance.readers.command_context import Call, rooted

_BUILD_VALUES = (
    *("-t", "--tag", "-f", "--file", "--build-arg", "--target", "--platform", "--label"),
    *(
        "--cache-from",
        "--cache-to",
        "-o",
        "--output",
        "--secret",
        "--ssh",
        "--progress",
        "--network",
    ),
    *("--builder", "--build-context", "--provenance", "--sbom", "--add-host", "--iidfile"),
)
_LOCAL = ("docker-daemon:", "containers-storage:", "dir:", "oci:")
_ARCHIVES = ("docker-archive:", "oci-archive:", "tarball:")


def _nothing(call: Call) -> tuple[Part, ...]:
    return (Command(text=call.invocation.text, directory=call.directory, hides=""),)


def _docker(call: Call) -> tuple[Part, ...]:
    words = call.arguments.words
    if words[:3] == ("buildx", "imagetools", "create"):
        return _copies(call, Arguments(words[3:]))
    if words[:1] in (("image",), ("builder",), ("buildx",)):
        words = words[1:]
    read = _DOCKER.get(words[0]) if words else None
    return read(call, Arguments(words[1:])) if read else _nothing(call)


def _named(call: Call, given: Arguments) -> tuple[Part, ...]:
    names = given.rest()
    if len(names) == 2:
        call.names[names[1]] = call.names.get(names[0], names[0])
    return _nothing(call)


def _compose(call: Call, given: Arguments) -> tuple[Part, ...]:
    words = given.words
    if "push" in words or "--push" in words:
        return (Unrecognised(what="which images `docker compose` pushes is not seen"),)
    if {"run", "exec", "up"} & set(words):
        hides = f"runs `{call.invocation.text}`"
        return (Command(text=call.invocation.text, directory=call.directory, hides=hides),)
    return _nothing(call)


def _archive(call: Call, given: Arguments) -> tuple[Part, ...]:
    """Remember that an image is the one in an archive."""
    path = given.value("-o", "--output", "-i", "--input") or call.invocation.output
    for name in given.rest("-o", "--output", "-i", "--input") if path else ():
        call.names.setdefault(name, f"archive:{path}")
    return _nothing(call)


def _build(call: Call, given: Arguments) -> tuple[Part, ...]:
    names = [image_reference(name) for name in given.values("-t", "--tag")]
    context = (given.rest(*_BUILD_VALUES) or (".",))[-1]
    where = rooted(call.path(context))
    output = Arguments(tuple(separated(given.values("-o", "--output"))))
    archive = next((w[5:] for w in output.words if w.startswith("dest=")), "")
    exports = any(word in ("type=docker", "type=oci", "type=tar") for word in output.words)
    caches = given.has("--cache-from", "--cache-to") or call.program in ("docker", "podman")
    build = ImageBuild(
        tool=f"{call.program} build",
        image=names[0].repository if names else "",
        tags=tuple(name.tag for name in names),
        dockerfile=call.path(given.value("-f", "--file")),
        context=where,
        archive=call.path(archive) if exports else "",
        caches_layers=caches and not given.has("--no-cache"),
    )
    pushes = given.has("--push") or "type=registry" in output.words or "push=true" in output.words
    published = _grouped(call, [(name, "", "") for name in given.values("-t", "--tag")], where)
    return (build, *(published if pushes else ()))


def _push(call: Call, given: Arguments) -> tuple[Part, ...]:
    names = given.rest()
    if not names:
        return (Unrecognised(what=f"what `{call.invocation.text}` publishes is not seen"),)
    found = []
    for name in names:
        source = call.names.get(name, "")
        archive = source.removeprefix("archive:") if source.startswith("archive:") else ""
        found.append((name, archive, "" if archive else source))
    return _grouped(call, found, "")


def _grouped(
    call: Call, names: list[tuple[str, str, str]], context: str, *, was_published: bool = False
) -> tuple[Publication, ...]:
    """Return one publication a repository, with all its tags."""
    made: dict[str, Publication] = {}
    for name, archive, source in names:
        reference = image_reference(name)
        earlier = made.get(f"{reference.registry}/{reference.repository}")
        tags = (*(earlier.tags if earlier else ()), reference.tag or "latest")
        made[f"{reference.registry}/{reference.repository}"] = Publication(
            tool=call.program,
            registry=reference.registry,
            image=reference.repository,
            tags=tags,
            archive=call.path(archive),
            source=source,
            was_published=was_published,
            context=context,
        )
    return tuple(made.values())


def _copies(call: Call, given: Arguments) -> tuple[Part, ...]:
    """Read `imagetools create`: sources become the target."""
    sources = given.rest("-t", "--tag", "-f", "--file")
    targets = given.values("-t", "--tag")
    source = sources[0] if sources else ""
    return _grouped(call, [(target, "", source) for target in targets], "", was_published=True)


def _copy(call: Call) -> tuple[Part, ...]:
    """Read `skopeo copy`, `crane copy` and `crane push`."""
    words = call.arguments.rest(
        "--src-creds", "--dest-creds", "--platform", "--authfile", "--src-authfile", "-u"
    )
    if words[:1] == ("image",):
        words = words[1:]
    if not words or words[0] not in ("copy", "cp", "push", "tag"):
        return _nothing(call)
    if len(words) < 3:
        return (Unrecognised(what=f"what `{call.invocation.text}` publishes is not seen"),)
    if words[0] == "tag":
        name = image_reference(words[1])
        path = f"{name.registry}/{name.repository}".lstrip("/")
        return _grouped(call, [(f"{path}:{words[2]}", "", words[1])], "", was_published=True)
    source, target = words[1], words[2]
    archive = next((source.removeprefix(p) for p in _ARCHIVES if source.startswith(p)), "")
    if words[0] == "push":
        archive = source
    if not target.startswith(("docker-daemon:", "dir:", *_ARCHIVES)):
        local = bool(archive) or source.startswith(_LOCAL)
        names = [(target, archive, "" if archive else source)]
        return _grouped(call, names, "", was_published=not local)
    call.names[target.partition(":")[2]] = source
    return _nothing(call)


def _kaniko(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    names = given.values("--destination", "-d")
    context = given.value("--context", "-c", otherwise=".").removeprefix("dir://")
    archive = given.value("--tar-path", "--tarPath")
    first = image_reference(names[0]) if names else None
    build = ImageBuild(
        tool="kaniko",
        image=first.repository if first else "",
        tags=tuple(image_reference(name).tag for name in names),
        dockerfile=call.path(given.value("--dockerfile", "-f")),
        context=rooted(call.path(context)),
        archive=call.path(archive),
        caches_layers=given.has("--cache") and given.value("--cache") != "false",
    )
    if given.has("--no-push", "--noPush"):
        return (build,)
    where = rooted(call.path(context))
    return (build, *_grouped(call, [(name, "", "") for name in names], where))


def _ecr(call: Call) -> tuple[Part, ...]:
    """Read `aws ecr put-image`, which gives an image in the registry another tag."""
    given = call.arguments
    if "put-image" not in given.words:
        return _nothing(call)
    tag = given.value("--image-tag")
    repository = given.value("--repository-name")
    source: str = unknown("which image the manifest is of is decided by the run")
    return (
        Publication(
            tool="aws ecr put-image",
            registry="ecr",
            image=repository,
            tags=(tag,),
            archive="",
            source=source,
            was_published=True,
            context="",
        ),
    )


_DOCKER: Mapping[str, Callable[[Call, Arguments], tuple[Part, ...]]] = {
    "build": _build,
    "bud": _build,
    "push": _push,
    "tag": _named,
    "save": _archive,
    "load": _archive,
    "compose": _compose,
}

IMAGE_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    "docker": _docker,
    "podman": _docker,
    "nerdctl": _docker,
    "buildah": _docker,
    "crane": _copy,
    "gcrane": _copy,
    "skopeo": _copy,
    "regctl": _copy,
    "executor": _kaniko,
    "kaniko": _kaniko,
    "aws ecr": _ecr,
}
"""Programs that handle images."""
