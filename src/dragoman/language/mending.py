"""Trees mended where the parser is known to err and the words leave no doubt.

"Secretary of State Marco Rubio" is one party, the person, with a title before the name: where the parser has
the title at the head, or two subjects side by side, the name takes its place.

The trees' training text is web English of the United States, where a day stands behind its month. Behind
"On 4 January Bahrain severed ..." the subject is then often hung on the date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.language.attaching import attach

if TYPE_CHECKING:
    from dragoman.language.tags import Name, Token

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sept sep oct nov dec".split()
)
# Verbs whose object may be an act of their own subject: "began visiting schools".
_OF_ACTS = frozenset(
    "begin start stop keep continue finish cease quit resume enjoy like love hate prefer avoid consider "
    "recommend suggest propose discuss risk mind regret remember report recall ban prohibit oppose include "
    "involve delay postpone cancel plan contemplate deny admit go".split()
)
# Titles that end in "general", which is no rank there.
_OF_GENERALS = frozenset(
    "secretary attorney director governor inspector surgeon solicitor consul auditor comptroller "
    "prosecutor quartermaster postmaster".split()
)
# Counted nouns that say how long, how far or how often.
_MEASURES = frozenset(
    """second seconds minute minutes hour hours day days night nights week weeks weekend month months year years
    decade decades century time times percent per cent degree degrees mile miles metre metres meter meters kilometre
    kilometres kilometer kilometers km feet foot yard yards inch inches pound pounds dollar dollars euro euros cent
    cents point points percentage way monday tuesday wednesday thursday friday saturday sunday morning afternoon
    evening january february march april may june july august september october november december""".split()
)
_TAKEN = frozenset({"obj", "iobj", "ccomp", "aux:pass", "nsubj:pass"})
# What shows that a word behind a verb is a noun phrase, by the relation in which it was put.
_OF_NOUNS = {
    "obl": frozenset({"nummod", "amod"}),
    "compound": frozenset({"det", "nmod:poss", "nummod", "amod"}),
}
_HYPHENS = frozenset({"-", "‐", "‑"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})


def mend(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens of a sentence, mended; most come back as they are."""
    made = list(tokens)
    _generals(made)
    _dated(made)
    _titled(made)
    _announced(made)
    _visiting(made)
    _compounded(made)
    _owned(made)
    _done_by(made)
    _across(made)
    _two_clauses(made)
    _headed(made)
    _plain_objects(made)
    _active_subjects(made)
    attach(made)
    return tuple(made)


def _active_subjects(tokens: list[Token]) -> None:
    """ "The junta has conscripted two magistrates": what has an object and no "was" is no passive."""
    for place, token in enumerate(tokens):
        if token.deprel != "nsubj:pass" or token.head < 0:
            continue
        kinds = {one.deprel for one in tokens if one.head == token.head}
        if "obj" in kinds and not kinds & {"aux:pass", "obl:agent"}:
            tokens[place] = replace(token, deprel="nsubj")


def _headed(tokens: list[Token]) -> None:
    """ "Libya: rival premier quits": what a colon sets before a clause is no second subject of it."""
    for place, token in enumerate(tokens):
        verb = token.head
        if token.deprel not in _SUBJECTS or verb <= place:
            continue
        between = range(place + 1, verb)
        if any(tokens[at].text == ":" for at in between) and any(
            tokens[at].head == verb and tokens[at].deprel in _SUBJECTS for at in between
        ):
            tokens[place] = replace(token, deprel="dislocated")


