"""When a tie began or changed, as told; and what an anniversary reckons back to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Moment
from dragoman.reading.calendar import MONTHS, NUMBERS
from dragoman.reading.tree import base
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.tiewords import TieTrigger
    from dragoman.reading.tree import Tree

# Acts whose day is the day of what they announce ("announced on Monday the resumption of ...").
_PERFORMS = frozenset(
    "announce declare inform notify agree decide sign issue instruct proclaim exchange confirm state "
    "release present deliver approve ratify receive accept".split()
)
# What joins a clause that tells of the same day as the clause it hangs on.
_SAME_DAY = frozenset({"when", "upon", "as", "with", "by", "at"})
_SAME = re.compile(r"(?:on |at )?(?:the|that|this) (?:very )?same (?:day|date)", re.IGNORECASE)
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_ORDINALS = {
    "tenth": 10, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "first": 1, "fifth": 5,
}  # fmt: skip
# Prepositions of what came before or after; what changes "following" something mostly does so on its day.
_AROUND = frozenset({"after", "following", "before", "prior to"})
_AROUND_A_CHANGE = frozenset({"after", "since", "before", "prior to"})
# States of what has been broken off.
_BROKEN = frozenset(
    {"severed", "suspended", "lowered", "closed", "recalled", "expelled", "ended", "imposed"}
)
_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "parataxis", "csubj"})


def find_moment(
    clauses: Clauses,
    trigger: TieTrigger,
    moments: tuple[Moment, ...],
    *,
    spoken: bool = False,
    standing: bool = False,
) -> Moment | None:
    """The date of a change: the one on its own words, on what governs them, or of the same-day clause.

    With `spoken`, what is only spoken of, the date of the speaking counts as well. What stands
    (`standing`) may be told with its beginning ("since 1990"); a change does not happen "since" a day.
    """
    tree = clauses.tree
    chain = [trigger.position, *tree.ancestors(trigger.position)]
    best: tuple[tuple[int, bool, bool, int, int], Moment] | None = None
    own = [
        one
        for one in moments
        if tree.sentence.span.holds(one.span) and one.value and one.kind == "date"
    ]
    own, alike = _told_once(own)
    for moment in own:
        assert moment.value is not None
        place = tree.position_at(moment.span.start - tree.offset)
        if place is None:
            continue
        if not standing and _since(tree, place) and trigger.position not in _hosts(tree, place):
            continue
        if _around_something(tree, place, chain, standing=standing) or (
            not standing and len(moment.value) > 4 and _behind_another(tree, place)
        ):
            continue
        rank = _rank(tree, place, chain, spoken=spoken)
        if rank is None and (alike or _closes(tree, place)):
            rank = 4
        if rank in {3, 4} and _next(tree, trigger.position, place):
            rank = 1
        if rank and ((rank >= 3 and standing) or _own_time(tree, trigger.position, own)):
            continue
        # A date of another clause is taken only where the sentence has no other.
        if rank is None or (rank == 4 and len(own) > 1 and not alike):
            continue
        # "signed in 1906 and established in 1925": the date of the verb before is the last resort.
        earlier = rank == 1 and place < trigger.position
        parted = _parted(tree, trigger.position, place)
        key = (rank, earlier, parted, -len(moment.value), abs(place - trigger.position))
        if best is None or key < best[0]:
            best = (key, moment)
    if best is None and len(own) == 1 and trigger.rule.state in _BROKEN:
        return _year_of_cause(tree, trigger.position, own[0])
    return best[1] if best else None


def _year_of_cause(tree: Tree, position: int, moment: Moment) -> Moment | None:
    """The year of what a change followed, where nothing else dates it ("ended its relations after the attack in 2016").

    What breaks is broken within days or months of what it is broken for, mostly: the year is taken, and neither
    month nor day. What is restored after a visit may be so years later.
    """
    place = tree.position_at(moment.span.start - tree.offset)
    if place is None or moment.value is None or not moment.value[:4].isdigit():
        return None
    for here in tree.ancestors(place):
        if here == position:
            return None
        follows = tree.case(here) in {"after", "following"} and tree.tokens[here].head == position
        if follows and tree.tokens[here].upos == "NOUN":
            words = tree.span_of(*tree.core(here))
            return replace(
                moment,
                value=moment.value[:4],
                end=None,
                precision="year",
                why=f"{moment.why}; the year of what it followed, “{words}”",
            )
    return None


def _told_once(own: list[Moment]) -> tuple[list[Moment], bool]:
    """Without "the same day" where the sentence names the day; and whether there was such a phrase."""
    named = [one for one in own if not _SAME.match(one.span.text)]
    exact = any(len(one.value or "") >= 10 for one in named)
    return (named, len(named) < len(own)) if exact else (own, False)


def _parted(tree: Tree, position: int, place: int) -> bool:
    """Whether another verb stands between a trigger and a later date ("opened in 1869 and closed in 1917")."""
    return any(token.upos == "VERB" for token in tree.tokens[position + 1 : place])


def _next(tree: Tree, position: int, place: int) -> bool:
    """Whether a date follows a trigger with no verb and no comma between ("opened in Oslo in 1983, became ...")."""
    return position < place and not any(
        token.upos in {"VERB", "AUX", "SCONJ", "PUNCT"}
        for token in tree.tokens[position + 1 : place]
    )


def _own_time(tree: Tree, position: int, own: list[Moment]) -> bool:
    """Whether a verb is followed by a time that is not resolved ("opened in Oslo that August")."""
    for token in tree.tokens[position + 1 : position + 9]:
        if token.upos in {"PUNCT", "VERB", "SCONJ"}:
            return False
        start = tree.offset + token.start
        if token.text.lower() in MONTHS:
            return not any(one.span.start <= start < one.span.end for one in own)
    return False


def _hosts(tree: Tree, place: int) -> set[int]:
    """A date's word and the two above it."""
    return {place, *list(tree.ancestors(place))[:2]}


