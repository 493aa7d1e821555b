"""Ties found in prose on the history of relations, against dated facts taken from its headings.

Takes the format of ties/rdcr_dev.jsonl: ``{id, country_name, iso3, text, facts: [{members, kind,
state, date, ...}]}``. The prose is read as one report whose title is the name of the country. A fact is
found where a tie between its members, of its kind and state, begins in its year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, lines, note, reader, show
from dragoman.entries import Part, Report
from dragoman.gathering.ties import find_ties

if TYPE_CHECKING:
    from dragoman.entries import Tie
    from dragoman.reading import Reader
    from dragoman.rulebook import Catalogue

# The file's words for kinds and states, and ours; where the file's word is wide, several of ours.
_MISSION = "embassy"
_STATES: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("diplomatic relations", "established"): (("diplomatic relations", "established"),),
    ("recognition", "recognised"): (("recognition", "recognised"),),
    ("consular relations", "established"): (("consular relations", "established"),),
    ("ambassador", "recalled"): (("ambassador", "recalled"),),
    ("ambassador", "expelled"): (("ambassador", "expelled"),),
    ("interests section", "established"): (("interests section", "opened"),),
    ("liaison office", "established"): (("interests section", "opened"),),
    ("embassy", "raised from legation"): ((_MISSION, "raised"),),
    ("embassy", "suspended"): ((_MISSION, "suspended"), (_MISSION, "closed")),
    ("embassy", "resumed"): ((_MISSION, "reopened"),),
}
for _state in ("resumed", "re-established", "normalised"):
    _STATES["diplomatic relations", _state] = (("diplomatic relations", "restored"),)
for _state in ("severed", "ended", "interrupted", "suspended"):
    _STATES["diplomatic relations", _state] = (
        ("diplomatic relations", "severed"),
        ("diplomatic relations", "suspended"),
    )
for _kind in ("embassy", "legation"):
    _STATES[_kind, "established"] = ((_MISSION, "opened"),)
    _STATES[_kind, "closed"] = ((_MISSION, "closed"),)
    for _state in ("reopened", "re-established"):
        _STATES[_kind, _state] = ((_MISSION, "reopened"),)
# Codes under which the catalogue keeps earlier states that the file counts with a later one.
_EARLIER = {"RUS": {"SUN"}, "SRB": {"YUG", "SCG"}, "CZE": {"CSK"}, "YEM": {"YMD"}}


def read_ties(reading: Reader, line: dict[str, Any]) -> tuple[Tie, ...]:
    """The ties of one article."""
    title = str(line["country_name"])
    text = f"{title}\n\n{line['text']}"
    parts = (Part("title", 0, len(title)), Part("prose", len(title) + 2, len(text)))
    read = reading.read(Report(id=str(line["id"]), text=text, title=title, parts=parts))
    return find_ties([read], (), (), reading.rulebook)


def _codes(line: dict[str, Any], catalogue: Catalogue) -> set[str]:
    """Codes under which the catalogue has a state that the file knows by name only."""
    if line["iso3"]:
        return _EARLIER.get(line["iso3"], set())
    found = catalogue.find(str(line["country_name"]))
    return {row.entity_code for hit in found for row, _ in hit.rows if row.entity_code}


def _same(member: str, ours: str, codes: set[str]) -> bool:
    if ours == member:
        return True
    if member == "USA":
        return False
    # "Kingdom of Hawaii" is the file's "Hawaii".
    return ours in codes or (len(member) > 3 and member.casefold() in ours.casefold())


def _of(fact: dict[str, Any], tie: Tie, codes: set[str]) -> bool:
    """Whether a tie has the fact's members, kind and state."""
    if (tie.kind, tie.state) not in _STATES.get((fact["kind"], fact["state"]), ()):
        return False
    if len(tie.members) != 2:
        return False
    (one, two), (left, right) = fact["members"], tie.members
    return (_same(one, left, codes) and _same(two, right, codes)) or (
        _same(one, right, codes) and _same(two, left, codes)
    )


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    given = wanted = found = told = misdated = 0
    days = right_days = 0
    errors = 0
    for line in lines(args.data):
        ties = read_ties(reading, line)
        given += len(ties)
        codes = _codes(line, reading.rulebook.catalogue)
        for fact in line["facts"]:
            wanted += 1
            own = [tie for tie in ties if _of(fact, tie, codes)]
            dated = [tie for tie in own if tie.since]
            hits = [tie for tie in dated if (tie.since or "")[:4] == fact["date"][:4]]
            found += bool(hits)
            told += bool(dated)
            misdated += bool(dated) and not hits
            if len(fact["date"]) == 10 and hits:
                days += 1
                right_days += any(tie.since == fact["date"] for tie in hits)
            if not hits and errors < args.errors:
                errors += 1
                note("missed:", line["id"], fact["kind"], fact["state"], fact["date"])
                for tie in ties:
                    if tie.kind == fact["kind"] or tie in own:
                        note("    ", tie.kind, tie.state, tie.since, tie.members)
    show(
        {
            "recall": found / wanted if wanted else 0.0,
            "day_accuracy": right_days / days if days else 0.0,
            "misdated": misdated / told if told else 0.0,
            "given": given,
            "n": wanted,
        }
    )


if __name__ == "__main__":
    main()
