"""Loads ``rules/layout.yaml``: the lines that are not the prose of a report, and proves each rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast, get_args

import yaml

from dragoman.entries import PartKind
from dragoman.errors import RuleError, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Longer lines are prose: no furniture of the development reports was longer.
LONGEST = 300
# A caption names what is seen; a line that begins so tells something else.
_NO_SUBJECT = (
    "(?:At|In|On|So|But|And|For|While|As|After|Before|If|When|He|She|They|It|We|I|You|There|This|"
    "That|These|Those|Other|My|Our|His|Her|Its|Their|What|How|Why|Who|Here|Now|Then|Not|To|With) "
)
_FIELDS = frozenset({"id", "kind", "pattern", "catches", "leaves", "where", "case", "max"})
_WHERE = ("any", "start", "end")


@dataclass(frozen=True, slots=True)
class LineRule:
    """A rule for a whole line: `pattern` must match all of it; `where` it may stand."""

    id: str
    kind: PartKind
    pattern: re.Pattern[str]
    where: str = "any"
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """All rules of layout.

    Attributes:
        lines: rules for whole lines, the first that matches wins.
        phrases: what is cut off the end of a paragraph of prose.
        wires: agency by each of its names.
        caption: matches a line in the present tense that describes a picture.
        posed: matches a noun phrase with a participle ("Guards standing at the gate").
    """

    lines: tuple[LineRule, ...]
    phrases: tuple[LineRule, ...]
    wires: Mapping[str, str]
    caption: re.Pattern[str]
    posed: re.Pattern[str]

    def rule_for(self, line: str, where: str) -> LineRule | None:
        """The rule that knows `line`, which stands at `where` (start, middle or end of a report)."""
        for rule in self.lines:
            if len(line) > rule.longest or rule.where not in {"any", where}:
                continue
            if rule.pattern.fullmatch(line):
                return rule
        return None


@cache
def default_rules() -> LayoutRules:
    """The rules that come with the package."""
    place = files("dragoman") / "rules" / "layout.yaml"
    return parse_rules(place.read_text(encoding="utf-8"), file="rules/layout.yaml")


def parse_rules(text: str, *, file: str = "layout.yaml") -> LayoutRules:
    """Rules from YAML.

    Raises:
        RuleError: not YAML, a field missing or of the wrong kind, or a rule that does not catch what
            it says, or does not leave what it says; names file and line.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise RuleError(f"not valid YAML: {error.problem}", file=file, line=line) from error
    top = _mapping(root, file)
    lines = tuple(_line_rule(node, file, whole=True) for node in _items(top, "lines", file))
    phrases = tuple(_line_rule(node, file, whole=False) for node in _items(top, "phrases", file))
    verbs = _words(top, "depicting", file).split()
    frames = [word.strip() for word in _words(top, "framing", file).split("|") if word.strip()]
    return LayoutRules(
        lines, phrases, _wires(top, file), _caption_pattern(verbs, frames), _posed_pattern(verbs)
    )


def _caption_pattern(verbs: list[str], frames: list[str]) -> re.Pattern[str]:
    """A present-tense verb of depiction within the first 14 words, then what frames the scene."""
    depicting = "|".join(map(re.escape, verbs))
    framing = "|".join(map(re.escape, frames))
    return re.compile(
        rf"(?!{_NO_SUBJECT})[A-Z](?:(?!\w+ed )\S+ ){{1,14}}?(?<!to )(?:{depicting}) "
        rf"(?:.{{0,160}}? )?(?:{framing})\b [^\"“”]{{2,260}}"
    )


def _posed_pattern(verbs: list[str]) -> re.Pattern[str]:
    """A participle of depiction with a preposition or article after it; no finite verb is asked for."""
    forms = sorted(
        {_participle(verb) for verb in verbs if not verb.endswith("s") or verb == "pass"}
    )
    where = (
        "over|on|in|at|with|by|near|outside|inside|through|past|for|from|to|along|behind|under|up|"
        "down|amid|around|next|after|hands|a|an|the"
    )
    return re.compile(
        rf"(?!{_NO_SUBJECT})[A-Z](?:[^\s,;:]+ ){{1,6}}?"
        rf"(?:(?:{'|'.join(forms)})|(?:carrying|waving|wearing) [\w'-]+(?: [\w'-]+)?) "
        rf"(?:{where})\b[^\"“”:]{{2,160}}"
    )


