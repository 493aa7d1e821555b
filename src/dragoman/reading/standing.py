"""Which words of saying are statements, which are attitudes, and which are neither."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.calendar import WEEKDAYS
from dragoman.reading.quoted import BESIDE, SCARE_WORDS, enclosed, inner, overlap
from dragoman.reading.quotes import is_name
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.saying import Saying
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

# What both witnesses tell is at least this sure.
BOTH = 0.9
# Verbs with which somebody binds himself to an act, and says so.
_UNDERTAKING = frozenset({"offer", "promise", "pledge", "vow", "threaten"})
# Words that open a clause of what is known or found.
_CLAUSE = frozenset({"that", "how", "why", "whether", "if"})
_HOURS = frozenset({"pm", "am", "p.m.", "a.m.", "o'clock"})
_DAYS = frozenset({*WEEKDAYS, "yesterday", "today", "tomorrow", "tonight"})
# Verbs whose passive subject is spoken of.
_PATIENT = frozenset(
    "accuse blame charge suspect criticize criticise condemn call describe name nickname dub quote "
    "tell ask order urge hail laud brand label deride ridicule mock rebuke".split()
)
# What stands before a colon under a picture.
_CAPTIONS = frozenset({"image", "photo", "picture", "caption", "video", "map", "graphic", "credit"})
# Of nouns of words those that are held or published themselves, and tell nothing by it ("published an interview").
_PUBLISHED = frozenset({"interview", "speech"})
# A word in quotation marks behind these is spoken of ("used the word 'marriage'").
_MENTIONED = frozenset({"the word", "the term", "the name", "the words"})
_HEARERS = frozenset({"you", "your"})
_BIDDING = frozenset({"can", "could", "would", "will"})
# Verbs of what somebody holds, of which he can be asked without having told it.
_HOLDING = frozenset("think believe hope feel guess wonder wish expect want fear like see".split())
# Verbs that give a name to what nobody is told to name so.
_NAMING = frozenset("call describe cite report welcome dub brand label hail laud".split())
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})


def weighed(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> Saying:
    """Makes an act of speech told without its words ("urged Iran to stop", "recalled its envoy") a stance."""
    if saying.verb is None or saying.coder.startswith("stance:") or not saying.content:
        return saying
    lemma = tree.lemma(saying.verb)
    if lemma not in cues.act_verbs and lemma not in cues.either:
        return saying
    quoted = any(
        overlap(piece, (quote.start, quote.end)) for piece in saying.content for quote in quotes
    )
    # "The law was passed, the agency reported": what stands before such a verb is told by it.
    before = saying.cue is not None and saying.content[0][1] <= saying.cue[0]
    if (
        quoted
        or (before and lemma in cues.either)
        or _that_clause(tree, saying.verb, cues, bare=lemma in cues.either)
    ):
        return saying
    return replace(saying, coder=f"stance:{lemma}")


def stands(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> bool:
    """Whether a saying is kept: one that the clauses alone saw must be of words, not of an act.

    Words of saying without content are kept where they end the sentence: they announce a quotation.
    """
    if saying.source is None and not saying.coder.startswith("rule:"):
        return False  # told by nobody, and no verb of saying: too little to be a statement
    if saying.verb is not None and _is_asked(tree, saying.verb):
        return False
    if _captions(tree, saying) or _asks_for_view(tree, saying, quotes):
        return False
    if saying.verb is not None and _is_if(tree, saying.verb):
        return False
    if (
        saying.source is None
        and saying.verb is not None
        and not _tells_itself(tree, saying, quotes)
    ):
        return False
    if any(tree.tokens[one].text.lower() in _HOURS for one in saying.heads):
        return False  # "estimated by 9 pm"
    if saying.heads and all(tree.tokens[one].text.lower() in _DAYS for one in saying.heads):
        return False  # "Tuesday's announcement that"
    if _calls_off(tree, saying):
        return False
    if not saying.content:
        return saying.source is not None and not (saying.cue and enclosed(saying.cue, quotes))
    if (
        saying.source is None
        and tree.lemma(saying.verb or 0) in _NAMING
        and saying.verb is not None
    ):
        return False  # "they are called nationals": a name that things bear
    if _takes_away(tree, saying):
        return False
    if not saying.coder.startswith("rule:") or saying.verb is None or saying.confidence >= BOTH:
        return True
    if saying.heads and not any(_may_say(tree, one) for one in saying.heads):
        return False
    if saying.cue and enclosed(saying.cue, quotes):
        return False  # "I think" inside a quotation is part of what is said
    return saying.source is not None and (
        tree.lemma(saying.verb) not in cues.act_verbs
        or _asks_aloud(tree, saying, quotes)
        or _that_clause(tree, saying.verb, cues)
        or _undertakes(tree, saying.verb)
    )


def _tells_itself(tree: Tree, saying: Saying, quotes: list[Quote]) -> bool:
    """Whether words told by nobody are told at all: "it was reported that", a quotation; "tell us" is not."""
    assert saying.verb is not None
    quoted = any(overlap(piece, (one.start, one.end)) for piece in saying.content for one in quotes)
    if tree.kids(saying.verb, "aux:pass") and not tree.kids(saying.verb, "ccomp", "xcomp"):
        # "The birth of a planet was never observed": a thing, not words.
        return quoted or any(
            tree.tokens[one].upos in {"VERB", "AUX"}
            for start, end in saying.content
            for one in tree.within(start - tree.offset, end - tree.offset)
        )
    if tree.tokens[saying.verb].upos != "VERB" or tree.kids(saying.verb, "aux:pass"):
        return True
    return quoted or not saying.coder.startswith("rule:")


def _captions(tree: Tree, saying: Saying) -> bool:
    """Whether a picture's label was taken for words of saying ("The candidate.Image: Her office.")."""
    if saying.cue is None:
        return False
    start, end = (place - tree.offset for place in saying.cue)
    before = re.split(r"\W+", tree.tags.text[:start].rstrip())[-1]
    # "Ann LindImage: Rowers' Front", where the page has lost a line's end.
    before = re.split(r"(?<=[a-z])(?=[A-Z])", before)[-1]
    return tree.tags.text[start:end] == ":" and before.lower() in _CAPTIONS


