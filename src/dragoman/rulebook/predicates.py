"""Event rules: which words, with which company, tell which PLOVER event (docs/rules.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.tables import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dragoman.rulebook.ontology import Ontology

PREPOSITIONS = tuple(
    "with to against on from for in over at into toward towards between of about among near by "
    "around inside within across off out upon under through after behind as outside onto before "
    "alongside along together regarding concerning beyond via since until despite without per amid".split()
)
SLOTS = ("subject", "object", "indirect", "doer", "complement", "inside", *PREPOSITIONS)
COMPLEMENTS = ("to", "that", "ing")
_KEYS = frozenset(
    "id event mode context verb noun adjective who about not_about complement then actor recipient "
    "reciprocal closed catches leaves not_yet note __line__".split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of our own that a rule must catch, with the actor's and recipient's words."""

    text: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PredicateRule:
    """One event rule; the fields are those of docs/rules.md."""

    id: str
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    verb: tuple[str, ...]
    noun: tuple[str, ...]
    adjective: tuple[str, ...]
    who: frozenset[str]
    about: frozenset[str]
    not_about: frozenset[str]
    complement: tuple[str, ...]
    then: frozenset[str]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool
    closed: bool
    catches: tuple[Example, ...]
    leaves: tuple[str, ...]
    file: str
    line: int

    @property
    def weight(self) -> int:
        """How narrow the rule is; of two rules that fit the same words the narrower goes before."""
        return 4 * bool(self.then) + 3 * bool(self.about or self.who) + 2 * bool(self.complement)


def load_predicates(folders: tuple[Path, ...], ontology: Ontology) -> tuple[PredicateRule, ...]:
    """Reads all rule files of `folders`; a rule of a later folder replaces that of the same id."""
    lists: dict[str, tuple[str, ...]] = {}
    files = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    for path in files:
        if path.name.startswith("word-lists"):
            loaded = read_yaml(path) or {}
            lists.update({k: tuple(map(str, v)) for k, v in loaded.items() if k != "__line__"})
    rules: dict[str, PredicateRule] = {}
    for path in files:
        if path.name.startswith("word-lists"):
            continue
        for item in read_yaml(path) or ():
            rule = _rule(item, path.name, lists, ontology)
            known = rules.get(rule.id)
            if known and known.file == rule.file:
                message = f"rule id {rule.id!r} stands twice (first in line {known.line})"
                raise RuleError(message, file=path.name, line=rule.line, value=rule.id)
            rules[rule.id] = rule
    return tuple(rules[name] for name in sorted(rules))


def _rule(
    item: Mapping[str, Any], file: str, lists: Mapping[str, tuple[str, ...]], ontology: Ontology
) -> PredicateRule:
    line = int(item.get("__line__", 0))
    for key in item:
        if key not in _KEYS:
            raise UnknownValueError(
                str(key), _KEYS - {"__line__"}, what="key", file=file, line=line
            )
    for key in ("id", "event"):
        if not item.get(key):
            raise RuleError(f"a rule needs {key!r}", file=file, line=line)
    event = str(item["event"])
    if event not in ontology.types:
        raise UnknownValueError(event, ontology.types, what="event", file=file, line=line)

    def words(key: str, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = item.get(key)
        found = [] if value in (None, "") else ([value] if isinstance(value, str) else list(value))
        flat: list[str] = []
        for word in map(_word, found):
            if word.startswith("@"):
                if word[1:] not in lists:
                    raise UnknownValueError(word[1:], lists, what="word list", file=file, line=line)
                flat.extend(lists[word[1:]])
            else:
                flat.append(word)
        if allowed is not None:
            for word in flat:
                if word not in allowed:
                    raise UnknownValueError(word, allowed, what=key, file=file, line=line)
        return tuple(flat)

    examples = tuple(_example(one, file, line) for one in item.get("catches") or ())
    leaves = tuple(str(one) for one in item.get("leaves") or ())
    if not examples or not leaves:
        message = f"rule {item['id']!r} needs a sentence it catches and one it leaves"
        raise RuleError(message, file=file, line=line, value=str(item["id"]))
    return PredicateRule(
        id=str(item["id"]),
        event=event,
        mode=words("mode", ontology.types[event].modes),
        context=words("context", tuple(ontology.contexts)),
        verb=words("verb"),
        noun=words("noun"),
        adjective=words("adjective"),
        who=frozenset(words("who")),
        about=frozenset(words("about")),
        not_about=frozenset(words("not_about")),
        complement=words("complement", COMPLEMENTS),
        then=frozenset(words("then")),
        actor=words("actor", SLOTS) or ("subject",),
        recipient=words("recipient", SLOTS),
        reciprocal=bool(item.get("reciprocal", False)),
        closed=bool(item.get("closed", False)),
        catches=examples,
        leaves=leaves,
        file=file,
        line=line,
    )


def _word(value: object) -> str:
    # YAML 1.1 reads the bare words on, off, yes and no as truth values.
    if value is True:
        return "on"
    if value is False:
        return "off"
    return str(value)


def _example(item: Any, file: str, line: int) -> Example:
    if not isinstance(item, dict) or "text" not in item:
        raise RuleError("each of 'catches' is {text, actor, recipient}", file=file, line=line)

    def words(key: str) -> tuple[str, ...]:
        value = item.get(key) or ()
        return (value,) if isinstance(value, str) else tuple(str(word) for word in value)

    return Example(str(item["text"]), words("actor"), words("recipient"))
