"""Who stands where in a clause: the logical slots of a verb or an event noun (docs/rules.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Grammar

# Prepositions under which a noun tells what its clause's subject does: "during a meeting with Putin".
_OCCASION = frozenset({"during", "in", "at"})
# Prepositions under which it does so only for meetings and visits: "after talks with Putin, he said",
# but not "broke ties after the attack on".
_OCCASION_WIDE = frozenset(
    {"after", "before", "following", "on", "for", "amid", "into", "to", "from"}
)
_RELATIVE = frozenset({"that", "which", "who"})
_STANDING = frozenset({"stand", "get", "remain", "go"})
_OWNING = frozenset({"of", "by", "from"})
_CONCERNING = frozenset(
    {"in", "with", "between", "against", "on", "for", "to", "toward", "towards", "over"}
)


class Clauses:
    """The slots of one sentence's predicates; answers are token positions of phrase heads."""

    def __init__(self, tree: Tree, grammar: Grammar) -> None:
        self.tree = tree
        self.grammar = grammar
        self._passive: dict[int, bool] = {}

    # -- verbs ------------------------------------------------------------------------------------

    def passive(self, verb: int) -> bool:
        """Whether the verb stands in the passive, participles that follow a noun included."""
        known = self._passive.get(verb)
        if known is None:
            known = self._passive[verb] = self._is_passive(verb)
        return known

    def _is_passive(self, verb: int) -> bool:
        tree = self.tree
        token = tree.tokens[verb]
        if token.text.lower().endswith("ing"):
            return False
        if tree.kids(verb, "nsubj:pass", "aux:pass", "obl:agent"):
            return True
        if tree.kids(verb, "nsubj"):
            return False
        if base(token.deprel) == "acl" and token.deprel != "acl:relcl":
            return not token.text.lower().endswith("ing") and tree.kid(verb, "mark") is None
        if token.deprel == "xcomp" and tree.lemma(token.head) in _STANDING:
            # "Stand accused", "got arrested".
            return not tree.kids(verb, "aux", "mark", "obj")
        if token.deprel == "conj" and 0 <= token.head < len(tree.tokens):
            inherits = not tree.kids(verb, "aux", "obj") and token.text.lower().endswith(
                ("ed", "en")
            )
            return inherits and self.passive(token.head)
        return False

    def subject(self, verb: int, *, depth: int = 0) -> tuple[int, ...]:
        """Who does it: the logical subject's heads, coordinated ones included."""
        tree = self.tree
        if self.passive(verb):
            return self._spread(self._agents(verb) or self._agents(*tree.kids(verb, "obl", "obj")))
        own = [kid for kid in tree.kids(verb, "nsubj") if tree.tokens[kid].deprel != "nsubj:pass"]
        if own:
            return self._meant(verb, own[0])
        return self._inherited(verb, depth)

    def _meant(self, verb: int, subject: int) -> tuple[int, ...]:
        """A subject's heads; of a relative pronoun the word that it stands for."""
        token = self.tree.tokens[verb]
        relative = self.tree.tokens[subject].text.lower() in _RELATIVE
        if relative and token.deprel == "acl:relcl" and token.head >= 0:
            return (token.head,)
        return self._spread([subject])

    def _agents(self, *hosts: int) -> list[int]:
        """The "by" phrases on these words."""
        tree = self.tree
        return [
            kid
            for host in hosts
            for kid in tree.kids(host, "obl", "nmod")
            if tree.tokens[kid].deprel == "obl:agent" or tree.case(kid) == "by"
        ]

    def surface(self, verb: int, *, depth: int = 0) -> tuple[int, ...]:
        """The grammatical subject, active or passive, inherited where there is none."""
        own = self.tree.kids(verb, "nsubj")
        return self._meant(verb, own[0]) if own else self._inherited(verb, depth)

    def _inherited(self, verb: int, depth: int) -> tuple[int, ...]:
        tree = self.tree
        token = tree.tokens[verb]
        if depth > 6 or not 0 <= token.head < len(tree.tokens):
            return ()
        above = token.head
        relation = token.deprel
        if relation == "conj":
            return self.surface(above, depth=depth + 1) if self._verbal(above) else ()
        if relation == "xcomp" and self._verbal(above):
            objects = tree.kids(above, "obj", "iobj")
            if objects and tree.lemma(above) in self.grammar.object_control:
                return self._spread(objects[:1])
            called = [
                k for k in tree.kids(above, "obl") if tree.case(k) in {"on", "upon", "for", "to"}
            ]
            if called and tree.lemma(above) == "call":
                return self._spread(called[:1])
            return self.surface(above, depth=depth + 1)
        if relation == "xcomp":
            return self.surface(above, depth=depth + 1)
        if base(relation) == "advcl" and self._predicative(above):
            marks = {tree.tokens[mark].text.lower() for mark in tree.kids(verb, "mark")}
            objects = tree.kids(above, "obj")
            if objects and marks & {"for", "of", "from", "against"}:
                # "thanked Iraq for hosting", "accused Iran of arming".
                return self._spread(objects[:1])
            return self.surface(above, depth=depth + 1)
        if relation == "acl:relcl":
            return (above,)
        if relation == "acl":
            if tree.kid(verb, "mark") is not None:
                given = tree.tokens[above].deprel == "obj" and self.indirect(
                    tree.tokens[above].head
                )
                # "handed Israel a pretext to attack": who is given the pretext attacks.
                if tree.kids(above, "cop"):
                    # "Norway was the first country to condemn": the predicate noun's subject.
                    return self._spread(tree.kids(above, "nsubj")[:1])
                return given or self.noun_subject(above, depth=depth + 1)
            return (above,)
        return ()

    def object(self, verb: int) -> tuple[int, ...]:
        """To whom it is done: direct object, or the passive's subject."""
        tree = self.tree
        if self.passive(verb):
            own = tree.kids(verb, "nsubj:pass")
            if own:
                return self._meant(verb, own[0])
            token = tree.tokens[verb]
            if token.deprel == "acl" and token.head >= 0:
                return (token.head,)
            return self._inherited(verb, 0)
        return self._spread(tree.kids(verb, "obj")[:1])

    def indirect(self, verb: int) -> tuple[int, ...]:
        """The indirect object."""
        found = self.tree.kids(verb, "iobj")
        # "gave Ukraine tanks": of two objects the first is the one who receives.
        objects = self.tree.kids(verb, "obj")
        return self._spread(found or (objects[:1] if len(objects) > 1 else ()))

    def complement(self, verb: int) -> int | None:
        """The clause that the verb governs: its verb's position."""
        tree = self.tree
        found = tree.kids(verb, "xcomp", "ccomp")
        if found:
            return found[0]
        for kid in tree.kids(verb, "advcl", "acl"):
            marks = [tree.tokens[m].text.lower() for m in tree.kids(kid, "mark")]
            if marks and marks[0] in {"to", "of", "from", "for", "against"} | {"that"}:
                return kid
        for obj in tree.kids(verb, "obj"):
            for kid in tree.kids(obj, "acl"):
                if tree.tokens[kid].deprel == "acl":
                    return kid
        return None

    def complement_kind(self, clause: int) -> str:
        """ "to", "ing" or "that"."""
        tree = self.tree
        marks = {tree.tokens[m].text.lower() for m in tree.kids(clause, "mark")}
        if "to" in marks:
            return "to"
        if tree.tokens[clause].text.lower().endswith("ing"):
            return "ing"
        return "that"

    # -- nouns ------------------------------------------------------------------------------------

    def noun_subject(self, noun: int, *, depth: int = 0, wide: bool = False) -> tuple[int, ...]:
        """Who does what an event noun names; `wide` for meetings and visits."""
        tree = self.tree
        victims = self.undergoer(noun)
        possessors = tree.kids(noun, "nmod:poss")
        if possessors and not victims:
            return self._spread(possessors[:1])
        hosts = [noun, *tree.kids(noun, "nmod")]
        verb = tree.tokens[noun].head
        passive = base(tree.tokens[noun].deprel) == "nsubj" and verb >= 0
        # "The raid was carried out by the army", but not "the protests were crushed by the army".
        if passive and tree.lemma(verb) in self.grammar.light:
            hosts.append(verb)
        agents = self._agents(*hosts)
        if agents:
            return self._spread(agents[:1])
        modifiers = [
            kid
            for kid in tree.kids(noun, "amod", "compound", "nmod:desc")
            if kid < noun and kid not in victims
        ]
        above = self.governor(noun, wide=wide)
        inherited: tuple[int, ...] = ()
        if above is not None and depth < 5:
            inherited = self.subject(above, depth=depth + 1)
        return (*modifiers, *inherited)

    def undergoer(self, noun: int) -> tuple[int, ...]:
        """Whom an act befalls that is named with its victim before it: "the editor's arrest".

        Where an "of" names the victim ("Cairo's arrest of the editor"), what stands before does it.
        """
        tree = self.tree
        if tree.lemma(noun) not in self.grammar.undergone:
            return ()
        if any(tree.case(kid) == "of" for kid in tree.kids(noun, "nmod")):
            return ()
        before = tree.kids(noun, "nmod:poss") or tree.kids(noun, "compound", "nmod:desc")
        return self._spread(before[:1])

    def governor(self, noun: int, *, wide: bool = False) -> int | None:
        """The verb that lends its subject to an event noun, if any; `wide` for meetings and visits."""
        tree = self.tree
        token = tree.tokens[noun]
        if not 0 <= token.head < len(tree.tokens):
            return None
        above = token.head
        relation = base(token.deprel)
        if token.deprel == "conj":
            return self.governor(above, wide=wide)
        if relation == "obj" and tree.lemma(above) in self.grammar.light:
            return above
        if token.deprel == "nsubj:pass" and tree.lemma(above) in self.grammar.light:
            return above
        occasions = _OCCASION | _OCCASION_WIDE if wide else _OCCASION
        if relation == "obl" and tree.case(noun) in occasions:
            return above if self._predicative(above) else None
        if relation == "nmod" and tree.case(noun) in occasions | {"of"}:
            # "wrapped up a round of talks", "in the course of his meeting": one step further up.
            return (
                self.governor(above, wide=wide)
                if base(tree.tokens[above].deprel) in {"obj", "obl"}
                else None
            )
        return None

    # -- prepositions -----------------------------------------------------------------------------

    def phrases(self, trigger: int, preposition: str) -> tuple[int, ...]:
        """Heads of the phrases with that preposition on the trigger, its object, or its light verb."""
        tree = self.tree
        hosts = [trigger]
        if self._verbal(trigger):
            hosts += tree.kids(trigger, "obj", "nsubj:pass")
            hosts += [kid for kid in tree.kids(trigger, "xcomp") if not self._verbal(kid)]
        else:
            hosts += [kid for kid in tree.kids(trigger, "nmod") if tree.case(kid) == "of"]
            above = self.governor(trigger)
            if above is not None and base(tree.tokens[trigger].deprel) != "obl":
                hosts.append(above)
        found = [
            kid
            for host in hosts
            for kid in tree.kids(host, "obl", "nmod", "obj", "advcl")
            if tree.case(kid).split(" ")[-1] == preposition or tree.case(kid) == preposition
        ]
        if preposition == "between":
            found += [k for k in tree.kids(trigger, "nmod") if tree.case(k) == "between"]
        return self._spread(list(dict.fromkeys(found)))

    def inside(self, heads: tuple[int, ...], *, owners: bool, deep: bool = True) -> tuple[int, ...]:
        """Parties within the given phrases.

        Args:
            heads: the phrases' heads.
            owners: whose the thing is (possessors, adjectives, "of", "by", "from") or, if False, what
                it concerns ("on", "with", "against", "for", ...).
            deep: whether to look for owners within what the thing concerns, too.
        """
        tree = self.tree
        made: list[int] = []
        for head in heads:
            for kid in tree.children[head]:
                relation = tree.tokens[kid].deprel
                if relation in {"nmod:poss", "amod", "compound", "nmod:desc"}:
                    if owners:
                        # "Saudi and Emirati jets" are both states'.
                        made.extend(self._spread([kid]))
                        # "Israeli tank shelling": the adjective is the tank's.
                        made.extend(one for one in tree.kids(kid, "amod") if relation == "compound")
                    continue
                if base(relation) != "nmod":
                    continue
                case = tree.case(kid)
                if case in (_OWNING if owners else _CONCERNING):
                    made.extend(self._spread([kid]))
                if case in _OWNING or (case in _CONCERNING and deep):
                    made.extend(self.inside((kid,), owners=owners, deep=deep))
        return tuple(dict.fromkeys(made))

    # -- small questions --------------------------------------------------------------------------

    def _spread(self, heads: tuple[int, ...] | list[int]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one for head in heads for one in self.tree.conjuncts(head)))

    def _verbal(self, position: int) -> bool:
        return self.tree.tokens[position].upos in {"VERB", "AUX"}

    def _predicative(self, position: int) -> bool:
        return self._verbal(position) or bool(self.tree.kids(position, "cop", "nsubj"))