def _asks_for_view(tree: Tree, saying: Saying, quotes: list[Quote]) -> bool:
    """Whether somebody is asked for his view, and has not told it ("What are your views on the deal?").

    What he is told to have said, and why he thinks so, is taken as his.
    """
    if not saying.heads or not tree.tags.text.rstrip(" \"'”’)").endswith("?"):
        return False
    if any(tree.tokens[one].text.lower() not in _HEARERS for one in saying.heads):
        return False
    quoted = any(overlap(piece, (q.start, q.end)) for piece in saying.content for q in quotes)
    lemma = "" if saying.verb is None else tree.lemma(saying.verb)
    why = any(token.text.lower() == "why" for token in tree.tokens)
    if saying.verb is not None and any(
        tree.tokens[kid].text.lower() in _BIDDING for kid in tree.kids(saying.verb, "aux")
    ):
        return True  # "Can you tell us what it is like?"
    told = saying.coder.startswith("rule:") and lemma not in _HOLDING
    return not quoted and not why and not told


def is_bypassed(tree: Tree, tag: Saying, ruled: tuple[Saying, ...]) -> bool:
    """Whether a preposition was taken for words of saying: "under" a law, "for" them, "to" them, I say."""
    if tag.cue is None:
        return False
    start, end = tag.cue[0] - tree.offset, tag.cue[1] - tree.offset
    words = [tree.tokens[one] for one in tree.within(start, end)]
    if len(words) != 1 or words[0].upos != "ADP":
        return False
    if words[0].text.lower() in {"under", "for"}:
        return True
    return words[0].text.lower() == "to" and any(
        one.cue and overlap(piece, other)
        for one in ruled
        for piece in one.content
        for other in tag.content
    )