def _plain_objects(tokens: list[Token]) -> None:
    """ "Rounded up more than 100 activists": counted people right behind a verb without an object are it.

    So is what is hung on the verb as a part of its name ("executed the cleric Nimr al-Nimr").
    """
    for place, token in enumerate(tokens):
        verb = token.head
        if token.deprel not in {"obl", "compound"} or not 0 <= verb < place:
            continue
        if token.upos not in {"NOUN", "PROPN"}:
            continue
        if tokens[verb].upos != "VERB" or token.text.lower() in _MEASURES:
            continue
        kids = [one for one in tokens if one.head == place]
        counted = any(one.deprel in _OF_NOUNS[token.deprel] for one in kids)
        if not counted or any(one.deprel in {"case", "mark"} for one in kids):
            continue
        if any(one.head == verb and one.deprel in _TAKEN for one in tokens):
            continue
        first = _first(tokens, place)
        if all(one.deprel in {"compound:prt", "advmod", "det"} for one in tokens[verb + 1 : first]):
            tokens[place] = replace(token, deprel="obj")


def _first(tokens: list[Token], place: int) -> int:
    """The first word under a word."""
    first = place
    for at in range(place - 1, -1, -1):
        above = at
        while 0 <= above < place:
            above = tokens[above].head
        if above != place:
            break
        first = at
    return first


def _generals(tokens: list[Token]) -> None:
    """ "The secretary general of NATO": one title, with "general" at its head, also behind a hyphen."""
    for last, token in enumerate(tokens):
        hyphen = last > 1 and tokens[last - 1].text in {"-", "‑", "–"}
        first = last - 2 if hyphen else last - 1
        if token.text.lower() != "general" or first < 0:
            continue
        if tokens[first].text.lower() not in _OF_GENERALS:
            continue
        inside = range(first, last + 1)
        outer = tokens[first] if tokens[first].head not in inside else token
        head, deprel = outer.head, outer.deprel
        verb = last + 1
        if head > verb and tokens[head].upos != "VERB" and tokens[verb].upos == "VERB":
            # "The UN secretary-general visited Kenya": hung on Kenya, over the verb.
            head, deprel = verb, "nsubj"
        for place, one in enumerate(tokens):
            if place in inside:
                continue
            if one.head in inside:
                tokens[place] = replace(one, head=last)
        for place in range(first, last):
            kind = "punct" if tokens[place].upos == "PUNCT" else "compound"
            tokens[place] = replace(tokens[place], head=last, deprel=kind)
        tokens[last] = replace(token, head=head, deprel=deprel)


def joined(names: tuple[Name, ...], tokens: tuple[Token, ...]) -> tuple[Name, ...]:
    """The names of a sentence; two names of persons with but a hyphen between are one ("Anne-Marie Dube")."""
    made: list[Name] = []
    for name in names:
        last = made[-1] if made else None
        if last and last.label == name.label == "PER" and last.last + 1 == name.first:
            left, mark, right = tokens[last.last - 1], tokens[last.last], tokens[name.first]
            if mark.text in _HYPHENS and left.end == mark.start and mark.end == right.start:
                made[-1] = replace(last, last=name.last)
                continue
        made.append(name)
    return tuple(made)


def _dated(tokens: list[Token]) -> None:
    """ "On 4 January Bahrain severed": Bahrain is the subject, and no other name of the day."""
    for position, token in enumerate(tokens):
        if token.deprel != "appos" or token.upos not in {"PROPN", "NOUN", "PRON"}:
            continue
        date = tokens[token.head]
        verb = date.head
        if not (
            0 <= token.head < position < verb < len(tokens)
            and tokens[verb].upos == "VERB"
            and _is_date(tokens, token.head)
        ):
            continue
        kids = [one for one in tokens if one.head == verb]
        if any(one.deprel in _SUBJECTS for one in kids):
            continue
        passive = any(one.deprel == "aux:pass" for one in kids)
        tokens[position] = replace(token, head=verb, deprel="nsubj:pass" if passive else "nsubj")