def _around_something(tree: Tree, place: int, chain: list[int], *, standing: bool) -> bool:
    """Whether a date is of what came before ("after the war of 1917 the two had good relations")."""
    for here in (place, *tree.ancestors(place)):
        if here in chain:
            return False
        if standing and tree.case(here) in _AROUND:
            return True
        if tree.case(here) in _AROUND_A_CHANGE and tree.tokens[here].upos == "NOUN":
            return True
    return False


def _behind_another(tree: Tree, place: int) -> bool:
    """Whether a date closes a phrase of something before or after ("after a visit by the minister in July 1972")."""
    for here in range(place - 1, -1, -1):
        token = tree.tokens[here]
        if token.upos in {"VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"}:
            return False
        if token.text.lower() in _AROUND_A_CHANGE and token.upos == "ADP":
            return any(one.upos == "NOUN" for one in tree.tokens[here:place])
    return False


def _since(tree: Tree, place: int) -> bool:
    """Whether a date follows "since", its month and article left out."""
    before = [token.text.lower() for token in tree.tokens[max(0, place - 3) : place]]
    return "since" in before


def _rank(tree: Tree, place: int, chain: list[int], *, spoken: bool) -> int | None:
    """How closely a date belongs to a trigger, 0 the closest; None where it tells of something else."""
    path = [place, *tree.ancestors(place)]
    for climbed, here in enumerate(path):
        if here not in chain:
            continue
        inner = [one for one in path[:climbed] if base(tree.tokens[one].deprel) in _CLAUSAL]
        inner += [
            one
            for one in path[:climbed]
            if tree.tokens[one].deprel == "conj" and tree.tokens[one].upos == "VERB"
        ]
        up = chain.index(here)
        passed = [one for one in chain[:up] if base(tree.tokens[one].deprel) in _CLAUSAL]
        if not inner and not passed:
            # A verb that another leads ("opened in 1942 and was raised in 1949") has its own date first.
            joined = any(tree.tokens[one].deprel == "conj" for one in chain[:up])
            return 1 if joined else 0
        if spoken and passed and all(base(tree.tokens[one].deprel) == "conj" for one in inner):
            return 1
        if any(_marks(tree, one) & {"before", "until"} for one in passed):
            return None
        if not inner:
            if all(_same_day(tree, one) for one in passed):
                return 2
            if place <= 2 and all(_unmarked(tree, one) for one in passed):
                return 3
            lemma = tree.lemma(here)
            return 1 if any(lemma.startswith(one.rstrip("e")) for one in _PERFORMS) else None
        if not passed and all(_same_day(tree, one) for one in inner):
            return 2
        if any(tree.tokens[one].deprel.startswith("acl") for one in inner):
            return None
        # "restored relations, and their embassies opened on 3 May"
        if all(base(tree.tokens[one].deprel) == "conj" for one in [*inner, *passed]):
            return 3
        # A date that begins the sentence is that of its main clause.
        return 3 if place <= 2 and not passed else 4
    return None


def _closes(tree: Tree, place: int) -> bool:
    """Whether a date ends the sentence behind a comma (", on May 4, 1824."), and so belongs to all."""
    before = [token.text.lower() for token in tree.tokens[max(0, place - 2) : place]]
    return before in ([",", "on"], [",", "in"]) and len(tree.tokens) - place <= 6


def _unmarked(tree: Tree, clause: int) -> bool:
    """Whether a clause that the tree hangs on another has all that a main clause has."""
    return bool(tree.kids(clause, "nsubj")) and not tree.kids(clause, "mark", "advmod", "case")


def _same_day(tree: Tree, clause: int) -> bool:
    return bool(_marks(tree, clause) & _SAME_DAY)


def _marks(tree: Tree, clause: int) -> set[str]:
    """The words that open a clause."""
    return {tree.tokens[kid].text.lower() for kid in tree.kids(clause, "mark", "advmod", "case")}


def find_anniversary(
    tree: Tree, trigger: TieTrigger, moments: tuple[Moment, ...], day: str | None
) -> Moment | None:
    """The year that "35 years of relations" told of some year reckons back to."""
    count = _count(tree, trigger.position)
    if count is None:
        return None
    celebrated: str | None = None
    for moment in moments:
        if (
            tree.sentence.span.holds(moment.span)
            and moment.value
            and moment.kind == "date"
            and moment.value[:4].isdigit()
        ):
            celebrated = moment.value[:4]
    told = celebrated or (day[:4] if day else None)
    if told is None:
        return None
    year = str(int(told) - count)
    span = tree.tokens[trigger.position]
    words = cut(tree.sentence.span.text, span.start, span.end)
    return Moment(words, year, None, "year", "date", f"{count} years before {told}")


def _count(tree: Tree, position: int) -> int | None:
    for one in (*tree.kids(position, "nummod", "amod", "compound"), position - 1, position - 2):
        if one < 0:
            continue
        text = tree.tokens[one].text.lower()
        ordinal = _ORDINAL.match(text)
        if ordinal:
            return int(ordinal[1])
        if text.isdigit() and int(text) < 1000:
            made = int(text)
        elif text in _ORDINALS or text in NUMBERS:
            made = _ORDINALS.get(text) or NUMBERS[text]
        else:
            continue
        decade = tree.tokens[position].text.lower().startswith("decade")
        return made * 10 if decade else made
    return None
