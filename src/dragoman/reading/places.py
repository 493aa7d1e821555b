"""Where an event happened: the place name in a phrase of place that hangs on the event's clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Place
from dragoman.reading.tree import base
from dragoman.spans import Span

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.gazetteer import Gazetteer, Location, LocationHit

_IN = frozenset(
    "in at near outside inside around across throughout within along off northwest northeast north south "
    "east west beside".split()
)
_ON = frozenset({"island", "border", "sea", "river", "canal", "strait", "disputed region", "lake"})
# What the words "city of Aleppo", "island of Socotra", "south of Beirut" hang their name on.
_HOSTS = frozenset(
    """city town village capital port province region district governorate island peninsula coast border
    suburb outskirts north south east west northeast northwest southeast southwest part area neighborhood
    neighbourhood airport city-state strip bank sea gulf valley resort county state prefecture oblast""".split()
)
_GOING = frozenset("visit travel fly arrive trip go head return journey land visit".split())
# What these tell of stands elsewhere: "condemned the attack in Kabul" was not said in Kabul.
_ATTITUDE = frozenset(
    """condemn denounce criticize criticise accuse blame say tell deplore praise welcome support back oppose
    reject urge call demand ask warn threaten hail urge deny discuss vow pledge promise sanction regret
    endorse applaud plead investigate""".split()
)
# Under these a noun tells of something else than the event: "cut ties after the attack in Tehran".
_APART = frozenset(
    "after before following since over about despite until for amid from to by as against".split()
)
_UPON = frozenset(
    "shell bomb strike attack storm raid invade capture seize hit enter occupy blockade besiege bombard".split()
)
_ON_THE_SPOT = frozenset(
    "protester demonstrator crowd troop soldier force militant rebel mob gunman rioter".split()
)
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "parataxis", "csubj"})


def event_place(
    tree: Tree, position: int, gazetteer: Gazetteer, countries: frozenset[str]
) -> Place | None:
    """The place that a trigger's clause names, or None where it names none.

    Args:
        tree: the sentence.
        position: the trigger's token.
        gazetteer: the places.
        countries: ISO codes of the report's parties; they decide between places of one name.

    A capital that stands for its government ("Moscow said") is no place, since it hangs on no
    preposition of place; nor is the place of what is only spoken about.
    """
    best: tuple[tuple[int, int, int], LocationHit, Location] | None = None
    for hit in gazetteer.find(tree.tags.text):
        location = _choose(hit.rows, countries)
        at = _phrase(tree, hit, position) if location else None
        if location is None or at is None or not _of_place(tree, at, location, position):
            continue
        far = _distance(tree, at, position)
        if far is None:
            continue
        key = (far, 0 if location.settled else 1, hit.start)
        if best is None or key < best[0]:
            best = (key, hit, location)
    if best is None:
        return None
    _, hit, location = best
    words = tree.tags.text[hit.start : hit.end]
    span = Span(tree.offset + hit.start, tree.offset + hit.end, words)
    return Place(span, location.name, location.country_code)


def _choose(rows: tuple[Location, ...], countries: frozenset[str]) -> Location | None:
    """The row that is meant: of a country of the report, else the weightier; None where it is open."""
    if len(rows) == 1:
        return rows[0]
    own = [row for row in rows if row.country_code in countries]
    pool = sorted(own or rows, key=lambda row: (row.weight, row.name, row.country_code or ""))
    if (
        len(pool) > 1
        and pool[0].weight == pool[1].weight
        and pool[0].country_code != pool[1].country_code
    ):
        return None
    return pool[0]


def _phrase(tree: Tree, hit: LocationHit, trigger: int) -> int | None:
    """The head of the phrase that the name stands in; None where it is part of another name."""
    inside = tree.within(hit.start, hit.end)
    at = tree.head_of(inside)
    if at is None:
        return None
    for name in tree.tags.names:
        covers = name.first <= inside[0] and inside[-1] < name.last
        wider = name.last - name.first > len(inside)
        if covers and wider and name.label in {"PER", "ORG"}:
            return None
    for _ in range(4):
        token = tree.tokens[at]
        relation = base(token.deprel)
        if token.head < 0 or token.head == trigger or tree.case(at) in _IN:
            break
        joined = relation in {"compound", "flat", "appos", "amod"} or token.deprel == "nmod:desc"
        named = relation == "nmod" and tree.case(at) == "of" and tree.lemma(token.head) in _HOSTS
        listed = relation == "conj" and not tree.case(at)
        if not (joined or named or listed):
            break
        at = token.head
    return at


def _of_place(tree: Tree, at: int, location: Location, trigger: int) -> bool:
    """Whether the phrase tells where: "in Doha", "on the border", "visited Tehran", "a trip to Cairo"."""
    relation = base(tree.tokens[at].deprel)
    case = tree.case(at).split(" ")[-1]
    if relation in {"obl", "nmod", "root", "advmod"} and case in _IN:
        return True
    if relation in {"obl", "nmod"} and case == "on":
        return bool(_ON & set(location.classes)) or tree.lemma(at) in _HOSTS
    if relation == "obj" and tree.tokens[at].head == trigger and tree.lemma(trigger) in _UPON:
        return "country" not in location.classes
    going = tree.lemma(trigger) in _GOING and tree.tokens[at].head == trigger
    return going and (case == "to" or (relation == "obj" and tree.lemma(trigger) == "visit"))


def _distance(tree: Tree, at: int, trigger: int) -> int | None:
    """How far the phrase hangs from the trigger; None where it belongs to something else."""
    chain = [trigger]
    for above in tree.ancestors(trigger):
        token = tree.tokens[chain[-1]]
        purpose = base(token.deprel) == "xcomp" or (
            base(token.deprel) == "advcl"
            and any(tree.tokens[kid].text.lower() == "to" for kid in tree.kids(chain[-1], "mark"))
        )
        if base(token.deprel) in _CLAUSES and not purpose:
            break
        chain.append(above)
    path = [at]
    for place in tree.ancestors(at):
        if place in chain:
            up = chain.index(place)
            inner = path[1:]
            if any(base(tree.tokens[one].deprel) in _CLAUSES | {"conj"} for one in inner):
                return None
            if any(tree.case(one).split(" ")[0] in _APART for one in inner):
                return None
            if inner and not _inside_may_tell(tree, inner[-1], place, up):
                return None
            return len(inner) + 2 * up
        path.append(place)
    return None


def _inside_may_tell(tree: Tree, noun: int, verb: int, up: int) -> bool:
    """Whether a place within a party or object of the clause is the event's place too."""
    relation = base(tree.tokens[noun].deprel)
    lemma = tree.lemma(noun)
    if relation == "nsubj":
        return lemma in _ON_THE_SPOT
    if tree.lemma(verb) in _ATTITUDE or up > 0:
        return False
    return relation in {"obj", "obl", "nmod", "nsubj:pass"}
