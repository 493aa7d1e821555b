"""Who did what to whom: the events of a report, with date, place, voice and status."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import AUXILIARY, Event
from dragoman.ids import content_id
from dragoman.reading.clauses import Clauses
from dragoman.reading.drafting import drafts_of
from dragoman.reading.parties import Parties
from dragoman.reading.places import event_place
from dragoman.reading.status import auxiliary
from dragoman.reading.tree import base
from dragoman.spans import Span, cut

if TYPE_CHECKING:
    from dragoman.entries import Mention, Moment, Statement
    from dragoman.language.tags import LanguageModel
    from dragoman.reading.selecting import Draft
    from dragoman.reading.tree import Page, Tree
    from dragoman.reading.triggers import RuleIndex
    from dragoman.rulebook import Rulebook


# The model's type is that of the act as it is told: what is still to come or refused is in it already.
_TOLD_BY_TYPE = {
    "AGREE": frozenset({"future"}),
    "CONCEDE": frozenset({"future"}),
    "REJECT": frozenset({"future", "negation"}),
}


def find_events(
    page: Page,
    mentions: tuple[Mention, ...],
    moments: tuple[Moment, ...],
    statements: tuple[Statement, ...],
    rulebook: Rulebook,
    index: RuleIndex,
    model: LanguageModel,
) -> tuple[Event, ...]:
    """All events that a report tells, in the order of the text.

    Args:
        page: the report's sentences with their trees.
        mentions: its parties.
        moments: its resolved dates.
        statements: its statements, for whose voice an event stands in.
        rulebook: ontology, grammar lists and event rules.
        index: the rules by their words, made once from the same rulebook.
        model: types the pairs; its name stands in the event's coder.
    """
    parties = Parties(page, mentions, statements)
    made: list[Event] = []
    for tree in page.trees:
        clauses = Clauses(tree, rulebook.grammar)
        drafts = drafts_of(page, clauses, parties, index, rulebook, model)
        made.extend(_event(page, clauses, draft, moments, statements, rulebook) for draft in drafts)
    return _unique(made)


def _event(
    page: Page,
    clauses: Clauses,
    draft: Draft,
    moments: tuple[Moment, ...],
    statements: tuple[Statement, ...],
    rulebook: Rulebook,
) -> Event:
    tree, report = clauses.tree, page.report
    aux = set(auxiliary(clauses, draft.position, verbal=draft.verbal))
    name = draft.event
    why = draft.why
    future = rulebook.ontology.types[name].future
    if "future" in aux and future and "negation" not in aux:
        why += f"; still to come, so {name} is coded {future}"
        name = future
        aux.discard("future")
    if "negation" in aux and "future" in aux and (future or name == "CONCEDE"):
        # "will not lift the ban", "refuses to meet": PLOVER's REJECT.
        why += f"; refused, so {name} is coded REJECT"
        name = "REJECT"
        aux -= {"future", "negation"}
    if draft.trigger is None:
        aux -= _TOLD_BY_TYPE.get(name, frozenset())
    plover = rulebook.ontology.types[name]
    span = _clause(page, clauses, draft)
    mark = tree.span(report, draft.position, draft.position + 1)
    moment = _moment(clauses, draft.position, moments)
    if moment and _long_before(moment.value, report.day):
        aux.add("historical")
    said_by = next((one.id for one in statements if one.content.holds(mark)), None)
    modes = tuple(mode for mode in draft.mode if mode in plover.modes)
    parties = (*draft.actor, *draft.recipient)
    countries = frozenset(one.country_code for one in parties if one.country_code)
    made = Event(
        id="",
        report_id=report.id,
        sentence=tree.sentence.index,
        span=span,
        trigger=mark,
        event=name,
        actor=draft.actor,
        recipient=draft.recipient,
        mode=modes,
        context=_contexts(span, draft.context, rulebook),
        auxiliary=tuple(one for one in AUXILIARY if one in aux),
        quad_code=plover.quad,
        event_scale=plover.scale,
        date=moment.value if moment else None,
        date_precision=moment.precision if moment else "none",
        enddate=moment.end if moment else None,
        date_why=moment.why if moment else "",
        event_loc=event_place(tree, draft.position, rulebook.gazetteer, countries),
        said_by=said_by,
        confidence=draft.confidence,
        coder=draft.coder,
        why=why,
    )
    return replace(made, id=event_id(made))


def event_id(event: Event) -> str:
    """The id of an event from its report, words and coding."""
    return content_id(
        "e",
        event.report_id,
        event.span.start,
        event.trigger.start,
        event.trigger.end,
        event.event,
        *(actor.span.start for actor in event.actor),
        "|",
        *(actor.span.start for actor in event.recipient),
    )


def _clause(page: Page, clauses: Clauses, draft: Draft) -> Span:
    """The words of the telling: the trigger's clause without clauses that hang on it, and all parties."""
    tree = clauses.tree
    position = draft.position
    if not draft.verbal:
        position = clauses.governor(position) or position
    dropped: set[int] = set()
    for kid in tree.kids(position, "parataxis", "advcl", "conj", "ccomp", "acl"):
        relation = base(tree.tokens[kid].deprel)
        if (kid != draft.complement and relation != "ccomp") or (
            relation == "ccomp" and kid != draft.complement
        ):
            dropped |= set(tree.subtree(kid))
    kept = [one for one in tree.subtree(position) if one not in dropped]
    kept.append(draft.position)
    start = tree.offset + tree.tokens[min(kept)].start
    end = tree.offset + tree.tokens[max(kept)].end
    sentence = tree.sentence.span
    for actor in (*draft.actor, *draft.recipient):
        if sentence.holds(actor.span):
            start, end = min(start, actor.span.start), max(end, actor.span.end)
    text = page.report.text
    while end > start + 1 and text[end - 1] in ',;:.—–- \n"“”':
        end -= 1
    while start < end - 1 and text[start] in ",;:.—–- \n":
        start += 1
    return cut(text, start, end)


