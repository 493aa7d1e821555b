"""Triples (actor country, recipient country, root) of coded sentences.

Takes the format of events/petr2.jsonl (CAMEO codes) and lines
``{id, text, date?, events: [{event, actor: [{text, code, sector}], recipient: [...]}]}``.
CAMEO roots are mapped to PLOVER by rules/plover (cameo_to_plover.tsv beside the data is not needed);
codes for which PLOVER has no type (statements, appeals) are not asked for, and what is coded on them counts
as too much. Root F1 asks only which types a line holds.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, f1, lines, note, read_text, reader, show
from dragoman.exchange.cameo import plover_types

if TYPE_CHECKING:
    from dragoman.entries import Actor, Event

_BODIES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
Triple = tuple[str, str, str]


def _country(code: str) -> str:
    code = code.strip("-")[:3]
    return "IGO" if code in _BODIES else code


def _gold(line: dict[str, Any]) -> list[tuple[set[str], set[str], set[str]]]:
    """(actor codes, recipient codes, types) of each gold event; several codes are alternatives."""
    made = []
    for event in line["events"]:
        if "cameo" in event:
            if not plover_types(event["cameo"]):
                continue
            made.append(
                (
                    {_country(event["actor_code"])},
                    {_country(event["recipient_code"])},
                    plover_types(event["cameo"]),
                )
            )
            continue
        types = {event["event"]} if isinstance(event["event"], str) else set(event["event"])
        if "YIELD" in types:
            types |= {"CONCEDE", "RETREAT"}
        made.append(
            (
                {_country(str(one.get("code") or "")) for one in event["actor"]} or {""},
                {_country(str(one.get("code") or "")) for one in event["recipient"]} or {""},
                types,
            )
        )
    return made


def _codes(actors: tuple[Actor, ...]) -> set[str]:
    """Countries or kinds of body; the sector stands for a gold code that names no country ("REB")."""
    codes = {_country(actor.country_code or actor.entity_code or "") for actor in actors} or {""}
    return codes | {actor.sector_code for actor in actors if actor.sector_code}


def _matches(gold: tuple[set[str], set[str], set[str]], event: Event) -> bool:
    actor, recipient, types = gold
    if event.event not in types:
        return False
    if event.recipient or len(event.actor) < 2:
        return bool(actor & _codes(event.actor)) and bool(recipient & _codes(event.recipient))
    codes = _codes(event.actor)
    return bool(actor & codes) and (bool(recipient & codes) or recipient == {""})


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    right = found = wanted = 0
    roots = Counter[str]()
    coded = coded_right = 0
    errors = 0
    for line in lines(args.data):
        gold = _gold(line)
        read = read_text(reading, line["text"], name=str(line["id"]), date=line.get("date"))
        events = list(read.events)
        left = list(events)
        missed = []
        for one in gold:
            hit = next((event for event in left if _matches(one, event)), None)
            if hit:
                # A meeting is coded once with all parties as actors, and twice in CAMEO: it serves both.
                if hit.recipient or len(hit.actor) < 2:
                    left.remove(hit)
                right += 1
            else:
                missed.append(one)
            coded += 1
            coded_right += any(one[0] & _codes(event.actor) for event in events)
        spare = [event for event in left if not any(_matches(one, event) for one in gold)]
        wanted += len(gold)
        found += len(gold) - len(missed) + len(spare)
        got_types = {event.event for event in events}
        for one in gold:
            roots["right"] += bool(one[2] & got_types)
            roots["wanted"] += 1
        roots["found"] += len(got_types)
        if (missed or spare) and errors < args.errors:
            errors += 1
            note(line["id"], "|", line["text"])
            for one in missed:
                note("   missed:", one)
            for event in spare:
                note(
                    "   spare:",
                    event.event,
                    [(a.span.text, a.entity_code) for a in event.actor],
                    "->",
                    [(a.span.text, a.entity_code) for a in event.recipient],
                    event.coder,
                )
    precision, recall, both = f1(right, found, wanted)
    root = f1(roots["right"], roots["found"], roots["wanted"])[2]
    show(
        {
            "triple_f1": both,
            "precision": precision,
            "recall": recall,
            "root_f1": root,
            "actor_code_accuracy": coded_right / coded if coded else 0.0,
            "n": wanted,
        }
    )


if __name__ == "__main__":
    main()
