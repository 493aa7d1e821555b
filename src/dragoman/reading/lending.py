"""Codes for parties that a report leaves without a country, from the country that it speaks of nearly throughout.

"Republican lawmakers", "the Defence Secretary", "Delfin Lorenzana" of a report on the Philippines are of that country though
no word says so; a careful reader takes it from the report. Of 236 uncoded parties of labelled events in reports in which seven of ten
named parties are of one country, 219 were of that country.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.homeland import HYPHENS, of_all_lands, one_of_the_land

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dragoman.entries import Actor, Mention
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree

# From how many named parties on, and what share of them, a report speaks of one country.
ENOUGH = 3
SHARE = 0.7
LENT = "; no country is told, and the report speaks of this one nearly throughout"
# The Holy See's church and schools are in all lands.
_OF_A_CHURCH = frozenset({"VAT"})
# Who goes from land to land, and who is of none.
_CROSSING = frozenset({"REB", "UAF", "CRM", "PRM", "REF", "REL", "SPY", "EDU"})
# Of which every state has one: "the police" beside another state's minister may be that state's.
_ORGANS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
_SERVING = frozenset({"head", "lead", "run", "chair", "direct", "represent"})
# Where bodies with English names are at home; a report of another country that names one speaks of foreigners.
_ENGLISH = frozenset({"USA", "GBR", "IRL", "CAN", "AUS", "NZL"})
# Rows of the catalogue that say of whom they are: what has no country there has none.
_SAID = ("region:", "people:", "state:", "outlet:", "body:", "group:", "person:")
# Words of who is of another land, or of no certain one.
_ELSEWHERE = frozenset(
    """any foreign international multinational unspecified unknown unidentified other another neighboring
    neighbouring allied global world western migrant immigrant donor tourist expatriate exiled""".split()
)


def lend(
    told: Iterable[tuple[Candidate, Mention]],
    trees: Mapping[int, Tree],
    titled: Callable[[], set[str]],
    of_a_body: Callable[[], bool],
) -> tuple[Mention, ...]:
    """The mentions, with the report's country for parties that have none.

    Args:
        told: the phrases and what each stands for, in the order of the text.
        trees: the report's sentences.
        titled: the countries that its title names.
        of_a_body: whether its title names a body of several states, whose officials may be of any land.
    """
    pairs = tuple(told)
    code = country_of(mention for _, mention in pairs)
    if code is None:
        return tuple(mention for _, mention in pairs)
    named = titled()
    if named and code not in named:
        return tuple(mention for _, mention in pairs)
    beyond = of_a_body()
    others = {
        mention.sentence
        for _, mention in pairs
        if mention.actor and mention.actor.country_code not in {None, code}
    }
    facing = _facing_their_like(pairs, trees, code)
    facing |= _of_others(pairs, trees, code)
    if code not in _ENGLISH:
        facing |= _of_strange_bodies(pairs, trees, code)
    lent: set[str] = set()  # the names of those who have got one
    return tuple(
        mention
        if _beside_others(mention, others)
        or (beyond and _only_named(mention))
        or (mention.actor and mention.actor.key in facing)
        else _lent(candidate, mention, trees, code, lent)
        for candidate, mention in pairs
    )


def _facing_their_like(
    pairs: Iterable[tuple[Candidate, Mention]], trees: Mapping[int, Tree], code: str
) -> set[str]:
    """Who deals with "his Israeli counterpart", and so is of another state than that one."""
    made: set[str] = set()
    pairs = tuple(pairs)
    for candidate, mention in pairs:
        tree = trees[mention.sentence]
        if (
            tree.lemma(candidate.head) != "counterpart"
            or tree.kid(candidate.head, "nmod:poss") is None
        ):
            continue
        if mention.actor is None or mention.actor.country_code != code:
            continue
        made |= {
            other.actor.key
            for phrase, other in pairs
            if other.sentence == mention.sentence
            and other.actor
            and other.actor.country_code is None
            and phrase.head < candidate.head
        }
    return made


def _without_country(
    pairs: Iterable[tuple[Candidate, Mention]],
) -> Iterator[tuple[Candidate, Mention, Actor]]:
    """The names of parties that have no country."""
    for candidate, mention in pairs:
        actor = mention.actor
        if actor is not None and actor.name and not actor.country_code and mention.kind == "name":
            yield candidate, mention, actor


def _of_others(
    pairs: Iterable[tuple[Candidate, Mention]], trees: Mapping[int, Tree], code: str
) -> set[str]:
    """Who is told beside his name to be of another land or body ("Lee, who heads the U.N. mission", "Sen, a Dane")."""
    pairs = tuple(pairs)
    coded = {
        (mention.sentence, candidate.head)
        for candidate, mention in pairs
        if mention.actor
        and mention.actor.entity_code not in {None, code}
        and mention.actor.country_code != code
        and mention.actor.sector_code not in {"JRN", "BUS"}
    }
    made: set[str] = set()
    for candidate, mention, actor in _without_country(pairs):
        tree = trees[mention.sentence]
        beside = {
            *tree.kids(candidate.head, "appos"),
            *(
                kid
                for clause in tree.kids(candidate.head, "acl:relcl")
                if tree.lemma(clause) in _SERVING
                for kid in tree.kids(clause, "obj")
            ),
        }
        inside = {one for head in beside for one in (head, *tree.kids(head, "amod", "compound"))}
        if any((mention.sentence, one) in coded for one in inside):
            made.add(actor.key)
    return made


def _of_strange_bodies(
    pairs: Iterable[tuple[Candidate, Mention]], trees: Mapping[int, Tree], code: str
) -> set[str]:
    """Who is named with a body that is not of the report's country ("Ann Lee of Harbour Marine")."""
    pairs = tuple(pairs)
    coded = {
        (mention.sentence, candidate.head)
        for candidate, mention in pairs
        if mention.actor and mention.actor.country_code == code
    }
    made: set[str] = set()
    for candidate, mention, actor in _without_country(pairs):
        tree = trees[mention.sentence]
        under = set(tree.subtree(candidate.head))
        own = candidate.name or (candidate.head, candidate.head + 1)
        for name in tree.tags.names:
            places = range(name.first, name.last)
            beside = name.label == "ORG" and under.issuperset(places) and name.first >= own[1]
            beside = beside and tree.tokens[name.last - 1].text[:1].isupper()
            told = any((mention.sentence, at) in coded for at in under)
            if beside and not told:
                made.add(actor.key)
    return made


