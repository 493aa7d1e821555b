"""Entries with what stands around them, ready to be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Event, Happening, Report, Statement, Story, Tie
from dragoman.record import LIKELY, Where
from dragoman.web import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.entries import Actor
    from dragoman.record import Record

# Tellings of a story looked at for its overview.
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Told:
    """An event and where it is told.

    Attributes:
        event: as amended by people.
        outlet, published: of its report; voice: the outlet, else the report's file.
        happening_id, story_id: what it was gathered into.
        phrase: what is done, in words.
        aux: how it is told, in words; empty where it is told as having happened.
    """

    event: Event
    outlet: str | None
    voice: str
    published: str | None
    happening_id: str | None
    story_id: str | None
    phrase: str
    aux: str

    @property
    def day(self) -> str:
        """When it happened, else when it was reported: for putting in order, latest last."""
        return (self.event.date or self.published or "")[:10]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A happening with its tellings.

    Attributes:
        first: the telling shown for it: the surest.
        reports: how many reports tell it; outlets: whose.
    """

    happening: Happening
    tellings: tuple[Told, ...]
    reports: int
    outlets: tuple[str, ...]

    @property
    def first(self) -> Told:
        """The telling shown for it: the surest, with a recipient if any has one."""
        return max(
            self.tellings, key=lambda told: (bool(told.event.recipient), told.event.confidence)
        )

    @property
    def confidence(self) -> float:
        """That of its surest telling."""
        return max(told.event.confidence for told in self.tellings)

    @property
    def date(self) -> str | None:
        """When it happened, as far as known."""
        return self.happening.date or self.first.event.date

    @property
    def day(self) -> str:
        """When it happened, else when it was first reported."""
        return (
            self.date or min((one.published for one in self.tellings if one.published), default="")
        )[:10]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story's overview.

    Attributes:
        happenings: how many; tellings: how many events tell them.
        outlets: whose reports, with how many each has.
        parties: those met most often: their key and name.
        pairs: those that deal with one another most often.
        main: what happened, in the words of the surest tellings: the most told first.
    """

    story: Story
    happenings: int
    tellings: int
    outlets: tuple[tuple[str, int], ...]
    parties: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]
    main: tuple[Occurrence, ...]

    @property
    def counts(self) -> str:
        """Both counts."""
        return words.told(len(self.story.report_ids), self.happenings)


@dataclass(frozen=True, slots=True)
class TieView:
    """A tie and whose reports tell it.

    Attributes:
        names: its members'; said_by: who says so, empty where the reports tell it themselves.
    """

    tie: Tie
    names: tuple[str, ...]
    reports: int
    outlets: tuple[str, ...]
    said_by: str = ""

    @property
    def who(self) -> str:
        """Its members in a line: "Kuwait to Iran", or "Iran and Oman" where neither comes first."""
        joint = " to " if self.tie.directed else " and "
        return (
            self.names[0] + joint + ", ".join(self.names[1:])
            if self.names[1:]
            else "".join(self.names)
        )


class Views:
    """Entries made ready to be shown, out of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def told(self, events: Sequence[Event]) -> list[Told]:
        """Events with where they are told."""
        settings = self.record.settings(events)
        return [
            Told(
                event,
                settings[event.id].outlet,
                words.voice(settings[event.id].outlet, settings[event.id].source),
                settings[event.id].published,
                settings[event.id].happening_id,
                settings[event.id].story_id,
                words.phrase(event),
                words.auxiliary(event),
            )
            for event in events
        ]

    def occurrences(self, happenings: Sequence[Happening]) -> list[Occurrence]:
        """Happenings with their tellings; those that people rejected altogether are left out."""
        ids = [id_ for happening in happenings for id_ in happening.member_ids]
        found = self.record.entries(ids)
        rejected = self._rejected()
        events = [
            entry
            for id_ in ids
            if isinstance(entry := found.get(id_), Event) and id_ not in rejected
        ]
        told = {one.event.id: one for one in self.told(events)}
        made = []
        for happening in happenings:
            tellings = tuple(told[id_] for id_ in happening.member_ids if id_ in told)
            if tellings:
                outlets = sorted({one.voice for one in tellings})
                reports = len({one.event.report_id for one in tellings})
                made.append(Occurrence(happening, tellings, reports, tuple(outlets)))
        return made

    def with_single(
        self, occurrences: Sequence[Occurrence], events: Sequence[Event]
    ) -> list[Occurrence]:
        """Happenings, and those events that are told once only, each as a happening of its own."""
        held = {told.event.id for one in occurrences for told in one.tellings}
        left = [event for event in events if event.id not in held and happened(event)]
        grouped = self.record.happenings_of([event.id for event in left])
        made = list(occurrences)
        for told in self.told([event for event in left if event.id not in grouped]):
            event = told.event
            single = Happening(event.id, told.story_id, (event.id,), event.event, event.date)
            made.append(Occurrence(single, (told,), 1, (told.voice,)))
        return sorted(made, key=lambda one: (one.date or "9999", one.happening.id))

    def _rejected(self) -> set[str]:
        """Ids of entries whose last verdict is reject."""
        last = {entry.entry_id: entry.verdict for entry in self.record.corrections()}
        return {id_ for id_, verdict in last.items() if verdict == "reject"}

    def story(self, story: Story) -> StoryView:
        """A story's overview."""
        events = self.record.events(Where(story=story.id, limit=LOOKED_AT))
        grouped = self.record.happenings_of([event.id for event in events])
        single = sum(event.id not in grouped and happened(event) for event in events)
        reports = self.reports(story.report_ids[:LOOKED_AT])
        outlets = Counter(words.voice(report.outlet, report.source) for report in reports)
        return StoryView(
            story, len(set(grouped.values())) + single, len(events), tuple(outlets.most_common()),
            most_met(events), pairs_of(events), self.main(events, grouped),
        )  # fmt: skip

    def main(
        self, events: Sequence[Event], grouped: Mapping[str, str], most: int = 3
    ) -> tuple[Occurrence, ...]:
        """What is told by most reports, then what is told now rather than as history; what is less sure comes last."""
        groups: dict[str, list[Event]] = {}
        for event in events:
            if happened(event) and any(actor.entity_code for actor in event.actor):
                groups.setdefault(grouped.get(event.id, event.id), []).append(event)

        def weight(item: tuple[str, list[Event]]) -> tuple[object, ...]:
            id_, found = item
            past = sum("historical" in event.auxiliary for event in found)
            coded = any(actor.entity_code for event in found for actor in event.recipient)
            surest = max(event.confidence for event in found)
            return (
                surest < LIKELY,
                2 * past > len(found),
                -len({event.report_id for event in found}),
                not coded,
                -surest,
                id_,
            )

        ranked = sorted(groups.items(), key=weight)[:most]
        told = {one.event.id: one for one in self.told([e for _, found in ranked for e in found])}
        return tuple(
            Occurrence(
                Happening(id_, found[0].id, tuple(event.id for event in found), found[0].event),
                tuple(told[event.id] for event in found),
                len({event.report_id for event in found}),
                tuple(sorted({told[event.id].voice for event in found})),
            )
            for id_, found in ranked
        )

    def reports(self, ids: Iterable[str]) -> list[Report]:
        """Reports by id, in the order given; unknown ids are left out."""
        return [report for id_ in ids for report in self.record.reports(Where(report=id_, limit=1))]

    def ties(self, ties: Iterable[Tie]) -> list[TieView]:
        """Ties with the outlets that tell them."""
        made = []
        known: dict[str, str] = {}
        ties = list(ties)
        speakers = self.speakers(ties)
        for tie in ties:
            ids = list(dict.fromkeys(item.report_id for item in tie.evidence))
            for report in self.reports(id_ for id_ in ids if id_ not in known):
                known[report.id] = words.voice(report.outlet, report.source)
            outlets = tuple(sorted({known[id_] for id_ in ids if id_ in known}))
            names = tuple(words.state_name(member) for member in tie.members)
            said_by = speakers.get(tie.said_by, "somebody") if tie.said_by else ""
            made.append(TieView(tie, names, len(ids), outlets, said_by))
        return made

    def speakers(self, ties: Iterable[Tie]) -> dict[str, str]:
        """Who makes the statements in which ties are told, by the statements' ids."""
        found = self.record.entries([tie.said_by for tie in ties if tie.said_by])
        return {
            id_: words.name_of(entry.speaker)
            for id_, entry in found.items()
            if isinstance(entry, Statement) and entry.speaker
        }


