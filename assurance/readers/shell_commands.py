"""What single commands of a script do to its state, and what is seen of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from assurance.readers.shell_state import Fate, Place, ShellState
from assurance.readers.shell_words import Script, Unreadable
from assurance.readers.shell_wrappers import nested_script, unwrapped

_DEEPEST = 8
_SUBSTITUTIONS = ("command_substitution", "process_substitution")
_ARGUMENTS = ("command_name", "variable_assignment", "file_redirect", "herestring_redirect")


@dataclass(slots=True, kw_only=True, eq=False)
class Seen:
    """A command that the walk came by; its status may be settled later."""

    words: tuple[str, ...]
    variables: Mapping[str, str]
    directory: str
    fate: Fate
    text: str
    kept_in: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)
    output: str = ""

    def settle(self, fate: Fate) -> None:
        """Let the status that was kept have a fate after all."""
        self.fate = fate
        self.kept_in = {fate.kept_in} if fate.kept_in else set()

    @property
    def defeat(self) -> str:
        """What keeps its failure from failing the script, as far as it is known."""
        return self.fate.defeat or (f"?{self.doubts[0]}" if self.doubts and self.kept_in else "")


class Commands(ABC):
    """Follows commands; `Walk` adds the structures that hold them."""

    def __init__(self, script: Script, seen: list[Seen] | None = None) -> None:
        self.script = script
        self.seen: list[Seen] = [] if seen is None else seen

    @abstractmethod
    def sequence(self, nodes: Sequence[Node], place: Place, state: ShellState) -> None:
        """Walk commands that follow each other."""

    @abstractmethod
    def node(self, node: Node, place: Place, state: ShellState) -> None:
        """Walk one command, of whatever form."""

    def command(self, node: Node, place: Place, state: ShellState) -> None:
        """Walk a simple command."""
        self.substitutions(node.named_children, place, state)
        own = dict(state.variables)
        words: list[str] = []
        for child in node.named_children:
            if child.type == "variable_assignment":
                name, value = self._assigned(child, state)
                own[name] = value
            elif child.type not in ("file_redirect", "herestring_redirect", "heredoc_redirect"):
                words += self.script.words(child, state.variables)
        if words:
            self._run(tuple(words), own, node, place, state)

    def _run(
        self,
        words: tuple[str, ...],
        own: Mapping[str, str],
        node: Node,
        place: Place,
        state: ShellState,
    ) -> None:
        match words:
            case ("exit", *rest):
                self._exit(rest[0] if rest else "", place, state)
            case ("set", *rest):
                state.set_options(tuple(rest))
            case ("cd" | "pushd", *rest):
                targets = [word for word in rest if not word.startswith("-") or word == "-"]
                state.enter(targets[0] if targets else "~", place)
            case ("popd", *_):
                state.enter("~", place)
            case ("trap", body, *signals) if {"EXIT", "0", "ERR"} & set(signals):
                state.trap = _trapped(body)
            case (name, *rest) if name in state.functions and state.depth < _DEEPEST:
                self._call(name, rest, place, state)
            case _:
                self._see(words, own, node, place, state)

    def _exit(self, status: str, place: Place, state: ShellState) -> None:
        name = status.strip("${}")
        if not place.condition:
            state.ended = True
            for seen in self.seen:
                if name in seen.kept_in and not seen.fate.defeat:
                    seen.settle(place.on_exit)
        elif not status or status == "0":
            state.escape = state.escape or "the script may have ended before it (`exit 0`)"

    def _call(self, name: str, rest: list[str], place: Place, state: ShellState) -> None:
        outer = state.variables
        state.variables = {**outer, **{str(n): word for n, word in enumerate(rest, 1)}}
        state.depth += 1
        self.node(state.functions[name], place, state)
        state.depth -= 1
        for number in range(1, len(rest) + 1):
            state.variables.pop(str(number), None)

    def _see(
        self,
        words: tuple[str, ...],
        own: Mapping[str, str],
        node: Node,
        place: Place,
        state: ShellState,
    ) -> None:
        words, settings = unwrapped(words)
        own = {**own, **settings}
        nested = nested_script(words)
        if nested is not None and state.depth < _DEEPEST and self._nested(*nested, place, state):
            return
        fate = state.fate(place)
        self.seen.append(
            Seen(
                words=words,
                variables=own,
                directory=state.directory,
                fate=fate,
                text=self.script.written(node),
                kept_in={fate.kept_in} if fate.kept_in else set(),
            )
        )

    def _nested(self, text: str, stops: bool, place: Place, state: ShellState) -> bool:  # noqa: FBT001  as `-e` is given
        """Walk a script within the script; tell whether it could be read."""
        try:
            script = Script(text)
        except Unreadable:
            return False
        inner = replace(state.inner(), stops_on_error=stops, depth=state.depth + 1)
        outer_place = replace(state.subshell_place(place), is_asked=False)
        type(self)(script, self.seen).sequence(script.root.named_children, outer_place, inner)
        return True

    def substitutions(self, nodes: Sequence[Node], place: Place, state: ShellState) -> None:
        """Walk the commands whose output is part of words: their status is lost."""
        for node in nodes:
            if node.type in _SUBSTITUTIONS:
                written = self.script.written(node)
                lost = place.lost(f"its status is lost in `{written[:40]}`")
                self.sequence(node.named_children, lost, state.inner())
            else:
                self.substitutions(node.named_children, place, state)

    def assignment(self, node: Node, place: Place, state: ShellState) -> None:
        """Follow `NAME=value`; the status of a substitution in it is its own."""
        for child in node.named_children[1:]:
            inner = _only(child)
            if inner.type == "command_substitution":
                passed = state.subshell_place(place)
                self.sequence(inner.named_children, passed, state.inner())
            else:
                self.substitutions([child], place, state)
        self._keep(*self._assigned(node, state), place, state)

    def declaration(self, node: Node, place: Place, state: ShellState) -> None:
        """Follow `export NAME=value` and the like: the status of a substitution is lost."""
        self.substitutions(node.named_children, place, state)
        for child in node.named_children:
            if child.type == "variable_assignment":
                self._keep(*self._assigned(child, state), place, state)

    def _assigned(self, node: Node, state: ShellState) -> tuple[str, str]:
        name = self.script.written(node.named_children[0])
        values = node.named_children[1:]
        return name, self.script.word(values[0], state.variables) if values else ""

    def _keep(self, name: str, value: str, place: Place, state: ShellState) -> None:
        state.assign(name, value, place)
        for seen in self.seen:
            if value.startswith("$") and value.strip("${}") in seen.kept_in:
                seen.kept_in.add(name)


def _only(node: Node) -> Node:
    """Return what stands alone in quotes."""
    inside = node.named_children
    return inside[0] if node.type == "string" and len(inside) == 1 else node


def _trapped(body: str) -> str:
    """Return what an exit trap does to the status of the script."""
    words = body.replace(";", " ; ").split()
    for number, word in enumerate(words):
        if word == "exit":
            status = words[number + 1] if number + 1 < len(words) else ""
            if status in ("0", ";"):
                return f"a trap ends the script with success (`{body}`)"
    return ""