def _announced(tokens: list[Token]) -> None:
    """ "Old rivals, new friends: Chad and Niger make peace": who acts is named behind the colon."""
    for position, token in enumerate(tokens):
        before = token.head
        if token.deprel != "appos" or not 0 <= before < position or token.upos != "PROPN":
            continue
        said = tokens[before]
        verb = said.head
        between = any(one.text == ":" for one in tokens[before + 1 : position])
        if not (between and verb > position and said.deprel in {"nsubj", "nsubj:pass"}):
            continue
        tokens[position] = replace(token, head=verb, deprel=said.deprel)
        tokens[before] = replace(said, deprel="dislocated")


def _visiting(tokens: list[Token]) -> None:
    """ "Met visiting Turkish officials": the officials visit, and it is they who were met."""
    for position, token in enumerate(tokens):
        above = token.head
        if (
            token.text != "visiting"
            or token.deprel not in {"xcomp", "advcl"}
            or above != position - 1
            or above < 0
        ):
            continue
        verb = tokens[above]
        guests = [place for place, one in enumerate(tokens) if one.head == position]
        guest = next((place for place in guests if tokens[place].deprel == "obj"), None)
        # "Considered visiting the shrine": where an article stands before it, it is visited.
        bare = tokens[position + 1 : position + 2] and tokens[position + 1].upos not in {
            "DET",
            "PRON",
        }
        if verb.upos != "VERB" or verb.lemma in _OF_ACTS or guest is None or not bare:
            continue
        for place in guests:
            tokens[place] = replace(tokens[place], head=above)
        tokens[position] = replace(token, head=guest, deprel="amod")


def _compounded(tokens: list[Token]) -> None:
    """ "Jets struck Hezbollah positions": a noun stands before the one that it goes with, never behind a verb."""
    for position, token in enumerate(tokens[:-1]):
        after = tokens[position + 1]
        if token.deprel != "compound" or not 0 <= token.head < position or after.upos != "NOUN":
            continue
        if any(one.upos == "VERB" for one in tokens[token.head + 1 : position]):
            tokens[position] = replace(token, head=position + 1)


def _owned(tokens: list[Token]) -> None:
    """ "Chad's interim president visited": of two subjects side by side the one with the 's owns the other."""
    for position, token in enumerate(tokens[:-2]):
        mark = tokens[position + 1]
        if mark.head != position or mark.text not in {"'s", "’s"}:
            continue
        if token.deprel == "compound" and token.head > position:
            # "NATO's secretary general"
            tokens[position] = replace(token, deprel="nmod:poss")
        if token.deprel not in _SUBJECTS:
            continue
        owned = next(
            (
                place
                for place in range(position + 2, len(tokens))
                if tokens[place].head == token.head and tokens[place].deprel in _SUBJECTS
            ),
            None,
        )
        if owned is not None and owned < token.head:
            tokens[position] = replace(token, head=owned, deprel="nmod:poss")


def _done_by(tokens: list[Token]) -> None:
    """ "The council condemned the coup by Major Buyoya": the coup is his, and the condemning is not."""
    for place, token in enumerate(tokens):
        verb = token.head
        if token.deprel != "obl:agent" or not 0 <= verb < place:
            continue
        kids = [(one.deprel, spot) for spot, one in enumerate(tokens) if one.head == verb]
        relations = {relation for relation, _ in kids}
        objects = [spot for relation, spot in kids if relation == "obj" and verb < spot < place]
        if "nsubj" not in relations or "aux:pass" in relations or not objects:
            continue
        case = next(
            (n for n, one in enumerate(tokens) if one.head == place and one.deprel == "case"), -1
        )
        noun = case - 1
        if noun < objects[0] or tokens[noun].upos not in {"NOUN", "PROPN"}:
            continue
        tokens[place] = replace(token, head=noun, deprel="nmod")