def happened(event: Event) -> bool:
    """Whether an event is told as one that happened, or will: not denied, not merely possible."""
    return not {"negation", "hypothetical"} & set(event.auxiliary)


def most_met(events: Iterable[Event], most: int = 6) -> tuple[tuple[str, str], ...]:
    """The parties met most often: their key and name. Those without a code stand behind."""
    met: Counter[tuple[str, str]] = Counter()
    uncoded: set[tuple[str, str]] = set()
    for event in events:
        for actor in (*event.actor, *event.recipient):
            met[_party(actor)] += 1
            if not actor.entity_code:
                uncoded.add(_party(actor))
    # "a crowd" and "the raid" tell little on an overview.
    if len(met) > len(uncoded):
        met = Counter({party: count for party, count in met.items() if party not in uncoded})
    return tuple(party for party, _ in met.most_common(most))


def pairs_of(events: Iterable[Event], most: int = 3) -> tuple[tuple[str, str], ...]:
    """The pairs of states that deal with one another most often, as sorted codes."""
    met: Counter[tuple[str, str]] = Counter()
    for event in events:
        one = {actor.country_code for actor in event.actor if actor.country_code}
        other = {actor.country_code for actor in event.recipient if actor.country_code}
        if not event.recipient:
            other = one
        met.update({(min(a, b), max(a, b)) for a in one for b in other if a != b})
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))
    return tuple(pair for pair, _ in ranked[:most])


def _party(actor: Actor) -> tuple[str, str]:
    if actor.country_code:
        return actor.country_code, words.state_name(actor.country_code)
    return words.page_key(actor), words.name_of(actor)