def is_told_of(tree: Tree, saying: Saying) -> bool:
    """Whether the source is who others speak of ("who is accused of"): then nobody is told to speak."""
    if saying.cue is None:
        return False
    start, end = saying.cue[0] - tree.offset, saying.cue[1] - tree.offset
    for one in tree.within(start, end):
        token = tree.tokens[one]
        if tree.lemma(one) not in _PATIENT:
            continue
        if [word.text.lower() for word in tree.tokens[one + 1 : one + 3]] == ["as", "saying"]:
            continue  # who "was quoted as saying" something said it
        if _names_what_it_hangs_on(tree, one) and not set(saying.heads) & _agents(tree, one):
            return True
        told = set(tree.kids(one, "nsubj:pass"))
        if token.deprel == "acl" and not token.text.lower().endswith("ing"):
            told.add(token.head)  # "a man suspected to have ..."
        if told & set(saying.heads):
            return True
    return False


def _names_what_it_hangs_on(tree: Tree, verb: int) -> bool:
    """Whether a participle only names its noun ("a pattern called a glider")."""
    token = tree.tokens[verb]
    named = token.deprel == "acl" and not token.text.lower().endswith("ing")
    return named and tree.lemma(verb) in _NAMING


def _agents(tree: Tree, verb: int) -> set[int]:
    return {
        one for kid in tree.kids(verb, "obl") if tree.case(kid) == "by" for one in tree.subtree(kid)
    }


def _calls_off(tree: Tree, saying: Saying) -> bool:
    """Whether "called" tells of an act with its particle and not of words ("called off its search")."""
    if saying.verb is None or tree.lemma(saying.verb) != "call":
        return False
    after = tree.tokens[saying.verb + 1 : saying.verb + 2]
    return bool(after) and after[0].text.lower() in {"off", "up"}


def _takes_away(tree: Tree, saying: Saying) -> bool:
    """Whether "claimed" tells of lives lost and not of words ("the storm claimed 3,000 lives")."""
    if saying.verb is None or tree.lemma(saying.verb) != "claim":
        return False
    taken = tree.kids(saying.verb, "obj", "ccomp")
    return any(tree.tokens[kid].text.lower() in {"life", "lives", "victims"} for kid in taken)