def _participle(verb: str) -> str:
    if verb in {"get", "sit", "hug", "chat", "step"}:
        return f"{verb}{verb[-1] if verb != 'step' else 'p'}ing"
    if verb == "lie":
        return "lying"
    return f"{verb[:-1]}ing" if verb.endswith("e") else f"{verb}ing"


def _line_rule(node: yaml.Node, file: str, *, whole: bool) -> LineRule:
    fields = _mapping(node, file)
    line = node.start_mark.line + 1
    for name, value in fields.items():
        if name not in _FIELDS:
            raise UnknownValueError(
                name, _FIELDS, what="field", file=file, line=value.start_mark.line + 1
            )
    for name in ("id", "kind", "pattern", "catches", "leaves"):
        if name not in fields:
            raise RuleError(f"rule has no {name!r}; every rule needs one", file=file, line=line)
    kind = _scalar(fields["kind"], file)
    if kind not in get_args(PartKind):
        raise UnknownValueError(kind, get_args(PartKind), what="kind", file=file, line=line)
    where = _scalar(fields["where"], file) if "where" in fields else "any"
    if where not in _WHERE:
        raise UnknownValueError(where, _WHERE, what="place", file=file, line=line)
    rule = LineRule(
        _scalar(fields["id"], file),
        cast("PartKind", kind),
        _compiled(fields, file),
        where,
        int(_scalar(fields["max"], file)) if "max" in fields else LONGEST,
    )
    _prove(rule, fields, file, whole=whole)
    return rule


def _compiled(fields: Mapping[str, yaml.Node], file: str) -> re.Pattern[str]:
    node = fields["pattern"]
    cased = "case" in fields and _scalar(fields["case"], file) in {"yes", "true"}
    try:
        return re.compile(_scalar(node, file), 0 if cased else re.IGNORECASE)
    except re.error as error:
        raise RuleError(
            f"pattern is no regular expression: {error}", file=file, line=node.start_mark.line + 1
        ) from error


def _prove(rule: LineRule, fields: Mapping[str, yaml.Node], file: str, *, whole: bool) -> None:
    find = rule.pattern.fullmatch if whole else rule.pattern.search
    for name, wanted in (("catches", True), ("leaves", False)):
        node = fields[name]
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise RuleError(
                f"rule {rule.id!r}: {name} must list at least one line",
                file=file,
                line=node.start_mark.line + 1,
            )
        for example in node.value:
            words = _scalar(example, file)
            if bool(find(words)) is not wanted:
                raise RuleError(
                    f"rule {rule.id!r} must {'catch' if wanted else 'leave'} {words!r} and does not",
                    file=file,
                    line=example.start_mark.line + 1,
                    value=words,
                )


def _wires(top: Mapping[str, yaml.Node], file: str) -> dict[str, str]:
    if "wires" not in top:
        raise RuleError("no 'wires'", file=file, line=1)
    found: dict[str, str] = {}
    for name, node in _mapping(top["wires"], file).items():
        if not isinstance(node, yaml.SequenceNode):
            raise RuleError(
                f"wire {name!r} must list its names", file=file, line=node.start_mark.line + 1
            )
        found.update((_scalar(alias, file).lower(), name) for alias in node.value)
    return found


def _mapping(node: yaml.Node | None, file: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise RuleError("fields with names are expected here", file=file, line=line)
    return {_scalar(key, file): value for key, value in node.value}


def _items(top: Mapping[str, yaml.Node], name: str, file: str) -> list[yaml.Node]:
    node = top.get(name)
    if not isinstance(node, yaml.SequenceNode):
        raise RuleError(f"{name!r} must be a list of rules", file=file, line=1)
    return list(node.value)


def _words(top: Mapping[str, yaml.Node], name: str, file: str) -> str:
    if name not in top:
        raise RuleError(f"no {name!r}", file=file, line=1)
    return _scalar(top[name], file)


def _scalar(node: yaml.Node, file: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise RuleError("plain words are expected here", file=file, line=node.start_mark.line + 1)
    return str(node.value)
