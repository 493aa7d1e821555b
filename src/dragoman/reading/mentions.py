"""Finding the words that may stand for a party: every noun phrase, and what the rulebook knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.catalogued import find_names, own_acronyms, words_between
from dragoman.reading.tree import NOMINAL, base

if TYPE_CHECKING:
    from dragoman.entries import MentionKind
    from dragoman.reading.catalogued import Found
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Office, Role
    from dragoman.rulebook.grammar import Grammar

# The sectors of whose blow a noun before it tells.
_FORCES = frozenset({"MIL", "COP", "REB", "UAF", "GOV"})
# A token in one of these relations belongs to another noun's phrase and is no phrase of its own.
_PART_OF = frozenset({"compound", "flat", "nmod:desc", "goeswith", "fixed", "det", "case"})
PERSONAL = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "themselves": "they",
    "i": "i", "me": "i", "my": "i", "mine": "i", "myself": "i",
    "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
    "who": "who", "which": "who", "whose": "who", "that": "who",
}  # fmt: skip


_POINTING_TO_TIME = frozenset({"that", "this", "last", "next", "same"})
_TIMES = frozenset(
    "night day morning afternoon evening week month year today yesterday tonight".split()
)
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase that may stand for a party.

    Attributes:
        sentence: index of the sentence.
        head: position of its head word.
        first, last: positions of the phrase proper, titles and adjectives included.
        kind: name, adjective, description or pronoun.
        pronoun: he, she, it, they, i, we, who; empty for other kinds.
        found: catalogue names inside the phrase.
        name: positions of a person's name inside it.
        label: NER label of the name that covers the head; empty if none.
        offices: titles inside the phrase with the position of their last word.
        role: what the head noun says of it ("troops"), if listed.
    """

    sentence: int
    head: int
    first: int
    last: int
    kind: MentionKind
    pronoun: str = ""
    found: tuple[Found, ...] = ()
    name: tuple[int, int] | None = None
    label: str = ""
    offices: tuple[tuple[int, Office], ...] = ()
    role: Role | None = None


def find_candidates(page: Page, catalogue: Catalogue, grammar: Grammar) -> tuple[Candidate, ...]:
    """All noun phrases of a report that may stand for a party, in the order of the text."""
    made: list[Candidate] = []
    own = own_acronyms(page.report.text, catalogue)
    for tree in page.trees:
        found = tuple(
            one for one in find_names(tree, catalogue) if words_between(tree, one) not in own
        )
        made.extend(
            _candidate(tree, head, found, catalogue, acts=acts)
            for head in range(len(tree.tokens))
            if (acts := _acts_as(tree, head, catalogue, grammar))
            or _heads_phrase(tree, head, found)
        )
    return tuple(made)


def _heads_phrase(tree: Tree, position: int, found: tuple[Found, ...]) -> bool:
    token = tree.tokens[position]
    known = any(one.first <= position < one.last for one in found)
    named = known and token.text.isupper()
    if not named and (token.upos == "PRON" or token.text.lower() in _OWNERS):
        return token.text.lower() in PERSONAL
    if token.upos not in NOMINAL and not known:
        return False
    if token.deprel in {"compound", "nmod:desc"}:
        # "the IMF board", "U.S. air strikes": a catalogue name before a noun is a party of its own.
        return any(
            one.first <= position < one.last and not one.first <= token.head < one.last
            for one in found
        )
    if token.deprel in _PART_OF:
        return False
    if token.deprel == "conj" and _joins(tree, token.head, found) > position:
        return False
    for one in found:
        # Of a name of several words only the one whose head lies outside it stands for it.
        if one.first <= position < one.last and one.first <= token.head < one.last:
            return False
    return not (base(token.deprel) == "amod" and not known)


def _joins(tree: Tree, head: int, found: tuple[Found, ...]) -> int:
    """Where the name of a body that holds an "and" ends ("Rogaland Fire and Rescue"); 0 where there is none.

    Names that the catalogue knows are parties of their own.
    """
    for name in tree.tags.names:
        if name.label != "ORG" or not name.first <= head < name.last:
            continue
        if any(one.first < name.last and name.first < one.last for one in found):
            return 0
        joined = [
            kid
            for kid in tree.kids(head, "conj")
            if kid < name.last and tree.tokens[kid].upos == "PROPN"
        ]
        return name.last if joined else 0
    return 0


