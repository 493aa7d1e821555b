"""Layout: titles, time lines, datelines, captions, headings, furniture; and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import RuleError
from dragoman.sources.layout import Layout, lay_out
from dragoman.sources.layout_rules import default_rules, parse_rules

PROSE = (
    "The foreign minister of Oman received the two envoys in Muscat on Tuesday, and both sides "
    "said that the talks on the disputed island would go on through the week without a break."
)
MORE = (
    "Earlier this month the navy of the smaller state had stopped three fishing boats, an act that "
    "the neighbour called piracy and that led to a protest before the United Nations in New York."
)


def kinds(text: str, layout: Layout) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in layout.parts]


def kind_of(line: str, *, before: str = PROSE, after: str = MORE) -> str:
    """What `line` is when it stands between two paragraphs of prose."""
    text = f"Envoys Meet in Muscat\n{before}\n{line}\n{after}"
    found = [part.kind for part in lay_out(text).parts if text[part.start : part.end] == line]
    assert len(found) == 1, lay_out(text)
    return found[0]


def test_first_line_is_the_title_even_before_blank_lines() -> None:
    text = f"Envoys\xa0meet in Muscat\n\n\n{PROSE}\n\n{MORE}"
    layout = lay_out(text)
    assert layout.title == "Envoys meet in Muscat"
    assert kinds(text, layout) == [
        ("title", "Envoys\xa0meet in Muscat"),
        ("prose", PROSE),
        ("prose", MORE),
    ]


def test_date_before_the_title_is_the_day_of_publication() -> None:
    text = f" date 2019-03-04 Envoys Meet in Muscat\n{PROSE}\n{MORE}"
    layout = lay_out(text)
    assert (layout.title, layout.published) == ("Envoys Meet in Muscat", "2019-03-04")
    assert kinds(text, layout)[:2] == [
        ("time", "date 2019-03-04"),
        ("title", "Envoys Meet in Muscat"),
    ]


def test_time_line_wins_over_the_date_before_the_title() -> None:
    line = "08:05 GMT 04.03.2019 (Updated: 09:40 GMT 05.03.2019)"
    text = f"2019-03-03 Envoys Meet in Muscat\n{line}\n{PROSE}\n{MORE}"
    layout = lay_out(text)
    assert (layout.published, layout.updated) == ("2019-03-04T08:05Z", "2019-03-05T09:40Z")
    assert ("time", line) in kinds(text, layout)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("March 4, 2019 08:05", "2019-03-04T08:05"),
        ("Published: 4 March 2019", "2019-03-04"),
        ("Monday, March 4, 2019", "2019-03-04"),
        ("Published 8:05 p.m. EST, Mon March 4, 2019", "2019-03-04T20:05-05:00"),
    ],
)
def test_time_lines(line: str, published: str) -> None:
    text = f"Envoys Meet in Muscat\n{line}\n{PROSE}\n{MORE}"
    assert lay_out(text).published == published
    assert ("time", line) in kinds(text, lay_out(text))


def test_a_date_in_the_midst_is_not_the_day_of_publication() -> None:
    assert lay_out(f"Envoys Meet\n{PROSE}\nMarch 4, 2019\n{MORE}").published is None


def test_a_report_without_a_date_says_none() -> None:
    layout = lay_out(f"Envoys Meet in Muscat\n{PROSE}\n{MORE}")
    assert (layout.published, layout.updated) == (None, None)


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    layout = lay_out(f"{PROSE}\n{MORE}")
    assert layout.title is None
    assert {part.kind for part in layout.parts} == {"prose"}


def test_given_title_is_found_again_and_never_forced_on_another_line() -> None:
    again = lay_out(f"Envoys meet\n{PROSE}", "Envoys  Meet")
    other = lay_out(f"{PROSE}\n{MORE}", "Envoys Meet")
    assert [part.kind for part in again.parts] == ["title", "prose"]
    assert [part.kind for part in other.parts] == ["prose", "prose"]


@pytest.mark.parametrize(
    ("dateline", "wire", "day"),
    [
        ("PORT SALT, Costa Alta (AP) —", "AP", None),
        ("MUSCAT, March 4 (Reuters) -", "Reuters", None),
        ("MUSCAT, March 4, 2019 (AFP) -", "AFP", "2019-03-04"),
        ("MOSCOW, March 4. /TASS/.", "TASS", None),
        ("RAMALLAH, West Bank —", None, None),
        ("Muscat (AFP) -", "AFP", None),
        ("(Reuters) -", "Reuters", None),
        ("MUSCAT:", None, None),
    ],
)
def test_datelines_are_bylines_and_name_the_wire(
    dateline: str, wire: str | None, day: str | None
) -> None:
    text = f"Envoys Meet in Muscat\n{dateline} {PROSE}\n{MORE}"
    layout = lay_out(text)
    assert kinds(text, layout)[1:3] == [("byline", dateline), ("prose", PROSE)]
    assert (layout.wire, layout.published) == (wire, day)


@pytest.mark.parametrize(
    "start",
    [
        "BREAKING: The envoys ",
        "Iran — long a foe — ",
        "The ministry (which was closed) — ",
        "A US-led force ",
        "UN: ",
        "HOST: Good evening. GUEST: ",
    ],
)
def test_what_is_no_dateline_stays_prose(start: str) -> None:
    text = f"Envoys Meet in Muscat\n{start}{PROSE}\n{MORE}"
    assert kinds(text, lay_out(text))[1] == ("prose", f"{start}{PROSE}")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Doe", "byline"),
        ("Follow our Whatsapp Channel for latest update", "furniture"),
        ("Read also: Oman offers its good offices", "furniture"),
        ("© 2019 The Harbour Post. All rights reserved.", "furniture"),
        ("Advertisement", "furniture"),
        ("(Reporting by Jane Doe; editing by John Roe)", "furniture"),
        ("FILE - In this May 3, 2018 photo, the minister speaks in Muscat.", "caption"),
        ("Women carrying water past the burnt customs house.", "caption"),
        ("The sultan greets the envoys as they arrive at the palace in Muscat.", "caption"),
        ("Boats in the harbour of Port Salt (Photo: Jane Doe)", "caption"),
        ("A long quarrel over the island", "heading"),
        ("What does each side want?", "heading"),
        ("The talks failed.", "prose"),
        ("“We will not yield,” the admiral said.", "prose"),
        ("The minister put it this way:", "prose"),
        ("By Monday the talks had failed.", "prose"),
        ("The army gets new orders, he said, as the front moves west.", "prose"),
        ("UPDATE: The ministry now says that nine sailors died.", "prose"),
    ],
)
def test_lines_between_paragraphs(line: str, kind: str) -> None:
    assert kind_of(line) == kind


def test_caption_right_below_the_time_line() -> None:
    caption = "The sultan of Oman steps off a ship as he arrives for a meeting with the envoys."
    text = f"Envoys Meet in Muscat\nMarch 4, 2019 08:05\n{caption}\n{PROSE}"
    assert kinds(text, lay_out(text))[2] == ("caption", caption)


def test_furniture_at_the_end_of_a_paragraph_is_cut_off() -> None:
    text = f"Envoys Meet in Muscat\n{PROSE} Follow our Telegram channel for more"
    assert kinds(text, lay_out(text))[1:] == [
        ("prose", PROSE),
        ("furniture", "Follow our Telegram channel for more"),
    ]


def test_links_in_a_row_are_furniture() -> None:
    links = ["Oil climbs again", "Port strike ends", "Storm nears the coast", "Cup final moved"]
    text = "\n".join(["Envoys Meet in Muscat", PROSE, MORE, *links])
    assert [kind for kind, _ in kinds(text, lay_out(text))] == ["title", "prose", "prose"] + [
        "furniture"
    ] * 4


def test_hard_wrapped_paragraphs_are_one_part_each() -> None:
    wrapped = (
        "The foreign minister of Oman received the two envoys in\n"
        "Muscat on Tuesday. Both sides said that the talks about\n"
        "the island would go on through the week without a break\n"
        "and that they would speak of the fishing boats as well."
    )
    text = f"Envoys Meet in Muscat\n\n{wrapped}\n\n{wrapped}"
    assert kinds(text, lay_out(text))[1:] == [("prose", wrapped), ("prose", wrapped)]


def test_header_with_labels() -> None:
    text = (
        f"Title: Envoys meet\nDate: 4 March 2019\nSource: Harbour Post\nAuthor: Jane Doe\n\n{PROSE}"
    )
    layout = lay_out(text)
    assert (layout.title, layout.published, layout.outlet) == (
        "Envoys meet",
        "2019-03-04",
        "Harbour Post",
    )
    assert kinds(text, layout)[-1] == ("prose", PROSE)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(),
            st.sampled_from(
                [PROSE, "\n", "\n\n", "\r\n", "\u200b", "\xa0", "By Jane Doe", "2019-03-04 King Flies",
                 "MUSCAT (AP) — The talks", "Read more", "Updated: 11:15", "A heading", "\u2028", "(",
                 "Title: ", "Share this", "Follow our news channel", " ", "date 2019-03-04"]
            ),
        ),
        max_size=14,
    ).map("".join),
    st.none() | st.text(max_size=30),
)  # fmt: skip
def test_any_text_is_covered_by_parts_in_order(text: str, title: str | None) -> None:
    parts = lay_out(text, title).parts
    last = 0
    for part in parts:
        assert last <= part.start < part.end <= len(text)
        assert not text[last : part.start].strip()
        assert text[part.start : part.end].strip()
        last = part.end
    assert not text[last:].strip()


def test_a_line_of_a_million_characters_is_prose_and_quick() -> None:
    text = "word " * 200_000
    assert [part.kind for part in lay_out(text).parts] == ["prose"]


def test_rules_of_the_package_hold() -> None:
    rules = default_rules()
    assert len({rule.id for rule in rules.lines}) == len(rules.lines) > 30


RULE = """lines:
  - id: share
    kind: {kind}
    pattern: 'share this'
    catches: [{catches}]
    leaves: [{leaves}]
phrases: []
wires: {{AP: [AP]}}
depicting: waves wave
framing: as|during
"""


@pytest.mark.parametrize(
    ("values", "line", "message"),
    [
        ({"kind": "furniture", "catches": "Share it", "leaves": "No"}, 5, "must catch 'Share it'"),
        ({"kind": "furniture", "catches": "Share this", "leaves": "share this"}, 6, "must leave"),
        ({"kind": "furnitur", "catches": "Share this", "leaves": "No"}, 2, "did you mean 'furniture'"),
    ],
)  # fmt: skip
def test_a_bad_rule_is_named_with_file_and_line(
    values: dict[str, str], line: int, message: str
) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        parse_rules(RULE.format(**values), file="mine.yaml")
    assert (caught.value.data["file"], caught.value.data["line"]) == ("mine.yaml", line)


def test_broken_yaml_is_a_rule_error() -> None:
    with pytest.raises(RuleError, match="not valid YAML"):
        parse_rules("lines: [", file="mine.yaml")
