"""What words of saying leave unsaid: comment refused, who is spoken to, a picture's sight, a mere offer of things."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.quoted import overlap
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.quotes import Quote
    from dragoman.reading.saying import Place, Saying
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no"})
# Verbs above a verb of saying that keep it from being done ("refrained from commenting").
_KEEPING = frozenset("refrain decline refuse fail abstain avoid stop shy".split())
# Verbs of which nothing is left where they are denied; who does not endorse or believe it holds something still.
_GIVEN = frozenset(
    "comment respond reply answer elaborate disclose list specify name discuss offer observe detail give".split()
)
# What things do as well: who or what it is told of tells which.
_INFERRING = frozenset(
    "underscore highlight symbolize symbolise echo reflect threaten mean".split()
)
_LETTING_SEE = frozenset({"indicate", "suggest"})
_SPEAKING = frozenset(
    "i you he she we they who many some others most people source official expert critic".split()
)
_OUGHT = frozenset({"should", "might", "must"})
# What is declared by an act, and not in words that are told.
_PROCLAIMED = frozenset(
    "emergency war ceasefire truce curfew holiday disaster bankruptcy mourning candidacy".split()
)
_PERSONS = frozenset({"i", "you", "he", "she", "we", "they", "who"})
_ASKING = frozenset("that when where whether why how if who what which".split())
# Nouns of words that are given, or not ("had no comment", "offered no indication that").
_WORDS = frozenset(
    "comment response reply answer statement remark indication word explanation detail".split()
)
# Verbs whose hearer is their object, and those that speak "at" or "to" somebody.
_TELLING = frozenset({"tell", "inform", "assure", "remind", "notify"})
_CALLING = frozenset("shout yell scream bark holler scoff respond reply answer protest".split())
_TOWARDS = frozenset({"at", "to", "outside", "near", "in", "on"})
# Pictures and instruments show what is; nobody says it by them.
_SIGHTS = frozenset(
    """video footage photo photograph picture image clip recording camera scan x-ray tracker radar telescope satellite
    microscope sensor map graphic""".split()
)
_SHOWING = frozenset({"show", "identify", "record", "detect", "observe", "capture", "reveal"})


def without_hearers(tree: Tree, saying: Saying, quotes: list[Quote]) -> Saying:
    """The saying without pieces that are whom it is said to, or what stands before it ("Of the reason, he said, ...").

    Only where other words are told, or the verb speaks "at" or "to" somebody.
    """
    if saying.verb is None or not saying.content or saying.coder.startswith("stance:"):
        return saying
    told = [piece for piece in saying.content if _is_quoted(piece, quotes)]
    hearers = _hearers(tree, saying.verb)
    kept = tuple(
        piece
        for piece in saying.content
        if piece in told
        or not (
            (hearers and hearers.issuperset(_words(tree, piece)[:1]) and _is_phrase(tree, piece))
            or _is_preface(tree, saying, piece, quotes)
            or _is_aside(tree, saying, piece)
        )
    )
    return saying if len(kept) == len(saying.content) else replace(saying, content=kept)


def _hearers(tree: Tree, verb: int) -> set[int]:
    """The words of whom a verb of telling tells, or at whom one calls."""
    lemma = tree.lemma(verb)
    heads: list[int] = []
    if lemma in _TELLING and tree.kids(verb, "ccomp", "parataxis"):
        heads = list(tree.kids(verb, "obj", "iobj"))
    elif lemma in _CALLING:
        heads = [kid for kid in tree.kids(verb, "obl") if tree.case(kid) in _TOWARDS]
    return {
        one
        for head in heads
        for one in tree.subtree(head)
        if not any(tree.tokens[up].deprel in {"ccomp", "parataxis"} for up in _up(tree, one, head))
    }


def _is_aside(tree: Tree, saying: Saying, piece: Place) -> bool:
    """Whether a piece is the source's own source, or a pronoun that nobody is told to say."""
    inside = _words(tree, piece)
    if saying.source is None and len(inside) == 1 and tree.tokens[inside[0]].upos == "PRON":
        return True
    return bool(inside) and tree.tokens[inside[0]].text.lower() in {"citing", "quoting"}


