"""Reading of environment variables that gathers faults instead of stopping at the first."""

from collections.abc import Mapping

from workshop.errors import SettingsError


class Environment:
    """Typed access to environment variables; `settle` raises for everything found wrong."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []

    def optional(self, name: str) -> str | None:
        """The text of a variable; an empty one counts as not set."""
        return self._variables.get(name, "").strip() or None

    def text(self, name: str, default: str | None = None) -> str:
        """The text of a variable that must have one."""
        value = self.optional(name) or default
        if value is None:
            self.refuse(f"{name} is missing")
        return value or ""

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed words."""
        value = self.text(name, default)
        if value and value not in allowed:
            self.refuse(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number between two bounds."""
        raw = self.optional(name)
        if raw is None:
            return default
        if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
            self.refuse(f"{name} must be a whole number from {least} to {most}, not {raw!r}")
            return default
        return int(raw)

    def refuse(self, problem: str) -> None:
        """Note a fault."""
        self._problems.append(problem)

    def settle(self) -> None:
        """Raise one error that names every fault noted, if there is any."""
        if self._problems:
            raise SettingsError(tuple(self._problems))