def _across(tokens: list[Token]) -> None:
    """ "King Abdullah hosted President Abbas", the first name hung on the second over the verb: it is the subject."""
    for verb, token in enumerate(tokens):
        if token.upos != "VERB" or token.deprel in {"amod", "acl", "compound"}:
            continue
        kids = [spot for spot, one in enumerate(tokens) if one.head == verb]
        if any(tokens[spot].deprel in _SUBJECTS for spot in kids):
            continue
        last = verb - 1
        while (
            last >= 0 and tokens[last].upos in {"AUX", "ADV", "PART"} and tokens[last].head == verb
        ):
            last -= 1
        first = last
        while first >= 0 and tokens[first].upos == "PROPN" and tokens[first].head > verb:
            first -= 1
        if first == last or tokens[tokens[last].head].upos not in {"PROPN", "NOUN"}:
            continue
        passive = any(tokens[spot].deprel == "aux:pass" for spot in kids)
        for place in range(first + 1, last):
            tokens[place] = replace(tokens[place], head=last, deprel="compound")
        tokens[last] = replace(tokens[last], head=verb, deprel="nsubj:pass" if passive else "nsubj")
        for place in range(first + 1):
            # What stood before the name stays before it ("Jordan's").
            if tokens[place].head > first and tokens[place].head < last:
                tokens[place] = replace(tokens[place], head=last)


def _two_clauses(tokens: list[Token]) -> None:
    """ "Norway recognised Palestine, and Israel recalled its envoys": two clauses, read as one with both for subject."""
    for place, token in enumerate(tokens):
        subject, second = token.head, place + 1
        while second < len(tokens) and tokens[second].upos in {"AUX", "ADV", "PART"}:
            second += 1
        if token.deprel != "conj" or second == len(tokens) or tokens[second].upos != "VERB":
            continue
        if not 0 <= subject < place or tokens[subject].head != second:
            continue
        firsts = [
            verb
            for verb in range(subject + 1, place)
            if tokens[verb].head == second
            and tokens[verb].upos == "VERB"
            and tokens[verb].deprel in {"xcomp", "ccomp", "advcl", "acl"}
        ]
        marked = [one.head for one in tokens if one.deprel in {"mark", "nsubj", "nsubj:pass"}]
        if not firsts or firsts[0] in marked or tokens[subject].deprel not in _SUBJECTS:
            continue
        first = firsts[0]
        above = tokens[second]
        tokens[first] = replace(tokens[first], head=above.head, deprel=above.deprel)
        tokens[second] = replace(above, head=first, deprel="conj")
        tokens[place] = replace(token, head=second, deprel=tokens[subject].deprel)
        tokens[subject] = replace(tokens[subject], head=first)


def _titled(tokens: list[Token]) -> None:
    """ "Secretary of State Marco Rubio": the name is the head, the title hangs on it."""
    for place, of in enumerate(tokens[:-2]):
        inner = of.head
        if of.text.lower() != "of" or of.deprel != "case" or inner <= place:
            continue
        title, name = tokens[inner].head, inner + 1
        if not (0 <= title < place and name < len(tokens) and tokens[name].upos == "PROPN"):
            continue
        held, named = tokens[title], tokens[name]
        if held.upos != "PROPN" or tokens[inner].upos not in {"PROPN", "NOUN"}:
            continue
        beside = named.head == held.head and named.deprel == held.deprel == "nsubj"
        under = named.head == title and named.deprel in {"nmod", "appos", "flat"}
        if not (beside or under) or any(
            one.head == name and one.deprel == "case" for one in tokens
        ):
            continue
        for later in range(name + 1, len(tokens)):
            if tokens[later].head == title and tokens[later].deprel == "flat":
                tokens[later] = replace(tokens[later], head=name)
        tokens[name] = replace(named, head=held.head, deprel=held.deprel)
        tokens[title] = replace(held, head=name, deprel="nmod:desc")


def _is_date(tokens: list[Token], position: int) -> bool:
    """Whether a word is a month or a number beside one."""
    near = tokens[max(0, position - 2) : position + 3]
    word = tokens[position]
    return word.text.lower() in _MONTHS or (
        word.upos == "NUM" and any(one.text.lower() in _MONTHS for one in near)
    )