def _is_phrase(tree: Tree, piece: Place) -> bool:
    return not any(tree.tokens[one].upos in {"VERB", "AUX"} for one in _words(tree, piece))


def _up(tree: Tree, place: int, top: int) -> list[int]:
    made = []
    while place not in {top, -1}:
        made.append(place)
        place = tree.tokens[place].head
    return made


def _is_preface(tree: Tree, saying: Saying, piece: Place, quotes: list[Quote]) -> bool:
    """Whether a piece only opens the sentence before who speaks.

    "In his statement, he said: ...", "Turning to the miners, Lind said, “...”", "When they met, Lind said that ...".
    What is told on both sides of the words of saying ("If it rains, Lind said, the road will shut") is said.
    """
    if saying.source is None or saying.cue is None or piece[1] > saying.source[0]:
        return False
    inside = _words(tree, piece)
    if not inside:
        return False
    behind = [one for one in saying.content if one[0] >= saying.cue[1]]
    top = tree.head_of(inside)
    if top is None or base(tree.tokens[top].deprel) not in {"advcl", "obl"}:
        return False
    if tree.tokens[top].head != saying.verb:
        return False
    if tree.tokens[inside[0]].upos == "ADP" and _is_phrase(tree, piece):
        return bool(behind) or any(quote.start >= saying.cue[1] for quote in quotes)
    return any(_is_quoted(one, quotes) for one in behind) or any(
        tree.tokens[first].text.lower() == "that"
        for one in behind
        for first in _words(tree, one)[:1]
    )


