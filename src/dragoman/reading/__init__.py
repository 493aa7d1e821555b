"""Reading one report on its own: a pure function from a report to what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import ReadReport
from dragoman.reading.actors import resolve
from dragoman.reading.capitals import meant, tagged
from dragoman.reading.dates import find_moments
from dragoman.reading.events import find_events
from dragoman.reading.mentions import find_candidates
from dragoman.reading.positions import with_positions
from dragoman.reading.sentences import find_sentences
from dragoman.reading.statements import find_statements, spoken
from dragoman.reading.tellings import find_tellings
from dragoman.reading.tiewords import TieIndex
from dragoman.reading.tree import Page, Tree
from dragoman.reading.triggers import RuleIndex

if TYPE_CHECKING:
    from dragoman.entries import Report, Sentence
    from dragoman.language.tags import LanguageModel
    from dragoman.rulebook import Rulebook

__all__ = ["Reader", "reader_name"]


def reader_name(model_digest: str, rulebook: Rulebook) -> str:
    """The name of the reader with these weights and this rulebook, before it is made."""
    return f"{model_digest[:12]}+{rulebook.digest[:12]}"


class Reader:
    """The reading line, with the rulebook and the language model that every step is given.

    Args:
        rulebook: the knowledge, loaded once.
        model: the language model, loaded once.
    """

    def __init__(self, rulebook: Rulebook, model: LanguageModel) -> None:
        self.rulebook = rulebook
        self.model = model
        self._index = RuleIndex(rulebook)
        self._ties = TieIndex(rulebook)

    @property
    def name(self) -> str:
        """What a reading depends on: the digests of the model and of the rulebook."""
        return reader_name(self.model.digest, self.rulebook)

    def page(self, report: Report, sentences: tuple[Sentence, ...]) -> Page:
        """The sentences of a report as the language model reads them."""
        texts = [sentence.span.text for sentence in sentences]
        tags = tagged(self.model, texts, meant(report.text, self.rulebook.capitals))
        return Page(report, tuple(map(Tree, sentences, tags)))

    def read(self, report: Report) -> ReadReport:
        """All that one report tells; a report that was set aside tells nothing."""
        if report.status != "read":
            return ReadReport(report, reader=self.name)
        rules = self.rulebook
        sentences = find_sentences(report)
        page = self.page(report, sentences)
        mentions = resolve(
            page, find_candidates(page, rules.catalogue, rules.grammar), rules.catalogue
        )
        moments = find_moments(page)
        statements = find_statements(page, mentions, rules, moments)
        said = spoken(statements)
        events = find_events(page, mentions, moments, said, rules, self._index, self.model)
        tellings = find_tellings(page, mentions, moments, said, rules, self._ties)
        statements = with_positions(page, statements, mentions, events, tellings, rules)
        return ReadReport(
            report, sentences, mentions, moments, events, statements, b"", self.name, tellings
        )
