"""Tie rules: which words open, change or end a tie, or tell it as standing (docs/tie-rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.predicates import COMPLEMENTS, SLOTS, PredicateRule
from dragoman.rulebook.tables import read_yaml
from dragoman.rulebook.tiekinds import TieKind, load_tie_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# "holder": possessor, adjective or name before the noun that the rule is about ("its embassy").
TIE_SLOTS = (*SLOTS, "holder", "speaker")
_KEYS = frozenset(
    "id kind state verb noun adjective about not_about complement then with without near not_near one other third fill as_is "
    "anniversary unfinished catches leaves note __line__".split()
)
_FILE_OF_LISTS = "word-lists.yaml"


@dataclass(frozen=True, slots=True)
class TieExample:
    """A sentence of our own with the members that must come out, as codes or names."""

    text: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieRule:
    """One tie rule.

    Attributes:
        id, kind, state: what the words tell.
        words: triggers and the company they must keep, as in an event rule; ``actor`` holds the
            slots of the first member, ``recipient`` those of the second.
        company: base forms, one of which must stand among the modifiers of the trigger or of the
            noun that it is about ("good", "diplomatic"); empty: none is asked for.
        without: base forms, none of which may stand there ("trade" beside "relations").
        near: words, one of which must stand somewhere in the sentence; empty: none is asked for.
        not_near: words, none of which may stand in the sentence.
        third: slots of the parties between whom the first member stands (mediation).
        fill: a member that the clause leaves out is taken from its surroundings.
        as_is: the wording itself is one of wish or doubt, so its auxiliaries do not count again.
        anniversary: the words count years since the beginning.
        unfinished: the verb counts in its base form or with -ing alone ("to defeat", not "defeated").
        catches, leaves: sentences of our own.
        file, line: where it stands.
    """

    id: str
    kind: str
    state: str
    words: PredicateRule
    company: frozenset[str]
    without: frozenset[str]
    near: frozenset[str]
    not_near: frozenset[str]
    third: tuple[str, ...]
    fill: bool
    as_is: bool
    anniversary: bool
    unfinished: bool
    catches: tuple[TieExample, ...]
    leaves: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TieBook:
    """All that is known of ties.

    Attributes:
        kinds: the states by kind and state.
        rules: the tie rules, sorted by id.
        lists: the word lists of ``word-lists.yaml``.
    """

    kinds: Mapping[tuple[str, str], TieKind]
    rules: tuple[TieRule, ...]
    lists: Mapping[str, frozenset[str]]

    def directed(self, kind: str) -> bool:
        """Whether the members of that kind of tie have an order."""
        return any(one.directed for (name, _), one in self.kinds.items() if name == kind)

    def as_told(self, kind: str, state: str, auxiliary: Iterable[str]) -> str | None:
        """The state that a telling stands for: talk never counts as the fact; None for nothing."""
        row = self.kinds[kind, state]
        told = set(auxiliary)
        if "negation" in told:
            return None
        if told & {"future", "hypothetical"} and not row.talk:
            return row.sought or None
        return state


def load_ties(folders: tuple[Path, ...]) -> TieBook:
    """Reads kinds, word lists and rules of `folders`; a later folder's rule replaces one of that id.

    Raises:
        RuleError: where a line does not hold; the message names file, line, value and the nearest.
    """
    kinds = load_tie_kinds(folders)
    lists: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        path = folder / _FILE_OF_LISTS
        if path.is_file():
            loaded = read_yaml(path) or {}
            lists.update({k: tuple(map(str, v)) for k, v in loaded.items() if k != "__line__"})
    rules: dict[str, TieRule] = {}
    for path in (p for folder in folders for p in sorted(folder.glob("*.yaml"))):
        if path.name == _FILE_OF_LISTS:
            continue
        for item in read_yaml(path) or ():
            rule = _rule(item, path.name, lists, kinds)
            known = rules.get(rule.id)
            if known and known.file == rule.file:
                message = f"rule id {rule.id!r} stands twice (first in line {known.line})"
                raise RuleError(message, file=path.name, line=rule.line, value=rule.id)
            rules[rule.id] = rule
    return TieBook(
        kinds=kinds,
        rules=tuple(rules[name] for name in sorted(rules)),
        lists={name: frozenset(words) for name, words in lists.items()},
    )


class _Item:
    """One rule as it stands in the file."""

    def __init__(self, item: Any, file: str, lists: Mapping[str, tuple[str, ...]]) -> None:
        if not isinstance(item, dict):
            raise RuleError(f"a rule is a mapping, not {item!r}", file=file)
        self.item = item
        self.file = file
        self.line = int(item.get("__line__", 0))
        self.lists = lists
        for key in item:
            if key not in _KEYS:
                raise self.unknown(str(key), _KEYS - {"__line__"}, "key")

    def unknown(self, value: str, allowed: Iterable[str], what: str) -> UnknownValueError:
        return UnknownValueError(value, allowed, what=what, file=self.file, line=self.line)

    def words(self, key: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.item.get(key)
        found = [] if value in (None, "") else ([value] if isinstance(value, str) else list(value))
        flat: list[str] = []
        for word in found:
            # YAML 1.1 reads the bare word "on" as a truth value.
            text = "on" if word is True else "off" if word is False else str(word)
            if not text.startswith("@"):
                flat.append(text)
            elif text[1:] in self.lists:
                flat.extend(self.lists[text[1:]])
            else:
                raise self.unknown(text[1:], self.lists, "word list")
        if allowed is not None:
            for word in flat:
                if word not in allowed:
                    raise self.unknown(word, allowed, key)
        return tuple(flat)

    def need(self, key: str) -> str:
        value = self.item.get(key)
        if not value:
            raise RuleError(f"a rule needs {key!r}", file=self.file, line=self.line)
        return str(value)

    def yes(self, key: str, *, default: bool) -> bool:
        value = self.item.get(key, default)
        if not isinstance(value, bool):
            raise self.unknown(str(value), ("true", "false"), key)
        return value


def _rule(
    given: Any,
    file: str,
    lists: Mapping[str, tuple[str, ...]],
    kinds: Mapping[tuple[str, str], TieKind],
) -> TieRule:
    item = _Item(given, file, lists)
    name, kind, state = item.need("id"), item.need("kind"), item.need("state")
    if kind not in {one for one, _ in kinds}:
        raise item.unknown(kind, {one for one, _ in kinds}, "kind")
    if (kind, state) not in kinds:
        raise item.unknown(state, (own for one, own in kinds if one == kind), "state")
    catches = tuple(_example(one, item) for one in item.item.get("catches") or ())
    leaves = tuple(str(one) for one in item.item.get("leaves") or ())
    if not catches or not leaves:
        message = f"rule {name!r} needs a sentence it catches and one it leaves"
        raise RuleError(message, file=file, line=item.line, value=name)
    words = PredicateRule(
        id=name, event="", mode=(), context=(),
        verb=item.words("verb"), noun=item.words("noun"), adjective=item.words("adjective"),
        who=frozenset(), about=frozenset(item.words("about")), not_about=frozenset(item.words("not_about")),
        complement=item.words("complement", COMPLEMENTS), then=frozenset(item.words("then")),
        actor=item.words("one", TIE_SLOTS), recipient=item.words("other", TIE_SLOTS),
        reciprocal=False, closed=False, catches=(), leaves=(), file=file, line=item.line,
    )  # fmt: skip
    if not (words.verb or words.noun or words.adjective):
        raise RuleError("a rule needs 'verb', 'noun' or 'adjective'", file=file, line=item.line)
    return TieRule(
        id=name,
        kind=kind,
        state=state,
        words=words,
        company=frozenset(item.words("with")),
        without=frozenset(item.words("without")),
        near=frozenset(item.words("near")),
        not_near=frozenset(item.words("not_near")),
        third=item.words("third", TIE_SLOTS),
        fill=item.yes("fill", default=False),
        as_is=item.yes("as_is", default=False),
        anniversary=item.yes("anniversary", default=False),
        unfinished=item.yes("unfinished", default=False),
        catches=catches,
        leaves=leaves,
        file=file,
        line=item.line,
    )


def _example(given: Any, item: _Item) -> TieExample:
    if not isinstance(given, dict) or "text" not in given or "members" not in given:
        raise RuleError("each of 'catches' is {text, members}", file=item.file, line=item.line)
    return TieExample(str(given["text"]), tuple(map(str, given["members"])))