def _acts_as(tree: Tree, position: int, catalogue: Catalogue, grammar: Grammar) -> bool:
    """Whether a noun before a noun of a blow tells whose it is: "a rebel attack", "the police killing of a man"."""
    token = tree.tokens[position]
    owner = token.deprel == "compound" and token.upos == "NOUN"
    if not owner or tree.lemma(token.head) not in grammar.blows | grammar.violence:
        return False
    role = catalogue.roles.get(tree.lemma(position)) or catalogue.roles.get(token.text.lower())
    return role is not None and role.sector in _FORCES


def _candidate(
    tree: Tree, head: int, found: tuple[Found, ...], catalogue: Catalogue, *, acts: bool
) -> Candidate:
    token = tree.tokens[head]
    index = tree.sentence.index
    word = token.text.lower()
    # "WHO" and "US" may be names.
    named = token.text.isupper() and any(one.first <= head < one.last for one in found)
    pronoun = token.upos in {"PRON", "DET"} or word in {"his", "its"}
    if pronoun and word in PERSONAL and not named:
        return Candidate(index, head, head, head + 1, "pronoun", pronoun=PERSONAL[word])
    first, last = tree.core(head)
    last = max(last, _joins(tree, head, found))
    inside = tuple(one for one in found if one.first < last and one.last > first)
    for one in inside:
        first, last = min(first, one.first), max(last, one.last)
    name, label = _name(tree, head, first, last, inside, catalogue)
    offices = _offices(tree, first, last, name, catalogue)
    if name is None and offices:
        name = _after_title(tree, offices[-1][0], last, inside)
    if name:
        first, last = min(first, name[0]), max(last, name[1])
    elif not label and token.upos == "NOUN":
        first = _behind_time(tree, first, head)
    covering = any(one.first <= head < one.last for one in inside)
    kind: MentionKind = "description"
    before_noun = base(token.deprel) in {"amod", "compound"} or token.deprel == "nmod:desc"
    if before_noun and (inside or not acts):
        kind = "adjective"
    elif covering or label or token.upos == "PROPN":
        kind = "name"
    return Candidate(
        sentence=index,
        head=head,
        first=first,
        last=last,
        kind=kind,
        found=inside,
        name=name,
        label=label,
        offices=offices,
        role=_role(tree, head, first, catalogue),
    )


def _behind_time(tree: Tree, first: int, head: int) -> int:
    """Where a party's words begin behind words of time ("That night | protesters")."""
    here = first
    pointed = tree.tokens[here].text.lower() in _POINTING_TO_TIME
    here += pointed or tree.tokens[here].text.lower() == "the"
    begun = here
    while here < head:
        word = tree.lemma(here)
        dated = word in WEEKDAY_NUMBER or word in MONTH_NUMBER
        # "The night guard" tells of no time, "that night protesters" does.
        if not (dated or (word in _TIMES and (pointed or here == first or here > begun))):
            beside = {tree.lemma(at) for at in (here - 1, here + 1) if begun <= at < head}
            if not (word.isdigit() and any(one in MONTH_NUMBER for one in beside)):
                break
        here += 1
    return here if here > begun else first


def _name(
    tree: Tree, head: int, first: int, last: int, found: tuple[Found, ...], catalogue: Catalogue
) -> tuple[tuple[int, int] | None, str]:
    """The person's name inside the phrase, and the label of the name that covers the head.

    What the tagger took for two names side by side is one, and so are a catalogue name and its rest;
    a title at the beginning is no part of the name.
    """
    label = next((n.label for n in tree.tags.names if n.first <= head < n.last), "")
    pieces = [(n.first, n.last) for n in tree.tags.names if n.label == "PER"]
    pieces += [
        (one.first, one.last) for one in found if any(row[0].kind == "person" for row in one.rows)
    ]
    pieces = [
        piece
        for piece in pieces
        if piece[0] <= last and piece[1] >= first and not _possesses(tree, piece, head)
    ]
    # Whose adviser somebody is stands before him: "Trump adviser Ann Testwood" is not Trump.
    pieces = [piece for piece in pieces if not _owns(tree, piece, head)]
    person: tuple[int, int] | None = None
    for piece in sorted(pieces):
        if person is None:
            person = piece if piece[0] < last and piece[1] > first else None
        elif piece[0] <= person[1]:
            person = (person[0], max(person[1], piece[1]))
    while person and person[1] - person[0] > 1:
        word = tree.tokens[person[0]].text.lower()
        if word not in catalogue.offices and word.rstrip(".") not in catalogue.titles:
            break
        person = (person[0] + 1, person[1])
    # A verb behind a name, not the name's last word: "Martin opines".
    while person and person[1] - person[0] > 1 and _is_beyond(tree, person[1] - 1):
        person = (person[0], person[1] - 1)
    if person and person[1] - person[0] == 1 and _is_editors(tree, person[0]):
        return None, ""
    if (
        person
        and person[1] - person[0] == 1
        and (tree.tokens[person[0]].text.lower() in catalogue.offices)
    ):
        # "King" on its own is a title that the report's other words must explain.
        return None, ""
    return person, label


