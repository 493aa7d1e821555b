"""One happening stays one, however many reports tell it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.gathering.made_up import actor, plain, tell

from dragoman.entries import Actor
from dragoman.gathering.happenings import group_tellings, tellings_of
from dragoman.gathering.retelling import join_history
from dragoman.spans import Span

if TYPE_CHECKING:
    from dragoman.entries import Happening, ReadReport

FIRST = plain(
    "a",
    "Break",
    "Ostland cut its ties with Westmark on Monday. Ostland closed its embassy.",
    "2031-01-05",
)
SECOND = plain("b", "Rupture", "Ostland severed relations with Westmark yesterday.", "2031-01-06")
LATER = plain(
    "c",
    "Thaw",
    "The two speak again. Ostland had broken off relations with Westmark in 2031.",
    "2033-06-01",
)


def east(read: ReadReport, nth: int = 0) -> Actor:
    return actor(read, "Ostland", "state:OST", "OST", nth)


def west(read: ReadReport, nth: int = 0) -> Actor:
    return actor(read, "Westmark", "state:WES", "WES", nth)


def rupture(
    read: ReadReport, words: str, trigger: str, when: str | None = None,
    precision: str = "none", nth: int = 0, **given: object,
) -> ReadReport:  # fmt: skip
    return tell(
        read, words, trigger, "SANCTION", (east(read, nth),), (west(read, nth),),
        date=when, date_precision=precision, **given,
    )  # fmt: skip


A = rupture(FIRST, "Ostland cut its ties with Westmark on Monday", "cut", "2031-01-05", "day")
B = rupture(
    SECOND, "Ostland severed relations with Westmark yesterday", "severed", "2031-01-05", "day"
)
C = rupture(
    LATER, "Ostland had broken off relations with Westmark in 2031", "broken", "2031", "year",
    auxiliary=("historical",),
)  # fmt: skip


def found(*stories: tuple[str, list[ReadReport]]) -> tuple[Happening, ...]:
    """The happenings of stories, each given as (id, reads)."""
    groups = [
        group
        for story, reads in stories
        for group in group_tellings([t for read in reads for t in tellings_of(read)], story)
    ]
    return join_history(groups)


def test_two_reports_of_one_act_are_one_happening_with_its_date() -> None:
    (happening,) = found(("y1", [A, B]))
    assert happening.member_ids == (A.events[0].id, B.events[0].id)
    assert (happening.event, happening.date, happening.story_id) == ("SANCTION", "2031-01-05", "y1")


def test_what_is_told_as_history_joins_the_happening_of_its_date() -> None:
    (happening,) = found(("y1", [A, B]), ("y2", [C]))
    assert C.events[0].id in happening.member_ids
    assert happening.date == "2031-01-05"
    assert happening.story_id == "y1"


def test_history_of_another_year_does_not_join() -> None:
    other = rupture(
        LATER, "Ostland had broken off relations with Westmark in 2031", "broken", "2019", "year",
        auxiliary=("historical",),
    )  # fmt: skip
    (happening,) = found(("y1", [A, B]), ("y2", [other]))
    assert other.events[0].id not in happening.member_ids


def test_a_year_that_fits_two_occurrences_joins_neither() -> None:
    again = plain(
        "d", "Once more", "Ostland severed relations with Westmark on Friday.", "2031-09-05"
    )
    again = rupture(
        again, "Ostland severed relations with Westmark on Friday", "severed", "2031-09-05", "day"
    )
    happenings = found(("y1", [A, B]), ("y3", [again]), ("y2", [C]))
    assert all(C.events[0].id not in happening.member_ids for happening in happenings)


def test_other_parties_are_another_happening() -> None:
    turned = tell(SECOND, "Ostland severed relations with Westmark yesterday", "severed", "SANCTION",
                  (west(SECOND),), (east(SECOND),), date="2031-01-05", date_precision="day")  # fmt: skip
    assert found(("y1", [A, turned])) == ()


def test_a_meeting_may_be_told_from_either_side() -> None:
    one = plain("e", "Talks", "Ostland met Westmark in the port.", "2031-02-01")
    other = plain("f", "Talks", "Westmark met Ostland in the port.", "2031-02-01")
    one = tell(
        one, "Ostland met Westmark in the port", "met", "CONSULT", (east(one),), (west(one),)
    )
    other = tell(
        other, "Westmark met Ostland in the port", "met", "CONSULT", (west(other),), (east(other),)
    )
    assert len(found(("y1", [one, other]))) == 1


def test_parties_told_by_description_may_be_the_same_if_the_other_side_is() -> None:
    def asked(id_: str, who: str, words: str, trigger: str, whom: str = "Westmark") -> ReadReport:
        read = plain(id_, "Summit", f"{who} {words} {whom}.", "2031-02-01")
        described = Actor(Span(7, 7 + len(who), who))
        return tell(read, f"{who} {words} {whom}", trigger, "REQUEST", (described,),
                    (actor(read, whom, f"state:{whom[:3].upper()}", whom[:3].upper()),))  # fmt: skip

    one = asked("e", "The leaders", "demanded a ceasefire without delay from", "demanded")
    other = asked("f", "The heads", "asked for a ceasefire without delay from", "asked")
    assert len(found(("y1", [one, other]))) == 1
    far = asked("g", "The heads", "asked for a ceasefire without delay from", "asked", "Northland")
    assert found(("y1", [one, far])) == ()


def test_what_was_denied_is_not_what_happened() -> None:
    denied = rupture(SECOND, "Ostland severed relations with Westmark yesterday", "severed",
                     "2031-01-05", "day", auxiliary=("negation",))  # fmt: skip
    assert found(("y1", [A, denied])) == ()


def test_kinds_of_no_common_family_are_not_joined() -> None:
    aid = tell(SECOND, "Ostland severed relations with Westmark yesterday", "severed", "AID",
               (east(SECOND),), (west(SECOND),), date="2031-01-05", date_precision="day")  # fmt: skip
    assert found(("y1", [A, aid])) == ()


def test_the_date_is_the_one_that_most_voices_give_and_a_copy_is_no_voice() -> None:
    odd = plain("g", "Break", "Ostland severed relations with Westmark on Tuesday.", "2031-01-07")
    odd = rupture(
        odd, "Ostland severed relations with Westmark on Tuesday", "severed", "2031-01-06", "day"
    )
    copy = plain("h", "Break", "Ostland severed relations with Westmark on Tuesday.", "2031-01-07")
    copy = rupture(
        copy, "Ostland severed relations with Westmark on Tuesday", "severed", "2031-01-06", "day"
    )
    reads = [A, B, odd, copy]
    groups = group_tellings([t for read in reads for t in tellings_of(read)], "y1")
    (happening,) = join_history(groups, {"h": "g", "copy of nothing": "x"})
    assert len(happening.member_ids) == 4
    assert happening.date == "2031-01-05"
    third = plain("i", "Break", "Ostland severed relations with Westmark on Tuesday.", "2031-01-07")
    third = rupture(
        third, "Ostland severed relations with Westmark on Tuesday", "severed", "2031-01-06", "day"
    )
    groups = group_tellings([t for read in (*reads, third) for t in tellings_of(read)], "y1")
    (happening,) = join_history(groups, {})
    assert happening.date == "2031-01-06"


def test_a_vaguer_date_supports_a_finer_one() -> None:
    vague = rupture(
        SECOND, "Ostland severed relations with Westmark yesterday", "severed", "2031-01", "month"
    )
    (happening,) = found(("y1", [A, vague]))
    assert happening.date == "2031-01-05"


def test_the_order_of_tellings_and_stories_does_not_matter() -> None:
    wanted = found(("y1", [A, B]), ("y2", [C]))
    for seed in range(6):
        rng = random.Random(seed)
        reads = [A, B]
        rng.shuffle(reads)
        stories = [("y1", reads), ("y2", [C])]
        rng.shuffle(stories)
        assert found(*stories) == wanted
