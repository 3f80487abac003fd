"""Configuration that remembers which of its leaves a policy looked at.

Policies seldom say which attributes they read (`evaluated_keys` is often empty, sometimes
wrong), and a verdict is worth no more than the values it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assurance.collectors.checkov.expressions import leaves

META = frozenset(("count", "for_each", "provider", "depends_on", "dynamic"))


class Seen:
    """The leaves that were handed out, by the attribute at the top they belong to."""

    def __init__(self) -> None:
        self.tops: dict[str, object] = {}
        self.leaves: dict[str, list[object]] = {}

    def note(self, top: str, value: object) -> None:
        """Remember leaves of an attribute."""
        self.leaves.setdefault(top, []).extend(leaves(value))

    def values(self) -> Iterator[tuple[str, object]]:
        """Yield attribute and leaf; all leaves of an attribute that was taken whole."""
        for top, value in self.tops.items():
            if top in META or top.startswith("__"):
                continue
            for leaf in self.leaves.get(top) or leaves(value):
                yield top, leaf


class WatchedDict(dict[str, Any]):
    """A mapping that notes what is taken out of it."""

    def __init__(self, content: dict[str, Any], seen: Seen, top: str = "") -> None:
        super().__init__(content)
        self._seen = seen
        self._top = top

    def _handed(self, key: str, value: Any) -> Any:
        top = self._top or str(key)
        if not self._top:
            self._seen.tops[top] = value
        return _wrapped(value, self._seen, top)

    def __getitem__(self, key: str) -> Any:
        return self._handed(key, super().__getitem__(key))

    def get(self, key: str, default: Any = None) -> Any:
        """Take a value as `dict.get` does."""
        return self[key] if key in self else default  # noqa: SIM401 - this is that method

    def items(self) -> Any:
        """Take every pair."""
        return [(key, self[key]) for key in self]

    def values(self) -> Any:
        """Take every value."""
        return [self[key] for key in self]

    def pop(self, key: str, *default: Any) -> Any:
        """Take a value out."""
        return self._handed(key, super().pop(key, *default))

    def __eq__(self, other: object) -> bool:
        self._seen.note(self._top, dict(super().items()))
        return super().__eq__(other)

    __hash__ = None

    def __iter__(self) -> Iterator[str]:
        # Overridden so that dict(this) and {**this} go through __getitem__ too.
        return super().__iter__()

    def __reduce__(self) -> Any:
        # A deep copy is made to look at everything in it.
        content = dict(super().items())
        if self._top:
            self._seen.note(self._top, content)
        else:
            self._seen.tops.update(content)
        return (dict, (content,))


class WatchedList(list[Any]):
    """A list that notes what is taken out of it."""

    def __init__(self, content: list[Any], seen: Seen, top: str) -> None:
        super().__init__(content)
        self._seen = seen
        self._top = top

    def __getitem__(self, index: Any) -> Any:
        value = super().__getitem__(index)
        return _wrapped(value, self._seen, self._top)

    def __iter__(self) -> Iterator[Any]:
        return (_wrapped(value, self._seen, self._top) for value in super().__iter__())

    def __contains__(self, item: object) -> bool:
        self._seen.note(self._top, list(super().__iter__()))
        return super().__contains__(item)

    def __eq__(self, other: object) -> bool:
        self._seen.note(self._top, list(super().__iter__()))
        return super().__eq__(other)

    __hash__ = None

    def __reduce__(self) -> Any:
        content = list(super().__iter__())
        self._seen.note(self._top, content)
        return (list, (content,))


def _wrapped(value: Any, seen: Seen, top: str) -> Any:
    if isinstance(value, dict):
        return WatchedDict(value, seen, top)
    if isinstance(value, list):
        return WatchedList(value, seen, top)
    seen.note(top, value)
    return value


def not_when_watched(handle: Callable[..., bool]) -> Callable[..., bool]:
    """Wrap checkov's rendering of dynamic blocks, which would look at everything.

    The scanner renders them before it hands a configuration out.
    """

    def handled(configuration: Any, *arguments: Any, **keywords: Any) -> bool:
        if isinstance(configuration, WatchedDict):
            return False
        return handle(configuration, *arguments, **keywords)

    return handled
