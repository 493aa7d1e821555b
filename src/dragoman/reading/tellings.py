"""What one report tells about ties: who, which kind, which state, since when, in whose voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import AUXILIARY, Moment, TieTelling
from dragoman.ids import content_id
from dragoman.reading.clauses import Clauses
from dragoman.reading.status import auxiliary
from dragoman.reading.surroundings import Surroundings, member_of
from dragoman.reading.tiedates import find_anniversary, find_moment
from dragoman.reading.tiemembers import IN_CLAUSE, find_members
from dragoman.reading.tiewords import TieIndex
from dragoman.reading.tree import base
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.entries import Mention, Precision, Statement
    from dragoman.reading.tiemembers import Members
    from dragoman.reading.tiewords import TieTrigger
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook
    from dragoman.spans import Span

# Verbs whose infinitive tells what was done ("moved to restore" is not among them).
_DONE = frozenset("manage begin continue start proceed go come help serve cease fail".split())
_IN_ORDER = frozenset({"first", "last", "second", "third", "only"})
# Verbs that say whether a state got what their object names.
_GETTING = frozenset("win gain obtain receive get secure achieve".split())
# What is told before an act has another day than it.
_BEFORE = frozenset({"before", "prior to", "to", "until", "pending"})
_WAYS = frozenset({"way", "road", "door", "path", "ground"})
_PENDING = frozenset({"await", "hinge", "pend"})
_AFTER = frozenset({"after", "following"})
_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "parataxis", "csubj"})


def find_tellings(
    page: Page,
    mentions: tuple[Mention, ...],
    moments: tuple[Moment, ...],
    statements: tuple[Statement, ...],
    rulebook: Rulebook,
    index: TieIndex | None = None,
) -> tuple[TieTelling, ...]:
    """All that a report tells of ties, in the order of the text.

    Args:
        page: the report's sentences with their trees.
        mentions: its parties.
        moments: its resolved dates.
        statements: its statements, for whose voice a telling stands in.
        rulebook: tie kinds and rules, grammar lists, catalogue.
        index: the tie rules by their words, made once from the same rulebook; None makes one.
    """
    index = index or TieIndex(rulebook)
    around: Surroundings | None = None
    made: dict[str, TieTelling] = {}
    before: Tree | None = None
    for tree in page.trees:
        clauses = Clauses(tree, rulebook.grammar)
        triggers = index.triggers(clauses, before)
        before = tree
        for trigger in triggers:
            around = around or Surroundings(page, mentions, statements, rulebook)
            directed = index.book.directed(trigger.rule.kind)
            for members in find_members(clauses, trigger, around, directed=directed):
                telling = _telling(page, clauses, trigger, members, moments, around, index)
                if telling is None or telling.id in made:
                    continue
                made[telling.id] = telling
                if members.why == IN_CLAUSE:
                    around.remember(
                        tree.sentence.index,
                        telling.members,
                        trigger.rule.kind if directed else None,
                    )
    return _without_doubles(tuple(made.values()))


def _without_doubles(tellings: tuple[TieTelling, ...]) -> tuple[TieTelling, ...]:
    """Without what is only meant in a sentence that tells it as done ("opened when both agreed to open it")."""
    done = {_key(one) for one in tellings if not one.auxiliary}
    return tuple(one for one in tellings if not one.auxiliary or _key(one) not in done)


def _key(one: TieTelling) -> tuple[int, str, str, frozenset[str | None]]:
    return one.sentence, one.kind, one.state, frozenset(map(member_of, one.members))


def _telling(
    page: Page,
    clauses: Clauses,
    trigger: TieTrigger,
    members: Members,
    moments: tuple[Moment, ...],
    around: Surroundings,
    index: TieIndex,
) -> TieTelling | None:
    tree, rule, report = clauses.tree, trigger.rule, page.report
    row = index.book.kinds[rule.kind, rule.state]
    state, aux = rule.state, set[str]()
    if not rule.as_is:
        aux, talks = _standing(clauses, trigger, index)
        if talks and row.talks and "negation" not in aux:
            state, aux = row.talks, set()
    why = [f"rule {rule.id} ({rule.file}:{rule.line})", members.why]
    if rule.anniversary:
        moment = find_anniversary(tree, trigger, moments, report.day)
        if moment is None:
            return None
    else:
        spoken = bool(aux) or row.talk or index.book.kinds[rule.kind, state].talk
        moment = find_moment(clauses, trigger, moments, spoken=spoken, standing=row.standing)
    if moment and not row.standing and _a_decade(moment):
        moment = None
    if not trigger.verbal and moment and _dated_apart(tree, trigger.position, moment):
        moment = None
    if moment:
        why.append(f"date from “{moment.span.text}”: {moment.why}")
    talk = index.book.kinds[rule.kind, state].talk or bool(aux & {"future", "hypothetical"})
    said = _said(tree, trigger, around.statements)
    date, precision, end = _date(moment, talk=talk, day=report.day)
    if talk and date and (moment is None or date != moment.value):
        why.append("the day of the words is that of the report")
    span = _span(page, tree, trigger, members)
    order = members.all
    if not index.book.directed(rule.kind):
        order = tuple(sorted(order, key=lambda one: member_of(one) or ""))
    return TieTelling(
        id=content_id(
            "l", report.id, span.start, tree.offset + tree.tokens[trigger.position].start,
            rule.kind, state, *(member_of(one) for one in order),
        ),
        report_id=report.id,
        sentence=tree.sentence.index,
        span=span,
        members=order,
        kind=rule.kind,
        state=state,
        date=date,
        date_precision=precision,
        end=end,
        said_by=said,
        auxiliary=tuple(one for one in AUXILIARY if one in aux),
        coder=f"rule:{rule.id}",
        why="; ".join(one for one in why if one),
    )  # fmt: skip


def _a_decade(moment: Moment) -> bool:
    """Whether a date is of ten years ("in the 1960s"): a change has no year by it."""
    return bool(moment.value and moment.end) and (
        len(moment.value or "") == 4
        and moment.span.text.rstrip().endswith("s")
        and int((moment.end or "0")[:4]) - int(moment.value or "0") == 9
    )


def _dated_apart(tree: Tree, position: int, moment: Moment) -> bool:
    """Whether a noun of change stands before or after what the date is of ("recalled after the recall of ...")."""
    case = tree.case(tree.first_conjunct(position))
    if case in _BEFORE:
        return True
    place = tree.position_at(moment.span.start - tree.offset)
    return case in _AFTER and place is not None and place not in tree.subtree(position)


def _date(
    moment: Moment | None, *, talk: bool, day: str | None
) -> tuple[str | None, Precision, str | None]:
    """The date of a telling; words about what is wanted are dated by the day they are told."""
    if moment and moment.value and not (talk and day and moment.value > day):
        return moment.value[:10], moment.precision, moment.end
    if talk and day:
        return day, "day", None
    return None, "none", None


def _said(tree: Tree, trigger: TieTrigger, statements: tuple[Statement, ...]) -> str | None:
    at = tree.offset + tree.tokens[trigger.position].start
    for statement in statements:
        if statement.content.start <= at < statement.content.end:
            return statement.id
    return None


# -- done, or only spoken of ---------------------------------------------------------------------


def _standing(clauses: Clauses, trigger: TieTrigger, index: TieIndex) -> tuple[set[str], bool]:
    """The auxiliary modes of a telling, and whether it is only the subject of talks."""
    tree, lists = clauses.tree, index.book.lists
    aux = set(auxiliary(clauses, trigger.position, verbal=trigger.verbal))
    got = tree.tokens[trigger.position].head
    if not trigger.verbal and got >= 0 and tree.lemma(got) in _GETTING:
        aux |= auxiliary(clauses, got, verbal=True)
    if "negation" in aux and _not_until(tree, {trigger.position, got}):
        aux.discard("negation")
    talks = False
    here = trigger.position
    for above in tree.ancestors(trigger.position):
        if not _passes_down(tree, here):
            break
        bases = index.bases(tree, above)
        # "start talks on how relations may be resumed": the clause may hang on the verb of the talks.
        beside = [index.bases(tree, kid) for kid in tree.kids(above, "obj") if kid < here]
        talking = lists.get("talking", frozenset())
        talks = talks or any(one & talking for one in (bases, *beside))
        if bases & lists.get("seeking", frozenset()) and not (
            bases & clauses.grammar.negative_governors
        ):
            aux.add("hypothetical")
        if any(one & _WAYS for one in beside):
            # "opened the way for the resumption": nothing is resumed yet.
            aux.add("hypothetical")
        here = above
    if aux == {"hypothetical"} and _until(tree, trigger.position):
        aux.clear()
    if aux == {"future"} and _first_to(tree, trigger.position):
        aux.clear()
    if _infinitive(tree, trigger) and not (aux & {"hypothetical", "negation"}):
        aux.add("future")
    if not trigger.verbal and _pending(tree, trigger.position):
        aux.add("hypothetical")
    gerund = tree.tokens[trigger.position].text.lower().endswith("ing")
    if (gerund or not trigger.verbal) and _sought_before(tree, trigger.position, index):
        aux.add("hypothetical")
    return aux, talks


def _pending(tree: Tree, position: int) -> bool:
    """Whether something has to come before ("the establishment of relations had to await peace")."""
    for one in range(position + 1, min(position + 12, len(tree.tokens))):
        if tree.lemma(one) in _PENDING:
            return True
        if tree.tokens[one].upos == "PUNCT" or (
            tree.tokens[one].upos == "VERB" and tree.lemma(one) != "have"
        ):
            return False
    return False


def _until(tree: Tree, position: int) -> bool:
    """Whether a clause with "until" tells a past change ("until an embassy was opened in 1930")."""
    marks = {tree.tokens[kid].text.lower() for kid in tree.kids(position, "mark")}
    return marks == {"until"} and tree.tokens[position].text.lower().endswith("ed")


def _not_until(tree: Tree, positions: set[int]) -> bool:
    """Whether what was not done was done in the end ("did not recognise it until 1862")."""
    return any(
        tree.tokens[kid].head in positions
        and (
            tree.case(kid) == "until"
            or any(tree.tokens[mark].text.lower() == "until" for mark in tree.kids(kid, "mark"))
        )
        for kid in range(len(tree.tokens))
    )


def _infinitive(tree: Tree, trigger: TieTrigger) -> bool:
    """Whether a verb stands with "to" and nothing above it tells that it was done."""
    if not trigger.verbal:
        return False
    before = tree.tokens[trigger.position - 1].text.lower() if trigger.position else ""
    marks = {tree.tokens[kid].text.lower() for kid in tree.kids(trigger.position, "mark")}
    if before != "to" and "to" not in marks:
        return False
    above = tree.tokens[trigger.position].head
    if above < 0:
        return True
    return not _first_to(tree, trigger.position) and tree.lemma(above) not in _DONE


def _first_to(tree: Tree, position: int) -> bool:
    """Whether "to" follows an order ("one of the first countries to recognise"): done, whoever came after."""
    above = tree.tokens[position].head
    told = (above, *tree.kids(above, "nmod")) if above >= 0 else ()
    return any(tree.lemma(kid) in _IN_ORDER for one in told for kid in tree.kids(one, "amod"))


def _sought_before(tree: Tree, position: int, index: TieIndex) -> bool:
    """Whether a word of seeking stands right before ("agreement for the resumption", "hinted at restoring")."""
    seeking = index.book.lists.get("seeking", frozenset())
    for here in range(max(0, position - 4), position - 1):
        link = tree.tokens[here + 1]
        if (
            link.text.lower() in {"for", "on", "of", "to", "at", "about", "in"}
            and tree.tokens[here].upos in {"NOUN", "ADJ", "VERB"}
            and index.bases(tree, here) & seeking
        ):
            return True
    return False


def _passes_down(tree: Tree, here: int) -> bool:
    """Whether what governs a word says how real it is."""
    token = tree.tokens[here]
    relation = base(token.deprel)
    if relation in {"parataxis", "nsubj", "conj", "appos", "root"}:
        return relation == "conj" and not tree.kids(here, "nsubj", "aux")
    marks = {tree.tokens[kid].text.lower() for kid in tree.kids(here, "mark")}
    if relation == "advcl":
        return bool(marks & {"to", "for", "of", "from", "on", "at", "in"})
    if relation == "acl":
        # "a note establishing relations" is the act itself; "talks on how relations be resumed" is not.
        return bool(marks) or (
            token.deprel != "acl:relcl" and not token.text.lower().endswith("ing")
        )
    if relation in {"obl", "nmod"}:
        return tree.case(here) in {
            "to",
            "on",
            "of",
            "for",
            "at",
            "in",
            "about",
            "toward",
            "towards",
        }
    return relation in {"xcomp", "ccomp", "obj", "compound", "amod"}


# -- which words ---------------------------------------------------------------------------------


def _span(page: Page, tree: Tree, trigger: TieTrigger, members: Members) -> Span:
    """The words of the telling: the trigger's clause without clauses that hang on it, and the members."""
    head = trigger.position
    for above in tree.ancestors(trigger.position):
        if trigger.verbal or base(tree.tokens[head].deprel) in _CLAUSAL | {"root", "conj"}:
            break
        head = above
    dropped: set[int] = set()
    for kid in tree.kids(head, "parataxis", "advcl", "conj", "ccomp"):
        own = set(tree.subtree(kid))
        if trigger.position not in own:
            dropped |= own
    kept = [one for one in tree.subtree(head) if one not in dropped]
    kept += [*trigger.words, *([trigger.theme] if trigger.theme is not None else [])]
    start = tree.offset + tree.tokens[min(kept)].start
    end = tree.offset + tree.tokens[max(kept)].end
    for actor in members.all:
        if tree.sentence.span.holds(actor.span) and members.why == IN_CLAUSE:
            start, end = min(start, actor.span.start), max(end, actor.span.end)
    text = page.report.text
    while end > start + 1 and text[end - 1] in ',;:.—–- \n"“”':
        end -= 1
    while start < end - 1 and text[start] in ',;:.—–- \n"“”':
        start += 1
    return cut(text, start, end)