def is_held(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> bool:
    """Whether an attitude is one: somebody holds it, and its words are of speech, belief, will or stance.

    Nobody is told to hold "the fish is called a ray"; "recalled its envoy" and "hired a lawyer" are acts,
    told as events where they are any. A quotation, a clause with "that" or a noun of an attitude beside the
    verb ("gave its approval") makes words of any verb.
    """
    if not saying.coder.startswith("stance:"):
        return True
    lemma = saying.coder.removeprefix("stance:")
    if saying.source is None or lemma in cues.either or _undergone(tree, saying):
        return False
    if _opening(tree, saying, 2) not in _MENTIONED and any(
        overlap(piece, (one.start, one.end)) and not is_name(inner(tree, one).rstrip(","))
        for piece in saying.content
        for one in quotes
    ):
        return True
    if saying.cue is None or _opening(tree, saying) == "that":
        return True
    if saying.verb is not None and _that_clause(tree, saying.verb, cues):
        return True
    start, end = saying.cue[0] - tree.offset, saying.cue[1] - tree.offset
    words = {*tree.within(start, end)} | ({saying.verb} if saying.verb is not None else set())
    clause = _opening(tree, saying) in _CLAUSE or any(
        tree.lemma(one) in cues.telling for one in saying.heads
    )
    return any(_of_attitude(tree, one, cues, clause=clause) for one in words)


def _opening(tree: Tree, saying: Saying, count: int = 1) -> str:
    """The first words of what is held, small."""
    if not saying.content:
        return ""
    start, end = saying.content[0]
    inside = tree.within(start - tree.offset, end - tree.offset)
    return " ".join(tree.tokens[one].text.lower() for one in inside[:count])


def _of_attitude(tree: Tree, place: int, cues: Cues, *, clause: bool) -> bool:
    """Whether a word of the cue is a verb or noun of an attitude, a verb of knowing only before a clause."""
    lemma, upos = tree.lemma(place), tree.tokens[place].upos
    if upos == "NOUN":
        return _names_attitude(lemma, cues)
    if upos not in {"VERB", "ADJ"}:
        return False
    if lemma in cues.attitudes or lemma in cues.cue_verbs or lemma in cues.act_verbs:
        return True
    after = " ".join(token.text.lower() for token in tree.tokens[place + 1 : place + 3])
    if any(f"{lemma} {words}" in cues.attitudes for words in (after, after.split(" ")[0])):
        return True
    if lemma in cues.giving and any(
        _names_attitude(tree.lemma(kid), cues) and tree.lemma(kid) not in _PUBLISHED
        for kid in tree.kids(place, "obj")
    ):
        return True  # "raised concerns", "renewed its support"
    if lemma not in cues.knowing:
        return False
    # "sees the plan as a way": a view; "sees a plan": none
    return (
        clause
        or bool(tree.kids(place, "ccomp", "xcomp"))
        or any(tree.case(kid) == "as" for kid in tree.kids(place, "obl"))
    )


def _names_attitude(lemma: str, cues: Cues) -> bool:
    return lemma in cues.attitude_nouns or lemma in cues.cue_nouns


def _undergone(tree: Tree, saying: Saying) -> bool:
    """Whether the attitude is told of its subject by nobody ("a mob came after he was accused of theft")."""
    if saying.verb is None or not tree.kids(saying.verb, "aux:pass"):
        return False
    under = set(tree.subtree(saying.verb))
    agents = {one for kid in tree.kids(saying.verb, "obl") for one in tree.subtree(kid)}
    subjects = {one for kid in tree.kids(saying.verb, "nsubj:pass") for one in tree.subtree(kid)}
    return bool(saying.heads) and all(
        one in subjects or (one not in under and one not in agents) for one in saying.heads
    )


def _asks_aloud(tree: Tree, saying: Saying, quotes: list[Quote]) -> bool:
    """Whether a quotation of several words stands right behind the verb ("asking, “Why not?”")."""
    return any(
        saying.cue is not None
        and 0 <= quote.start - saying.cue[1] <= BESIDE
        and len(inner(tree, quote).split()) >= SCARE_WORDS
        for quote in quotes
    )


def _undertakes(tree: Tree, verb: int) -> bool:
    """Whether the speaker gives word of an act of his own: "offered to help", "threatened to leave"."""
    return tree.lemma(verb) in _UNDERTAKING and any(
        tree.tokens[mark].text.lower() == "to"
        for kid in tree.kids(verb, "xcomp")
        for mark in tree.kids(kid, "mark")
    )


def _is_asked(tree: Tree, verb: int) -> bool:
    """Whether the verb tells what was done to its subject ("When asked about ..., he ...")."""
    token = tree.tokens[verb]
    if base(token.deprel) != "advcl" or not token.text.lower().endswith("ed"):
        return False
    if tree.kids(verb, "nsubj", "aux", "obj"):
        return False
    kids = [tree.tokens[kid].text.lower() for kid in tree.children[verb] if kid < verb]
    # "Asked whether he would go, Lind said no": the asker is not told.
    opens = tree.lemma(verb) == "ask" and verb <= 2
    return opens or bool({"when", "if", "once", "as"} & set(kids))


def _is_if(tree: Tree, verb: int) -> bool:
    """Whether it is only supposed that somebody says it ("if we confirm that it is a planet, ...")."""
    return base(tree.tokens[verb].deprel) == "advcl" and any(
        tree.tokens[kid].text.lower() == "if" for kid in tree.kids(verb, "mark")
    )


def _may_say(tree: Tree, head: int) -> bool:
    """Whether a word can be somebody who says something; "what" and "chained" cannot."""
    token = tree.tokens[head]
    if token.upos == "ADJ" and not tree.kids(head, "det"):
        return False  # "very good to tell them"
    return token.upos in NOMINAL and token.text.lower() not in {"what", "how", "why"}


def _that_clause(tree: Tree, verb: int, cues: Cues, *, bare: bool = False) -> bool:
    """Whether the verb governs a clause of words, one without "that" only if `bare`."""
    for kid in tree.kids(verb, "ccomp"):
        return bare or any(
            tree.tokens[mark].text.lower() == "that" for mark in tree.kids(kid, "mark")
        )
    return tree.lemma(verb) in cues.expressive