def _moment(clauses: Clauses, position: int, moments: tuple[Moment, ...]) -> Moment | None:
    """The date expression that belongs to a trigger: nearest up the tree, within its own clause."""
    tree = clauses.tree
    sentence = tree.sentence.span
    mine = [one for one in moments if sentence.holds(one.span) and one.kind in {"date", "time"}]
    if not mine:
        return None
    best: tuple[int, int, Moment] | None = None
    chain = [position, *tree.ancestors(position)]
    for moment in mine:
        at = tree.position_at(moment.span.start - tree.offset)
        if at is None:
            continue
        steps = _steps(tree, at, chain)
        if steps is None or (moment.precision != "year" and _told_of_another(tree, at, chain)):
            continue
        # Between two as near, a date that is known goes before "later" and its like.
        key = (2 * steps + (moment.value is None), abs(at - position), moment)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best and best[2].value else None


def _told_of_another(tree: Tree, at: int, chain: list[int]) -> bool:
    """Whether a date dates what stands in an "after" phrase: "cut ties after the attack of 3 January".

    The year of it may be taken for the event's; the day may not.
    """
    for place in tree.ancestors(at):
        if place in chain:
            return False
        if tree.case(place).split(" ")[0] in {"after", "before", "following", "since"}:
            return True
    return False


def _steps(tree: Tree, at: int, chain: list[int]) -> int | None:
    """How far up a trigger's chain a date hangs; None where it belongs to another clause."""
    path = [at, *tree.ancestors(at)]
    for climbed, place in enumerate(path):
        if place in chain:
            between = path[1:climbed]
            # A date inside a clause that hangs on the trigger belongs to that clause.
            if any(
                base(tree.tokens[one].deprel) in {"acl", "advcl", "ccomp", "conj", "parataxis"}
                for one in between
            ):
                return None
            up = chain.index(place)
            passed = chain[:up]
            if any(base(tree.tokens[one].deprel) in {"acl", "ccomp", "advcl"} for one in passed):
                # "said on Monday that Iran attacked": the saying's date is not the attack's.
                return None
            return up
    return None


def _long_before(value: str | None, day: str | None) -> bool:
    """Told as history: in a year before that of publication, by two calendar months or more."""
    if not value or not day:
        return False
    if len(value) == 4:
        return value < day[:4]
    months = (int(day[:4]) - int(value[:4])) * 12 + int(day[5:7]) - int(value[5:7])
    return months > 2


def _contexts(span: Span, own: tuple[str, ...], rulebook: Rulebook) -> tuple[str, ...]:
    words = set(re.findall(r"[\w'-]+", span.text.lower()))
    words |= {word[:-1] for word in words if word.endswith("s")}
    text = f" {' '.join(sorted(words))} "
    lower = span.text.lower()
    made = list(own)
    for context, cues in rulebook.ontology.contexts.items():
        if context in made:
            continue
        if any((cue in lower) if " " in cue else (f" {cue} " in text) for cue in cues):
            made.append(context)
    return tuple(made)


def _unique(events: list[Event]) -> tuple[Event, ...]:
    made: dict[str, Event] = {}
    for event in events:
        if event.id not in made:
            made[event.id] = event
    return tuple(made.values())
