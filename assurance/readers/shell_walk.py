"""Walk a script in the order in which it runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tree_sitter import Node

from assurance.readers.shell_commands import Commands, Seen
from assurance.readers.shell_ends import (
    after_failure,
    asks_for_failure,
    ends_in_failure,
    exit_status,
    mentions,
    statements,
    taken_up,
)
from assurance.readers.shell_state import EXPANDED_LATER, Fate, Place, ShellState
from assurance.readers.shell_words import Script

__all__ = ["Seen", "Walk"]

_SKIPPED = ("comment", "heredoc_body", "variable_name")
_LOST = "`set -e` does not stop at it, and more commands follow"
_LONGEST = 20
_STAYS = re.compile(r"^(cd|pushd|export|echo|mkdir|set|\.|source)\b")
"""Commands before `&&` that are taken to succeed: they only prepare what follows."""


class Walk(Commands):
    """Walks a tree; what it sees is in `seen`."""

    def __init__(self, script: Script, seen: list[Seen] | None = None) -> None:
        super().__init__(script, seen)
        self._handlers: Mapping[str, Callable[[Node, Place, ShellState], None]] = {
            "command": self.command,
            "list": self._list,
            "pipeline": self._pipeline,
            "negated_command": self._negated,
            "redirected_statement": self._redirected,
            "subshell": self._subshell,
            "compound_statement": self._block,
            "do_group": self._block,
            "if_statement": self._if,
            "while_statement": self._while,
            "for_statement": self._for,
            "case_statement": self._case,
            "function_definition": self._define,
            "variable_assignment": self.assignment,
            "variable_assignments": self._assignments,
            "declaration_command": self.declaration,
        }

    def sequence(self, nodes: Sequence[Node], place: Place, state: ShellState) -> None:
        """Walk commands that follow each other."""
        kept = [node for node in nodes if node.type not in _SKIPPED]
        for number, node in enumerate(kept):
            if state.ended:
                return
            following = kept[number + 1] if number + 1 < len(kept) else None
            self.node(node, self._followed(node, following, place), state)

    def _followed(self, node: Node, following: Node | None, place: Place) -> Place:
        if node.next_sibling is not None and node.next_sibling.type == "&":
            waits = re.search(r"\bwait\s+\S", self.script.text) is not None
            why = "it runs in the background (`&`)"
            return place.lost(f"?whether `wait` passes its status on: {why}" if waits else why)
        if following is None:
            return place
        if exit_status(following, self.script, {}) in ("$?", "${?}"):
            return replace(place, on_status=place.on_exit)
        taken = taken_up(following, self.script)
        return replace(place, on_status=Fate(kept_in=taken) if taken else Fate(defeat=_LOST))

    def node(self, node: Node, place: Place, state: ShellState) -> None:
        """Walk one command, of whatever form."""
        handler = self._handlers.get(node.type)
        if handler is not None:
            handler(node, place, state)
        else:
            self.substitutions([node], place, state)

    def _block(self, node: Node, place: Place, state: ShellState) -> None:
        self.sequence(node.named_children, place, state)

    def _subshell(self, node: Node, place: Place, state: ShellState) -> None:
        self.sequence(node.named_children, state.subshell_place(place), state.inner())

    def _assignments(self, node: Node, place: Place, state: ShellState) -> None:
        for child in node.named_children:
            self.assignment(child, place, state)

    def _list(self, node: Node, place: Place, state: ShellState) -> None:
        left, right = node.named_children[0], node.named_children[-1]
        written = self.script.written(left)
        if any(child.type == "||" for child in node.children):
            said = f"`|| {self.script.written(right)}`"
            fate = after_failure(right, self.script, place, said)
            self.node(left, place.asked(fate), state)
            self.node(right, place.only_where(f"it runs only where `{written}` fails"), state)
            return
        self._handled(written, [right], place, state)
        self.node(left, replace(place, is_asked=True), state)
        lost = left.type == "test_command" or (
            place.on_status.defeat and _STAYS.match(written) is None
        )
        why = f"it runs only where `{written}` succeeds"
        self.node(right, place.only_where(why) if lost else place, state)

    def _pipeline(self, node: Node, place: Place, state: ShellState) -> None:
        members = [child for child in node.named_children if child.type not in _SKIPPED]
        rest = self.script.written(members[-1])
        for member in members[:-1]:
            lost = place.lost(f"it is piped into `{rest}` without pipefail")
            inner = state.inner()
            self.node(member, state.subshell_place(place) if state.fails_in_pipes else lost, inner)
        self.node(members[-1], state.subshell_place(place), state.inner())

    def _negated(self, node: Node, place: Place, state: ShellState) -> None:
        turned = place.asked(Fate(defeat="`!` turns its failure into success"))
        self.node(node.named_children[-1], turned, state)

    def _redirected(self, node: Node, place: Place, state: ShellState) -> None:
        first = len(self.seen)
        for child in node.named_children:
            if child.type == "file_redirect":
                continue
            if child.type.endswith("redirect"):
                self._here(child, place, state)
            else:
                self.node(child, place, state)
        self._send(node, first, state)

    def _here(self, node: Node, place: Place, state: ShellState) -> None:
        """Walk what follows the mark of a here-document on its line."""
        for child in node.named_children:
            if child.type in ("command", "pipeline", "list"):
                self.node(child, place, state)

    def _send(self, node: Node, first: int, state: ShellState) -> None:
        for child in node.children_by_field_name("redirect"):
            target = child.child_by_field_name("destination")
            written = self.script.written(child)
            if target is not None and written.lstrip("1&")[:1] == ">" and self.seen[first:]:
                self.seen[-1].output = self.script.word(target, state.variables)

    def _if(self, node: Node, place: Place, state: ShellState) -> None:
        asked, branches = _branches(node)
        written = " ".join(self.script.written(part) for part in asked)
        negated = bool(asked) and asked[-1].type == "negated_command"
        self._handled(written, branches[0], place, state)
        on_failure = branches[0] if negated else branches[1]
        said = f"`if {written}` only asks for its status"
        fate = self._branch(on_failure, place, said)
        for part in asked:
            inner = part.named_children[-1] if part.type == "negated_command" else part
            self.node(inner, place.asked(fate), state)
        reached = place.only_where(f"it runs only where `if {written}` says so")
        for branch in branches:
            self.sequence(branch, reached, state)

    def _branch(self, nodes: list[Node], place: Place, said: str) -> Fate:
        parts = [part for node in nodes for part in statements(node)]
        if not parts:
            return Fate(defeat=said)
        name = taken_up(parts[0], self.script)
        return Fate(kept_in=name) if name else after_failure(parts[-1], self.script, place, said)

    def _handled(self, asked: str, branch: list[Node], place: Place, state: ShellState) -> None:
        """Settle the status of earlier commands that a condition asks for."""
        for seen in self.seen:
            if seen.defeat or not any(mentions(asked, name) for name in seen.kept_in):
                continue
            fails = branch and (
                ends_in_failure(branch, self.script) or self._exits_with(branch[-1], seen)
            )
            if asks_for_failure(asked) and fails and not state.escape:
                seen.settle(place.on_exit)
            else:
                seen.doubts.append(f"what `{asked}` makes of its status is not decided here")

    def _exits_with(self, node: Node, seen: Seen) -> bool:
        last = statements(node)[-1:]
        status = exit_status(last[0], self.script, {}) if last else None
        return status is not None and status.strip("${}") in seen.kept_in

    def _while(self, node: Node, place: Place, state: ShellState) -> None:
        again = "?how often the loop tries it"
        body = node.child_by_field_name("body")
        for child in node.named_children:
            if child == body:
                self.node(child, place.only_where(again), state)
            else:
                self.node(child, place.asked(Fate(defeat=again)), state)

    def _for(self, node: Node, place: Place, state: ShellState) -> None:
        name = node.child_by_field_name("variable")
        body = node.child_by_field_name("body")
        values = [
            self.script.word(child, state.variables)
            for child in node.children_by_field_name("value")
        ]
        if body is None or name is None:
            return
        later = [value for value in values if any(sign in value for sign in EXPANDED_LATER)]
        if later or not 0 < len(values) <= _LONGEST:
            where = place.only_where(f"?what `{' '.join(values)}` is decides how often it runs")
            self.node(body, where, state)
            return
        for number, value in enumerate(values):
            state.variables[self.script.written(name)] = value
            more = number + 1 < len(values)
            self.node(body, replace(place, on_status=Fate(defeat=_LOST)) if more else place, state)

    def _case(self, node: Node, place: Place, state: ShellState) -> None:
        reached = place.only_where("it runs only in one branch of `case`")
        for item in node.named_children[1:]:
            values = item.children_by_field_name("value")
            self.sequence(
                [part for part in item.named_children if part not in values], reached, state
            )

    def _define(self, node: Node, _: Place, state: ShellState) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is not None and body is not None:
            state.functions[self.script.written(name)] = body


def _branches(node: Node) -> tuple[list[Node], tuple[list[Node], list[Node]]]:
    """Return the condition of an `if`, what runs where it holds, and what runs otherwise."""
    asked: list[Node] = []
    held: list[Node] = []
    otherwise: list[Node] = []
    current = asked
    for child in node.children:
        current = held if child.type == "then" else current
        if child.type in ("else_clause", "elif_clause"):
            otherwise += child.named_children
        elif child.is_named and child.type not in _SKIPPED:
            current.append(child)
    return asked, (held, otherwise)
