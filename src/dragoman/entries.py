"""What the record is made of: frozen, slotted entries that pass between the steps.

An entry that quotes a report holds a :class:`~dragoman.spans.Span`, and the span's words are always
the report's own: ``report.text[span.start:span.end] == span.text``. Entries are values: made once,
compared by content, never changed. Tuples stand where an order or a set is meant, so that every
entry can be hashed, pickled and sent to another process.

Dates are ISO 8601 text, written as far as they are known (``2016``, ``2016-01``, ``2016-01-04``).
What is not known is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.spans import Span

PartKind = Literal["title", "time", "caption", "heading", "byline", "furniture", "prose"]
Status = Literal["read", "set aside"]
Precision = Literal["day", "month", "year", "none"]
StatementKind = Literal["direct", "indirect", "mixed"]
MentionKind = Literal["name", "adjective", "description", "pronoun"]
PositionKind = Literal["supports", "opposes", "demands", "offers", "threatens", "denies", "regrets"]
FindingKind = Literal["told by all", "told by some", "differ", "against reference"]

AUXILIARY = ("historical", "future", "hypothetical", "negation")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a report and what it is: only ``prose``, ``title`` and ``caption`` are read as news."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news document of one outlet.

    Attributes:
        id: the id given with the report, or one made from its content.
        text: the whole text as received, furniture included; all offsets count its characters.
        outlet, title, url: as given or found on the page; None if not known.
        published, updated: ISO date or date-time; None if the report does not say. Never invented.
        language: ISO 639-1 code, or None where there is too little text to tell.
        source: the file's name as given.
        parts: what the stretches of `text` are, in order, not overlapping, all text that is not
            white space being covered.
        status, reason: ``set aside`` with the reason, or ``read`` and an empty reason.
        extra: unknown keys of the input, each with its value as JSON text, sorted by key.
        wire: the agency named as the true source of the text ("(AFP)"), if any.
    """

    id: str
    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    source: str = ""
    parts: tuple[Part, ...] = ()
    status: Status = "read"
    reason: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    wire: str | None = None

    @property
    def day(self) -> str | None:
        """The day of publication, ``YYYY-MM-DD``."""
        return self.published[:10] if self.published and len(self.published) >= 10 else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report's prose, title or caption; a quotation is never cut in two."""

    index: int
    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """A party, coded as in PLOVER.

    Attributes:
        span: the words that name the party here.
        name: the party's standard name ("Bahrain", "Hamad bin Isa Al Khalifa"); None if not known.
        entity_code: ISO 3166-1 alpha-3 of the state whose party it is, or IGO, UNO, EUR, NGO, ISM,
            IMG, MNC; None if it cannot be coded. Where no word tells it, `why` says whence it is taken.
        country_code: ISO 3166-1 alpha-3, None where the party belongs to no state.
        sector_code: GOV, MIL, REB, ...; None if not known.
        other_sector_codes: further sectors, in order of weight.
        catalogue_id: the row of the catalogue that named it ("state:BHR", "person:...").
        why: how it was coded, in words for people.
    """

    span: Span
    name: str | None = None
    entity_code: str | None = None
    country_code: str | None = None
    sector_code: str | None = None
    other_sector_codes: tuple[str, ...] = ()
    catalogue_id: str | None = None
    why: str = ""

    @property
    def key(self) -> str:
        """What two mentions of the same party share: the catalogue row, else name, codes or words."""
        if self.catalogue_id or self.name:
            return self.catalogue_id or self.name or ""
        if self.entity_code:
            return f"{self.entity_code}:{self.sector_code or ''}"
        return self.span.text.lower()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a party, and the party they were followed back to (None: unknown)."""

    sentence: int
    kind: MentionKind
    span: Span
    actor: Actor | None
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression of a report, resolved.

    ``value`` is an ISO date as far as known, ``end`` the last day for a stretch of time; both None
    where the words cannot be resolved. `why` says against what it was resolved.
    """

    span: Span
    value: str | None
    end: str | None = None
    precision: Precision = "none"
    kind: Literal["date", "duration", "set", "time"] = "date"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a place name of the gazetteer, its country, and the words."""

    span: Span
    name: str
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One telling, in one report, of who did what to whom.

    Attributes:
        id: made from the report, the words and the coding.
        report_id: the report that tells it.
        sentence: index of the sentence.
        span: the exact words of the telling (the clause).
        trigger: the word or words that carry the act.
        event: PLOVER type (AGREE ... ASSAULT).
        mode: PLOVER modes of that type, mostly none or one.
        context: PLOVER contexts.
        auxiliary: of historical, future, hypothetical, negation.
        quad_code: 1 verbal cooperation .. 4 material conflict.
        event_scale: PLOVER score, -10 .. +10.
        date, date_precision, enddate: when it happened, as told; None if not known.
        date_why: from which words or rule.
        event_loc: where, if told.
        said_by: id of the statement in which it stands; None for the outlet's own voice.
        confidence: 0 .. 1, of the coding as a whole.
        coder: the rule id or model name that spoke.
        why: the decision in words for people.
    """

    id: str
    report_id: str
    sentence: int
    span: Span
    trigger: Span
    event: str
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    auxiliary: tuple[str, ...] = ()
    quad_code: int = 1
    event_scale: float = 0.0
    date: str | None = None
    date_precision: Precision = "none"
    enddate: str | None = None
    date_why: str = ""
    event_loc: Place | None = None
    said_by: str | None = None
    confidence: float = 0.0
    coder: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """On what occasion words were spoken: its kind ("press conference", "meeting", "post") and words."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Position:
    """What a speaker holds in a statement, by a rule, an event or a tie; never by a mood score.

    Attributes:
        kind: supports, opposes, demands, offers, threatens, denies or regrets.
        span: the words that carry it.
        toward: the parties that it is toward or about, the speaker's own state left out.
        tie: the kind of tie that it concerns, None if none is told.
        coder: ``word:...``, ``phrase``, ``event:TYPE`` or ``tie:KIND`` - which rule spoke.
    """

    kind: PositionKind
    span: Span
    toward: tuple[Actor, ...] = ()
    tie: str | None = None
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words attributed to a speaker.

    Attributes:
        span: from the first to the last character of speaker, cue and content.
        kind: direct (all content inside quotation marks), indirect (none), mixed.
        speaker: who speaks; None where the report does not say.
        cue: the words of saying ("said", "according to"); None where there are none.
        content: what is said, without the outer quotation marks' cue.
        addressee: to whom, if told.
        via: who passes the words on ("Bahrain's news agency reported that the king said ...").
        date: when, if known; the same rules as for events.
        occasion: the meeting, broadcast, post ... at which they were spoken, if told.
        positions: what the speaker holds in these words, towards whom.
        embedding: the content's sentence embedding, unit length, quantised to int8 steps of 1/127;
            empty where no language model gave one.
    """

    id: str
    report_id: str
    sentence: int
    span: Span
    kind: StatementKind
    speaker: Actor | None
    cue: Span | None
    content: Span
    addressee: Actor | None = None
    via: Actor | None = None
    date: str | None = None
    date_precision: Precision = "none"
    confidence: float = 0.0
    coder: str = ""
    why: str = ""
    embedding: bytes = b""
    occasion: Occasion | None = None
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class TieTelling:
    """One telling, in one report, that a tie began, changed, ended, stands, or is talked about.

    Attributes:
        id: made from the report, the words and the coding.
        span: the exact words of the telling (the clause).
        members: the parties, the giver first where the kind has a direction.
        kind, state: of rules/ties/kinds.csv, as the words name them; `auxiliary` says whether as done.
        date, date_precision, end: when the change took place, or since when the state held, as told.
        said_by: id of the statement in which it stands; None for the outlet's own voice.
        auxiliary: of historical, future, hypothetical, negation.
        coder: the rule id that spoke.
        why: the decision in words for people.
    """

    id: str
    report_id: str
    sentence: int
    span: Span
    members: tuple[Actor, ...]
    kind: str
    state: str
    date: str | None = None
    date_precision: Precision = "none"
    end: str | None = None
    said_by: str | None = None
    auxiliary: tuple[str, ...] = ()
    coder: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with all that was read from it: what one transaction of the record holds."""

    report: Report
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    moments: tuple[Moment, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    embedding: bytes = b""
    reader: str = ""
    tellings: tuple[TieTelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a report that a line of the record rests on."""

    report_id: str
    span: Span
    event_id: str | None = None
    statement_id: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The reports about the same happening or group of happenings.

    ``copies`` pairs a report with the report whose text it reprints: both are one voice.
    """

    id: str
    title: str
    report_ids: tuple[str, ...]
    date: str | None = None
    copies: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """The events of several reports that tell the same occurrence."""

    id: str
    story_id: str | None
    member_ids: tuple[str, ...]
    event: str
    date: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The statements of several reports that give the same words spoken on the same occasion."""

    id: str
    story_id: str | None
    member_ids: tuple[str, ...]
    speaker: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a comparison: what all tell, some tell, where they differ or contradict reference."""

    kind: FindingKind
    what: str
    evidence: tuple[Evidence, ...]
    left_out: tuple[str, ...] = ()
    background: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A story, or two reports, laid side by side."""

    story_id: str | None
    report_ids: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A dated, sourced relation between two or more parties.

    Attributes:
        members: codes or catalogue names, sorted unless the kind has a direction (then giver first).
        kind, state: of rules/ties.csv.
        since, until: ISO dates as far as known, the interval in which the state held.
        since_precision: of `since`.
        told: day of the earliest report that tells it (for "as known on"); None if undated.
        said_by: the statement's id where somebody claims it; None for the outlet's own voice.
        evidence: the words, earliest report first.
    """

    id: str
    members: tuple[str, ...]
    kind: str
    state: str
    since: str | None
    since_precision: Precision
    until: str | None
    told: str | None
    said_by: str | None
    evidence: tuple[Evidence, ...]
    directed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What gathering makes of all read reports."""

    stories: tuple[Story, ...] = ()
    happenings: tuple[Happening, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    ties: tuple[Tie, ...] = ()
