"""Entries for tests: small reports with what a reader would find in them, all words our own."""

from __future__ import annotations

from dragoman.entries import (
    Actor,
    Event,
    Evidence,
    Gathered,
    Happening,
    Mention,
    Moment,
    Occasion,
    Part,
    PartKind,
    Place,
    Position,
    ReadReport,
    Report,
    Sentence,
    Statement,
    Story,
    Tie,
    Utterance,
)
from dragoman.ids import content_id
from dragoman.spans import Span

READER = "model-1+rules-1"

# name, entity, country, sector, catalogue id
PARTIES = {
    "Saudi Arabia": ("Saudi Arabia", "SAU", "SAU", None, "state:SAU"),
    "Riyadh": ("Saudi Arabia", "SAU", "SAU", "GOV", "state:SAU"),
    "Bahrain": ("Bahrain", "BHR", "BHR", None, "state:BHR"),
    "Iran": ("Iran", "IRN", "IRN", None, "state:IRN"),
    "Tehran": ("Iran", "IRN", "IRN", "GOV", "state:IRN"),
    "Iraq": ("Iraq", "IRQ", "IRQ", None, "state:IRQ"),
    "the Arab League": ("Arab League", "IGO", None, None, "body:arab-league"),
    "the foreign minister": ("Adel al-Jubeir", "SAU", "SAU", "GOV", "person:adel-al-jubeir"),
    "protesters": (None, None, None, "CVL", None),
}


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth occurrence of words in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


def party(text: str, words: str, nth: int = 0) -> Actor:
    """A party of PARTIES, where its words stand."""
    name, entity, country, sector, catalogue_id = PARTIES[words]
    return Actor(
        span=span(text, words, nth), name=name, entity_code=entity, country_code=country,
        sector_code=sector, catalogue_id=catalogue_id, why=f"{words!r} is in the catalogue",
    )  # fmt: skip


def sentences(text: str) -> tuple[Sentence, ...]:
    """One sentence a line; the first line is the title."""
    made = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        kind: PartKind = "title" if number == 0 else "prose"
        made.append(Sentence(number, kind, Span(at, at + len(line), line)))
        at += len(line) + 1
    return tuple(made)


def report(report_id: str, text: str, **given: object) -> Report:
    """A report whose title is the first line."""
    title = text.split("\n", maxsplit=1)[0]
    defaults: dict[str, object] = {
        "id": report_id, "text": text, "outlet": "The Gulf Courier", "title": title,
        "published": "2016-01-04", "language": "en", "source": "sample.jsonl",
        "parts": (Part("title", 0, len(title)), Part("prose", len(title) + 1, len(text))),
    }  # fmt: skip
    return Report(**(defaults | given))  # type: ignore[arg-type]


def event(
    told: Report,
    sentence: int,
    trigger: str,
    kind: str,
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...],
    **given: object,
) -> Event:
    """An event whose span is its whole sentence."""
    where = sentences(told.text)[sentence].span
    defaults: dict[str, object] = {
        "report_id": told.id, "sentence": sentence, "span": where,
        "trigger": span(told.text, trigger), "event": kind, "actor": actors,
        "recipient": recipients, "quad_code": 4, "event_scale": -5.2, "confidence": 0.75,
        "coder": "rule:test", "why": f"{trigger!r} is a phrase of {kind}",
        "id": content_id("e", told.id, where.start, trigger, kind),
    }  # fmt: skip
    return Event(**(defaults | given))  # type: ignore[arg-type]


RUPTURE = (
    "Saudi Arabia cuts ties with Iran\n"
    "Saudi Arabia severed diplomatic relations with Iran on Sunday after protesters stormed its embassy.\n"
    'The foreign minister said: "We will not let Iran undermine our security."\n'
    "Bahrain severed its relations with Iran a day later."
)
VOICES = (
    "Bahrain follows Riyadh\n"
    "Bahrain broke off relations with Tehran on Monday.\n"
    "Iraq offered to mediate between Riyadh and Tehran."
)
ASIDE = "La rupture des relations\nLe texte n'est pas en anglais."


