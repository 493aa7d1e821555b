"""Relations between parties within a sentence, against those that readers marked.

Takes the format of ties/re3d.jsonl: ``{id, text, entities: [{id, type, start, end, text}], relations: [{type, a,
b}]}``. A relation of a type that has a kind of tie is found where a telling of that kind has one member at (or
inside) each of the two entities, in any order. Events count for FightingAgainst as well (an ASSAULT of one on the
other). ``given`` counts the tellings of those kinds whose members both lie at entities, ``right`` those of them that
match a marked relation of their type: as the marking is not complete, this is a lower bound of precision.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, lines, overlap, read_text, reader, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Actor, ReadReport

# The file's types that have a kind of tie here. InChargeOf (offices, control of places) has none.
KINDS = {
    "AlliesOf": {"alliance", "defence pact", "support"},
    "FightingAgainst": {"armed conflict"},
    "BelongsTo": {"membership"},
    "InChargeOf": set(),
    "Likes": {"stance", "support"},
    "Dislikes": {"stance", "sanctions"},
}


def told(read: ReadReport) -> Iterator[tuple[str, Actor, Actor]]:
    """Kind and members of what a report tells of two parties."""
    for one in read.tellings:
        if len(one.members) == 2:
            yield one.kind, one.members[0], one.members[1]
    for event in read.events:
        if event.event == "ASSAULT":
            for actor in event.actor:
                for recipient in event.recipient:
                    yield "armed conflict", actor, recipient


def at(actor: Actor, entity: dict[str, Any]) -> bool:
    """Whether a party's words lie at an entity."""
    return overlap((actor.span.start, actor.span.end), (entity["start"], entity["end"]))


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    wanted, found = Counter[str](), Counter[str]()
    given = right = 0
    for line in lines(args.data):
        read = read_text(reading, line["text"], name=str(line["id"]))
        entities = {one["id"]: one for one in line["entities"]}
        tellings = list(told(read))
        marked = [
            (relation["type"], entities[relation["a"]], entities[relation["b"]])
            for relation in line["relations"]
            if relation["type"] in KINDS
        ]
        for type_, a, b in marked:
            wanted[type_] += 1
            found[type_] += any(
                kind in KINDS[type_] and ((at(x, a) and at(y, b)) or (at(x, b) and at(y, a)))
                for kind, x, y in tellings
            )
        for kind, x, y in tellings:
            if kind not in {"armed conflict", "alliance", "defence pact", "membership"}:
                continue
            if not all(any(at(z, one) for one in entities.values()) for z in (x, y)):
                continue
            given += 1
            right += any(
                kind in KINDS[type_] and ((at(x, a) and at(y, b)) or (at(x, b) and at(y, a)))
                for type_, a, b in marked
            )
    show(
        {
            **{f"recall_{type_}": found[type_] / wanted[type_] for type_ in KINDS if wanted[type_]},
            "right": right / given if given else 0.0,
            "given": given,
            "n": wanted.total(),
        }
    )


if __name__ == "__main__":
    main()