def is_unsaid(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> bool:
    """Whether nothing is told to be said: no comment, a reference, a thing offered, what a picture shows."""
    if saying.verb is None or any(_is_quoted(piece, quotes) for piece in saying.content):
        return False
    lemma = tree.lemma(saying.verb)
    if _is_a_name(tree, saying.verb) or _is_supposed(tree, saying):
        return True
    if lemma == "declare" and any(
        tree.lemma(one) in _PROCLAIMED
        for kid in tree.kids(saying.verb, "obj")
        for one in (kid, *tree.kids(kid, "nmod"))
    ):
        return True
    if lemma == "contend" and any(tree.case(kid) == "for" for kid in tree.kids(saying.verb, "obl")):
        return True
    if _is_bidden(tree, saying) or (lemma == "read" and _are_persons(tree, saying)):
        return True
    if _is_shown(tree, saying, lemma) or _is_refused(tree, saying):
        return True
    if lemma == "refer" and saying.content:
        return not any(tree.case(kid) == "as" for kid in tree.kids(saying.verb, "obl", "advcl"))
    if lemma == "offer":
        given = tree.kids(saying.verb, "obj")
        return bool(given) and not any(
            tree.lemma(one) in cues.attitude_nouns or tree.lemma(one) in cues.cue_nouns
            for head in given
            for one in tree.conjuncts(head)
        )
    return False


def _is_a_name(tree: Tree, verb: int) -> bool:
    """Whether "Said" is a part of a name ("Qaboos bin Said", "Sultan Said")."""
    if verb == 0 or tree.tokens[verb].text != "Said":
        return False
    named = any(name.label == "PER" and name.first <= verb < name.last for name in tree.tags.names)
    return named or tree.tokens[verb - 1].text.lower() in {"bin", "ibn", "al", "sultan"}


def _is_supposed(tree: Tree, saying: Saying) -> bool:
    """Whether somebody is told what to say or hold, or it is only thought of ("should insist", "had I said")."""
    assert saying.verb is not None
    aux = [kid for kid in tree.kids(saying.verb, "aux") if kid < saying.verb]
    if any(tree.tokens[kid].text == "Had" for kid in aux):
        return True
    himself = any(tree.tokens[one].text.lower() in {"i", "we"} for one in saying.heads)
    return not himself and any(tree.tokens[kid].text.lower() in _OUGHT for kid in aux)


def _is_bidden(tree: Tree, saying: Saying) -> bool:
    """Whether the verb is what somebody is asked to do ("((AB)) Tell us about the dam.")."""
    assert saying.verb is not None
    verb = tree.tokens[saying.verb]
    before = saying.source is None or saying.source[1] <= tree.offset + verb.start
    labelled = saying.verb > 0 and tree.tokens[saying.verb - 1].text in {")", ":"}
    return (
        before and labelled and verb.text.lower() == tree.lemma(saying.verb) and verb.upos == "VERB"
    )


def _are_persons(tree: Tree, saying: Saying) -> bool:
    """Whether somebody reads: what "reads" that or so is a text."""
    named = {
        at for name in tree.tags.names if name.label == "PER" for at in range(name.first, name.last)
    }
    return any(head in named or tree.tokens[head].text.lower() in _PERSONS for head in saying.heads)


def _is_shown(tree: Tree, saying: Saying, lemma: str) -> bool:
    """Whether a picture or an instrument shows it ("footage showed protesters", "identified by the telescope")."""
    return lemma in _SHOWING and any(tree.lemma(head) in _SIGHTS for head in saying.heads)


def _is_refused(tree: Tree, saying: Saying) -> bool:
    """Whether the words are told not to have been given ("did not respond to", "had no comment on the case")."""
    assert saying.verb is not None
    verb = saying.verb
    nouns = [kid for kid in tree.kids(verb, "obj") if tree.lemma(kid) in _WORDS]
    if nouns:
        return _is_denied(tree, verb) or any(
            tree.tokens[one].text.lower() == "no" for kid in nouns for one in tree.kids(kid, "det")
        )
    if (
        tree.lemma(verb) not in _GIVEN
        or tree.kids(verb, "ccomp", "xcomp")
        or _is_clause(tree, saying)
    ):
        return False
    above = tree.tokens[verb].head
    kept = (
        above >= 0
        and tree.lemma(above) in _KEEPING
        and base(tree.tokens[verb].deprel) in {"advcl", "xcomp"}
    )
    return kept or _is_denied(tree, verb)


def _is_clause(tree: Tree, saying: Saying) -> bool:
    """Whether what is not told is a clause ("have not said when they would meet")."""
    first = _words(tree, saying.content[0])[:1] if saying.content else ()
    return any(tree.tokens[one].text.lower() in _ASKING for one in first)


def _is_denied(tree: Tree, verb: int) -> bool:
    for kid in tree.kids(verb, "advmod"):
        after = tree.tokens[kid + 1].text.lower() if kid + 1 < len(tree.tokens) else ""
        if tree.tokens[kid].text.lower() in _NOT and after not in {"only", "just"}:
            return True
    return any(
        tree.tokens[one].text.lower() in _NOT
        for subject in tree.kids(verb, "nsubj")
        for one in tree.kids(subject, "cc", "det")
    )


def _is_quoted(piece: Place, quotes: list[Quote]) -> bool:
    return any(overlap(piece, (quote.start, quote.end)) for quote in quotes)


def _words(tree: Tree, piece: Place) -> tuple[int, ...]:
    return tuple(
        one
        for one in tree.within(piece[0] - tree.offset, piece[1] - tree.offset)
        if tree.tokens[one].upos != "PUNCT"
    )


def is_inferred(
    tree: Tree, saying: Saying, cues: Cues, is_party: Callable[[int, int], bool]
) -> bool:
    """Whether a thing shows something by what it is, and nobody says so ("the draught indicated that it was empty").

    Papers, surveys and their like say what they show.
    """
    if saying.verb is None or not saying.heads:
        return False
    lemma = tree.lemma(saying.verb)
    participle = tree.tokens[saying.verb].text.lower().endswith("ing")
    if lemma not in _INFERRING and not (participle and lemma in _LETTING_SEE):
        return False
    return not any(
        is_party(tree.sentence.index, head)
        or tree.lemma(head) in cues.telling
        or tree.tokens[head].upos == "PROPN"
        or tree.tokens[head].text.lower() in _SPEAKING
        for head in saying.heads
    )