def rupture() -> ReadReport:
    """Three events and one direct statement about Iran."""
    told = report("r-rupture", RUPTURE)
    text = told.text
    lines = sentences(text)
    minister = Actor(
        span(text, "The foreign minister"), "Adel al-Jubeir", "SAU", "SAU", "GOV", ("ELI",),
        "person:adel-al-jubeir", "foreign minister of Saudi Arabia on 2016-01-04",
    )  # fmt: skip
    quote = span(text, '"We will not let Iran undermine our security."')
    said = Statement(
        id=content_id("s", told.id, quote.start), report_id=told.id, sentence=2,
        span=Span(minister.span.start, quote.end, text[minister.span.start : quote.end]),
        kind="direct", speaker=minister, cue=span(text, "said"), content=quote,
        confidence=0.9, coder="rule:quote", why="a quotation after a verb of saying",
        embedding=bytes(range(8)), occasion=Occasion("meeting", span(text, "said")),
        positions=(
            Position("opposes", span(text, "let"), (party(text, "Iran", 2),), None, "event:REJECT"),
        ),
    )  # fmt: skip
    events = (
        event(
            told, 1, "severed diplomatic relations", "SANCTION", (party(text, "Saudi Arabia", 1),),
            (party(text, "Iran", 1),), mode=("discontinue",), context=("diplomatic",),
            date="2016-01-03", date_precision="day", date_why="Sunday before 2016-01-04",
            event_loc=Place(span(text, "embassy"), "Tehran", "IRN"),
        ),
        event(
            told, 2, "let", "REJECT", (party(text, "Saudi Arabia", 1),), (party(text, "Iran", 2),),
            quad_code=3, event_scale=-4.2, auxiliary=("future", "negation"), said_by=said.id,
        ),
        event(
            told, 3, "severed its relations", "SANCTION", (party(text, "Bahrain"),),
            (party(text, "Iran", 3),), date="2016-01-04", date_precision="day",
        ),
    )  # fmt: skip
    names = (
        (1, party(text, "Saudi Arabia", 1)), (1, party(text, "Iran", 1)),
        (1, party(text, "protesters")), (2, party(text, "Iran", 2)), (3, party(text, "Bahrain")),
    )  # fmt: skip
    mentions = (
        *(Mention(number, "name", who.span, who) for number, who in names),
        Mention(2, "description", minister.span, minister, head=minister.span.end - 8),
        Mention(3, "pronoun", span(text, "its", 1), None),
    )
    moments = (Moment(span(text, "Sunday"), "2016-01-03", None, "day", "date", "the last Sunday"),)
    return ReadReport(told, lines, mentions, moments, events, (said,), b"\x01\xff", READER)


def voices() -> ReadReport:
    """Another outlet: the Bahraini rupture again, and an offer to mediate."""
    told = report(
        "r-voices", VOICES, outlet="Northern Wire", published="2016-01-05T08:30", url="https://example.org/v",
        wire="(NW)", extra=(("desk", '"world"'),), source="other.jsonl",
    )  # fmt: skip
    text = told.text
    events = (
        event(
            told, 1, "broke off relations", "SANCTION", (party(text, "Bahrain", 1),),
            (party(text, "Tehran"),), date="2016-01", date_precision="month",
        ),
        event(
            told, 2, "offered to mediate", "AGREE", (party(text, "Iraq"),),
            (party(text, "Riyadh", 1), party(text, "Tehran", 1)), quad_code=1, event_scale=4.2,
        ),
    )  # fmt: skip
    mentions = tuple(
        Mention(number, "name", who.span, who)
        for number, who in ((1, party(text, "Bahrain", 1)), (1, party(text, "Tehran")))
    )
    return ReadReport(told, sentences(text), mentions, (), events, (), b"", READER)


def aside() -> ReadReport:
    """A report that was set aside."""
    told = report(
        "r-aside", ASIDE, outlet=None, published=None, language="fr", status="set aside",
        reason="not English (fr)",
    )  # fmt: skip
    return ReadReport(told, reader=READER)


def gathered() -> Gathered:
    """What gathering could make of the three."""
    first, second = rupture(), voices()
    cut_off, _, bahrain = first.events
    bahrain_too, offer = second.events
    story = Story("y-one", "Saudi Arabia cuts ties with Iran", ("r-rupture", "r-voices"), "2016-01-03",
                  (("r-voices", "r-rupture"),), "both tell that Bahrain severed relations")  # fmt: skip
    happenings = (
        Happening("h-bahrain", story.id, (bahrain.id, bahrain_too.id), "SANCTION", "2016-01-04",
                  "same parties, same type, dates one day apart"),
        Happening("h-offer", story.id, (offer.id,), "AGREE", None, "told once"),
        Happening("h-saudi", story.id, (cut_off.id,), "SANCTION", "2016-01-03", "told once"),
    )  # fmt: skip
    utterance = Utterance("u-one", story.id, (first.statements[0].id,), "person:adel-al-jubeir", "")
    ties = (
        Tie("t-bahrain", ("BHR", "IRN"), "diplomatic relations", "severed", "2016-01-04", "day", None,
            "2016-01-04", None,
            (Evidence("r-rupture", bahrain.span, bahrain.id), Evidence("r-voices", bahrain_too.span, bahrain_too.id)),
            why="severed in two reports"),
        Tie("t-mediation", ("IRQ", "IRN", "SAU"), "mediation", "offered", None, "none", None, "2016-01-05",
            first.statements[0].id, (Evidence("r-voices", offer.span, offer.id),), directed=True),
        Tie("t-saudi", ("IRN", "SAU"), "diplomatic relations", "severed", "2016-01-03", "day", "2023-03-10",
            "2016-01-04", None, (Evidence("r-rupture", cut_off.span, cut_off.id),)),
    )  # fmt: skip
    return Gathered((story,), happenings, (utterance,), ties)


def sample() -> tuple[ReadReport, ...]:
    """All three reports."""
    return rupture(), voices(), aside()
