"""Finds where a definition brings a credential to light: settings that show, and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.credential_uses import Leak, Showing
from assurance.model.subjects import Location
from assurance.model.unknown import unknown
from assurance.readers.scripts import scripts_of
from assurance.readers.shell_leaks import leaks_in
from assurance.readers.shell_words import Unreadable
from assurance.readers.state import Resource

_SECRET = re.compile(r"secrets\.getValue\(\s*[\"']?([\w.-]+)")
_VARIABLE = re.compile(r"\b(?:variables?|serviceVariables)\.(\w+)")
_SHOWING = {
    "buildArgs": Showing.BUILDS,
    "tags": Showing.TAGS,
    "labels": Showing.TAGS,
    "imageName": Showing.TAGS,
    "imageTag": Showing.TAGS,
    "outputVariables": Showing.EXPORTS,
    "outputs": Showing.EXPORTS,
    "approvalMessage": Showing.TELLS,
    "subject": Showing.TELLS,
    "body": Showing.TELLS,
    "message": Showing.TELLS,
    "comment": Showing.TELLS,
    "description": Showing.TELLS,
    "name": Showing.TELLS,
    "payload": Showing.TELLS,
}
_OTHER_SHELLS = ("Python", "Powershell", "Pwsh")
_PRINTS = re.compile(
    r"\b(print|Write-Host|Write-Output|Write-Information|sys\.stdout\.write|logging\.\w+|log\w*\.\w+"
    r"|console\.\w+)\b.*"
)


def holds_secret(value: object) -> bool:
    """Whether a text refers to a secret."""
    return isinstance(value, str) and _SECRET.search(value) is not None


class Sinks:
    """What one definition shows."""

    def __init__(self, resource: Resource, variables: frozenset[str]) -> None:
        """Take the definition, and the names of variables that hold a credential."""
        self._resource = resource
        self._variables = variables

    def leaks(self) -> Iterator[Leak]:
        """Yield every leak; an unknown for a script that cannot be read."""
        for pointer, value in self._resource.containers:
            if type(value) is not dict:
                continue
            if "spec" in value:
                yield from self._scripts(value, pointer)
            if "environment" in value:
                yield from self._plain_environment(value, pointer)
            for key in value:
                if key in _SHOWING:
                    yield from self._shown(value[key], f"{pointer}/{key}", key, _SHOWING[key])

    def _shown(self, value: Any, pointer: str, key: str, showing: Showing) -> Iterator[Leak]:
        """Yield the credentials in a setting that is shown."""
        if isinstance(value, str):
            credential = self.credential(value)
            if credential:
                yield self._leak(showing, credential, key, pointer)
        elif isinstance(value, dict) and key not in ("name", "description"):
            for name, item in value.items():
                yield from self._shown(item, f"{pointer}/{name}", key, showing)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._shown(item, f"{pointer}/{index}", key, showing)

    def credential(self, text: str) -> str:
        """Return the credential that a text refers to; empty for none."""
        if "<+" not in text:
            return ""
        found = _SECRET.search(text)
        if found:
            return found[1]
        named = _VARIABLE.findall(text)
        return next((name for name in named if name in self._variables), "")

    def _plain_environment(self, value: Mapping[str, Any], pointer: str) -> Iterator[Leak]:
        """Yield the credentials that a container gets as plain settings of its definition."""
        if self._resource.type != "harness_manifest":
            return
        listed = value.get("environment")
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, dict):
                place = f"{pointer}/environment/{index}/value"
                yield from self._shown(item.get("value"), place, "environment", Showing.STORES)

    def _scripts(self, step: Mapping[str, Any], pointer: str) -> Iterator[Any]:
        spec = step.get("spec")
        for script in scripts_of(step):
            assert isinstance(spec, dict)
            command, names = f"{pointer}/spec/command", self._environment(spec)
            if spec.get("shell") in _OTHER_SHELLS:
                place = self._resource.location_of(command)
                yield from self._other_shell(script, names, place)
                continue
            try:
                found, held = leaks_in(script, names, self._variables)
            except Unreadable as reason:
                if names or self.credential(script):
                    where = self._resource.location_of(command)
                    yield unknown(f"whether a command shows a credential: {reason} ({where})")
                continue
            for leak in found:
                yield self._leak(leak.showing, leak.credential, f"`{leak.text}`", command)
            yield from self._outputs(spec, held, f"{pointer}/spec/outputVariables")

    def _environment(self, spec: Mapping[str, Any]) -> frozenset[str]:
        """Return the variables of a script's environment that hold a credential.

        Variables of a stage are part of it under their own names.
        """
        settings = spec.get("envVariables")
        pairs = list(settings.items()) if isinstance(settings, dict) else []
        listed = spec.get("environmentVariables")
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict):
                pairs.append((item.get("name"), item.get("value")))
                if item.get("type") == "Secret":
                    pairs.append((item.get("name"), '<+secrets.getValue("x")>'))
        own = {str(name) for name, value in pairs if self.credential(str(value))}
        return self._variables | own if own else self._variables

    def _outputs(
        self, spec: Mapping[str, Any], held: frozenset[str], pointer: str
    ) -> Iterator[Leak]:
        listed = spec.get("outputVariables")
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, dict):
                taken = str(item.get("value") or item.get("name"))
                if taken in held:
                    place = f"{pointer}/{index}"
                    yield self._leak(Showing.EXPORTS, taken, "outputVariables", place)

    def _other_shell(self, script: str, names: frozenset[str], place: Location) -> Iterator[Leak]:
        for line in script.splitlines():
            found = _PRINTS.search(line)
            if found is None or line.lstrip().startswith("#"):
                continue
            words = set(re.findall(r"\w+", found[0]))
            credential = self.credential(found[0]) or next(iter(sorted(names & words)), "")
            if credential:
                text = f"`{' '.join(line.split())[:80]}`"
                yield Leak(
                    showing=Showing.PRINTS, credential=credential, place=text, location=place
                )

    def _leak(self, showing: Showing, credential: str, place: str, pointer: str) -> Leak:
        return Leak(
            showing=showing,
            credential=credential,
            place=place,
            location=self._resource.location_of(pointer),
        )
