"""A comparison as one HTML file: whole, harmless, and nothing of it comes from elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser

from dragoman.entries import Comparison, Evidence, Finding, Report, Story
from dragoman.exchange.comparison_html import comparison_html
from dragoman.spans import Span

NASTY = '<script>alert("1")</script> & "quoted" <img src=x onerror=alert(1)>'
TEXT = f"Before it stood this. {NASTY} And after it that.\nAnother line."
REPORT = Report("r1", TEXT, outlet="<b>Post</b>", title=NASTY, published="2031-03-01")
OTHER = Report("r2", TEXT, outlet=None, source="file.txt")
SPAN = Span(TEXT.index(NASTY), TEXT.index(NASTY) + len(NASTY), NASTY)
FINDINGS = (
    Finding("differ", NASTY, (Evidence("r1", SPAN), Evidence("r2", SPAN)), why=NASTY),
    Finding("told by some", "one only", (Evidence("r1", SPAN),), left_out=("r2",), background=True),
)
PAGE = comparison_html(
    Comparison("y1", ("r1", "r2"), FINDINGS), (REPORT, OTHER), Story("y1", NASTY, ("r1", "r2"))
)


class Reader(HTMLParser):
    """Collects tags, attributes and words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_nothing_is_run_or_loaded() -> None:
    reader = read(PAGE)
    assert set(reader.tags) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "table", "tr", "th", "td",
        "section", "article", "p", "mark", "span",
    }  # fmt: skip
    assert {name for name, _ in reader.attributes} <= {
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "class",
    }
    assert "http:" not in PAGE
    assert "https:" not in PAGE
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_the_page_is_well_formed_and_says_all() -> None:
    reader = read(PAGE)
    assert reader.open == []
    assert reader.words.count(NASTY) >= 5
    for words in ("Where they differ (1)", "Told by some only (1)", "Told by all (0)", "Left out by: file.txt",
                  "(background)", "<b>Post</b>, 2031-03-01", "file.txt, undated"):  # fmt: skip
        assert words in reader.words


def test_the_words_around_stand_beside_the_evidence() -> None:
    assert "Before it stood this. <mark>" in PAGE
    assert "</mark> And after it that.</td>" in PAGE
    assert "Another line" not in PAGE


def test_a_report_that_is_not_given_is_named_by_its_id() -> None:
    page = comparison_html(
        Comparison(None, ("r9",), (Finding("differ", "x", (Evidence("r9", SPAN),)),)), ()
    )
    assert "r9, undated" in read(page).words
    assert "Reports side by side" in page