def _only_named(mention: Mention) -> bool:
    """Whether nothing is known of a party but its name: it may be an official of the body that the report is about."""
    actor = mention.actor
    return actor is not None and actor.sector_code is None and mention.kind != "description"


def _beside_others(mention: Mention, others: set[int]) -> bool:
    """Whether a state's organ is spoken of where another country is named, there or just before."""
    organ = mention.kind == "description" and mention.actor and mention.actor.sector_code in _ORGANS
    return bool(organ) and not others.isdisjoint({mention.sentence - 1, mention.sentence})


def country_of(mentions: Iterable[Mention]) -> str | None:
    """The country of most parties that a report names, if it is plainly the one that it speaks of."""
    named: Counter[str] = Counter()
    seen: set[int] = set()
    for mention in mentions:
        actor = mention.actor
        if actor is None or actor.country_code is None or mention.kind not in {"name", "adjective"}:
            continue
        if (actor.catalogue_id or "").startswith("outlet:") or mention.span.start in seen:
            continue
        seen.add(mention.span.start)
        named[actor.country_code] += 1
    if not named:
        return None
    code, times = named.most_common(1)[0]
    plain = times >= ENOUGH and times / sum(named.values()) >= SHARE
    return code if plain and code not in _OF_A_CHURCH else None


def _lent(
    candidate: Candidate,
    mention: Mention,
    trees: Mapping[int, Tree],
    code: str,
    lent: set[str],
) -> Mention:
    actor = mention.actor
    if actor is None or actor.entity_code or actor.country_code:
        return mention
    followed = candidate.kind == "pronoun"
    if not (followed or _may_be_of_it(candidate, trees[mention.sentence])) or not _of_some_land(
        actor
    ):
        return mention
    if followed and actor.name not in lent and actor.sector_code is None:
        return mention
    if actor.name:
        lent.add(actor.name)
    why = f"{actor.why}{LENT}: {code}"
    return replace(mention, actor=replace(actor, entity_code=code, country_code=code, why=why))


def _of_some_land(actor: Actor) -> bool:
    """Whether a party is of the kind that has a country: no rebels, migrants or churches, no region or people."""
    if actor.sector_code in _CROSSING:
        return False
    return not (actor.catalogue_id or "").startswith(_SAID)


def _may_be_of_it(candidate: Candidate, tree: Tree) -> bool:
    """Whether nothing in a phrase says that it is of another land, or of none."""
    words = {tree.tokens[at].text.lower() for at in range(candidate.first, candidate.head + 1)}
    words |= {tree.lemma(candidate.head)}
    behind_hyphen = candidate.first and tree.tokens[candidate.first - 1].text in HYPHENS
    if words & _ELSEWHERE or behind_hyphen or of_all_lands(tree, candidate):
        return False
    if candidate.kind == "name":
        return candidate.name is not None or candidate.label in {"PER", "ORG"}
    return one_of_the_land(tree, candidate)
