"""Words hung on the wrong word of a tree, and put where their order leaves no doubt; see ``language.mending``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.language.tags import Name, Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_QUOTES = frozenset({'"', "“", "``"})
_BORDERS = frozenset({"border", "frontier", "boundary"})
_CLAUSES = frozenset({"ccomp", "advcl", "parataxis", "xcomp", "conj"})


def attach(tokens: list[Token]) -> None:
    """Puts the words of a sentence where they belong, in place."""
    _beside_a_subject(tokens)
    _second_subjects(tokens)
    _crossed(tokens)
    _behind_a_compound(tokens)
    _owners(tokens)
    _fronted(tokens)
    _borders(tokens)


def in_one(tokens: tuple[Token, ...], names: tuple[Name, ...]) -> tuple[Token, ...]:
    """The tokens of a sentence; of a name whose words hang side by side ("La | Riva criticised") the first heads the rest."""
    made = list(tokens)
    for name in names:
        for place in range(name.first + 1, name.last):
            before, here = made[place - 1], made[place]
            # "Heritage Office Building": before a noun each stands for itself.
            sisters = here.head == before.head and here.deprel == before.deprel != "compound"
            outside = not name.first <= here.head < name.last
            if sisters and outside and before.upos == here.upos == "PROPN":
                made[place] = replace(here, head=place - 1, deprel="flat")
    return tuple(made)


def _beside_a_subject(tokens: list[Token]) -> None:
    """ "The Trump campaign accused": a name right before a noun that is the subject, too, stands for whose it is."""
    for place in range(len(tokens) - 1):
        name, noun = tokens[place], tokens[place + 1]
        if not (name.deprel == noun.deprel and name.deprel in _SUBJECTS and name.head == noun.head):
            continue
        if name.upos == "PROPN" and noun.upos == "NOUN" and noun.text.islower():
            tokens[place] = replace(name, head=place + 1, deprel="compound")
            for at, one in enumerate(tokens[:place]):
                if one.head == place and one.deprel == "det":
                    tokens[at] = replace(one, head=place + 1)


def _second_subjects(tokens: list[Token]) -> None:
    """ "Chad has pledged funds and Mali is taxing goods": who is joined to the subject behind its verb is that of the next."""
    for place, token in enumerate(tokens):
        subject = token.head
        if token.deprel != "conj" or not 0 <= subject < place:
            continue
        first, kind = tokens[subject].head, tokens[subject].deprel
        if kind not in _SUBJECTS or not subject < first < place:
            continue
        second = next(
            (
                at
                for at in range(place + 1, len(tokens))
                if tokens[at].head == first
                and tokens[at].upos == "VERB"
                and tokens[at].deprel in _CLAUSES
            ),
            None,
        )
        if second is None or any(
            one.head == second and one.deprel in {*_SUBJECTS, "mark"} for one in tokens
        ):
            continue
        passive = any(one.head == second and one.deprel == "aux:pass" for one in tokens)
        tokens[place] = replace(token, head=second, deprel="nsubj:pass" if passive else "nsubj")
        tokens[second] = replace(tokens[second], deprel="conj")
        for at in range(first + 1, place):
            if tokens[at].head == place and tokens[at].deprel == "cc":
                tokens[at] = replace(tokens[at], head=second)


def _crossed(tokens: list[Token]) -> None:
    """ "Airstrikes against IS in Syria": what a preposition brings hangs on what stands before it, not behind."""
    for place, token in enumerate(tokens):
        after = token.head
        if token.deprel != "nmod" or after <= place:
            continue
        own = [at for at, one in enumerate(tokens) if one.head == place and one.deprel == "case"]
        others = [at for at, one in enumerate(tokens) if one.head == after and one.deprel == "case"]
        if not own or own[0] > place or not others or not place < others[-1] < after:
            continue
        if any(one.head == after and one.deprel in {"cop", *_SUBJECTS} for one in tokens):
            continue  # "who with her family was among the plaintiffs"
        tokens[place] = replace(token, head=tokens[after].head, deprel=tokens[after].deprel)
        tokens[after] = replace(tokens[after], head=place, deprel="nmod")


def _behind_a_compound(tokens: list[Token]) -> None:
    """ "Trade and diplomatic relations between them": what stands behind the whole is no part of its first word."""
    for place, token in enumerate(tokens):
        first = token.head
        if first < 0 or tokens[first].deprel != "compound":
            continue
        whole = tokens[first].head
        if first < whole < place:
            tokens[place] = replace(token, head=whole)


def _owners(tokens: list[Token]) -> None:
    """ "The United Nations' highest court": who has the 's before a noun is whose it is, no part of its name."""
    for token in tokens:
        if token.deprel == "case" and token.text in _POSSESSIVE and token.head >= 0:
            owner = tokens[token.head]
            if owner.deprel == "compound" and owner.head > token.head:
                tokens[token.head] = replace(owner, deprel="nmod:poss")


def _fronted(tokens: list[Token]) -> None:
    """ "Of the strike, Lind said, “It is a big one”": what stands before the verb of saying is no part of the quotation behind it."""
    for place, token in enumerate(tokens):
        content = token.head
        if token.deprel != "obl" or content <= place or tokens[content].deprel != "ccomp":
            continue
        verb = tokens[content].head
        if place < verb < content and any(one.text in _QUOTES for one in tokens[verb:content]):
            tokens[place] = replace(token, head=verb)


def _borders(tokens: list[Token]) -> None:
    """ "Moved tanks to its border with Azerbaijan": with whom a border is shared says which border."""
    for place, token in enumerate(tokens):
        if token.deprel != "obl" or place < 2:
            continue
        kids = [at for at, one in enumerate(tokens) if one.head == place and at < place]
        before = min(kids, default=place) - 1
        if before < 0 or tokens[before + 1].text != "with" or tokens[before].head != token.head:
            continue
        if tokens[before].lemma in _BORDERS:
            tokens[place] = replace(token, head=before, deprel="nmod")