def _is_beyond(tree: Tree, last: int) -> bool:
    """Whether the last word of a name is none: small, and no end of "Hoi-kwan"."""
    word, before = tree.tokens[last], tree.tokens[last - 1]
    return word.text.islower() and before.text[-1:].isalpha() and before.end < word.start


def _is_editors(tree: Tree, place: int) -> bool:
    """Whether a letter is one that an editor has put into a quotation ("[T]he House is moving")."""
    after = tree.tokens[place + 1].text if place + 1 < len(tree.tokens) else ""
    return len(tree.tokens[place].text) == 1 and after == "]"


def _possesses(tree: Tree, piece: tuple[int, int], head: int) -> bool:
    """Whether a name owns what the phrase names: "Putin's spokesman" is not Putin."""
    after = tree.tokens[piece[1]].text if piece[1] < len(tree.tokens) else ""
    return piece[1] < head and after in {"'s", "’s"}


def _owns(tree: Tree, piece: tuple[int, int], head: int) -> bool:
    """Whether a name stands before the noun for somebody or something else ("a Trump adviser")."""
    if piece[1] > head or piece[1] >= len(tree.tokens):
        return False
    after = tree.tokens[piece[1]]
    return after.upos == "NOUN" and after.text[:1].islower()


def _after_title(
    tree: Tree, title: int, last: int, found: tuple[Found, ...]
) -> tuple[int, int] | None:
    """The capitalised words behind a title that the tagger took for no name ("cleric Nimr al-Nimr")."""
    end = title + 1
    while end < last and tree.tokens[end].upos == "PROPN":
        end += 1
    if end - title < 2 or any(one.first < end and one.last > title + 1 for one in found):
        return None
    if end < len(tree.tokens) and tree.tokens[end].text in {"'s", "’s"}:
        return None  # "Senator Brook's campaign" is not she
    return title + 1, end


def _offices(
    tree: Tree, first: int, last: int, name: tuple[int, int] | None, catalogue: Catalogue
) -> tuple[tuple[int, Office], ...]:
    """Titles inside the phrase, the longest at each place ("deputy foreign minister")."""
    made: list[tuple[int, Office]] = []
    position = first
    while position < last:
        if name and name[0] <= position < name[1] and position > name[0]:
            position += 1
            continue
        for length in (4, 3, 2, 1):
            behind = position + length > last
            if behind and not _goes_behind(tree, last, position + length):
                continue
            words = _words(tree, position, position + length)
            office = catalogue.offices.get(words)
            if office is None and words.endswith("s") and name:
                # "Senators Smith and Jones"
                office = catalogue.offices.get(words[:-1])
            if office:
                # "the Secretary | of Energy": the title's word in the phrase stands for it.
                made.append((min(position + length, last) - 1, office))
                position += length - 1
                break
        position += 1
    return tuple(made)


def _goes_behind(tree: Tree, last: int, end: int) -> bool:
    """Whether a title may go on behind its phrase ("the Secretary | of Energy")."""
    return end <= len(tree.tokens) and tree.tokens[last].text.lower() == "of"


def _words(tree: Tree, first: int, last: int) -> str:
    """The words of some positions in lower case, the last in its base form where it is a plural."""
    start, end = tree.tokens[first].start, tree.tokens[last - 1].end
    text = tree.tags.text[start:end].lower()
    final = tree.tokens[last - 1]
    lemma = final.lemma.lower()
    if final.upos == "NOUN" and lemma != final.text.lower():
        return text[: len(text) - len(final.text)] + lemma
    return text.replace("’", "'")


def _role(tree: Tree, head: int, first: int, catalogue: Catalogue) -> Role | None:
    for start in range(max(first, head - 2), head + 1):
        text = tree.tags.text[tree.tokens[start].start : tree.tokens[head].end].lower()
        role = catalogue.roles.get(text) or catalogue.roles.get(_words(tree, start, head + 1))
        if role:
            return role
    return None
