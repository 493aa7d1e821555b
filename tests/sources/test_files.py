"""Files of every kind, good and bad: what is read, what is set aside, with file, place and reason."""

from __future__ import annotations

import builtins
import gzip
import io
import json
import os
import tracemalloc
from typing import IO, TYPE_CHECKING, Any

import pytest

from dragoman.errors import InputError
from dragoman.sources import files, read_sources
from dragoman.sources.archives import MOST_RATIO

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.entries import Report

GOOD = (
    "Envoys Meet in Muscat\nMarch 4, 2019 08:05\n"
    "The foreign minister of Oman received the two envoys in Muscat on Tuesday, and both sides said "
    "that the talks on the island would go on through the week.\n"
)
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Envoys meet | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Envoys meet">
<meta property="article:published_time" content="2019-03-04T08:05:00+04:00">
<meta property="article:modified_time" content="2019-03-05T09:00:00+04:00">
<link rel="canonical" href="https://example.org/envoys"></head><body><article><h1>Envoys meet</h1>
<p>The foreign minister of Oman received the two envoys in Muscat on Tuesday, he said.</p>
<p>Both sides will go on with the talks about the island and the fishing boats next week.</p>
<p>The smaller state had stopped three boats of its neighbour in the strait in the spring.</p>
</article></body></html>"""


def read(*paths: Path | str, stdin: IO[bytes] | None = None) -> list[Report]:
    return list(read_sources([str(path) for path in paths], stdin=stdin))


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def aside(path: Path, *, place: str = "") -> str:
    """The one report of `path` that is set aside; its reason must name file and place."""
    bad = [report for report in read(path) if report.status == "set aside"]
    assert len(bad) == 1, bad
    assert str(path) in bad[0].reason
    assert place in bad[0].reason
    assert place in bad[0].source
    return bad[0].reason


def jsonl(*rows: dict[str, Any] | list[int] | str) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n"


# ---- good files ------------------------------------------------------------------------------


def test_text_file(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", GOOD.replace("\n", "\r\n"))
    [report] = read(path)
    assert (report.title, report.published) == ("Envoys Meet in Muscat", "2019-03-04T08:05")
    assert (report.text, report.source, report.status) == (GOOD, str(path), "read")
    assert (report.language, report.outlet, report.url) == ("en", None, None)


def test_same_text_same_id_wherever_it_lies(tmp_path: Path) -> None:
    first, second = put(tmp_path, "a.txt", GOOD), put(tmp_path, "b.txt", GOOD)
    assert len({report.id for report in read(first, second)}) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = GOOD.replace("island", "“island” of São João")
    [report] = read(put(tmp_path, "a.txt", text.encode(encoding)))
    assert (report.text, report.status) == (text, "read")


def test_page(tmp_path: Path) -> None:
    [report] = read(put(tmp_path, "a.html", PAGE))
    assert (report.title, report.outlet) == ("Envoys meet", "Harbour Post")
    assert report.published == "2019-03-04T08:05:00+04:00"
    assert report.updated == "2019-03-05T09:00:00+04:00"
    assert report.url == "https://example.org/envoys"
    assert "received the two envoys" in report.text
    assert "<p>" not in report.text


def test_page_without_a_declared_date_has_none(tmp_path: Path) -> None:
    plain = PAGE.replace("article:published_time", "x").replace("article:modified_time", "y")
    [report] = read(put(tmp_path, "2019-01-01.html", plain))
    assert (report.published, report.updated) == (None, None)


def test_half_a_tag(tmp_path: Path) -> None:
    [report] = read(put(tmp_path, "a.html", PAGE[: PAGE.index("</p>\n<p>The smaller")] + "<p clas"))
    assert report.status == "read"
    assert "received the two envoys" in report.text


def test_json_lines_keep_unknown_keys_and_the_text_as_given(tmp_path: Path) -> None:
    text = GOOD.replace("\n", "\r\n")
    row = {"id": 7, "outlet": "Harbour Post", "title": "Envoys", "published": "4 March 2019",
           "text": text, "desk": {"b": 1}, "author": "Jane Doe"}  # fmt: skip
    [report] = read(put(tmp_path, "a.jsonl", jsonl(row)))
    assert (report.id, report.outlet, report.title) == ("7", "Harbour Post", "Envoys")
    assert (report.published, report.text) == ("2019-03-04", text)
    assert report.extra == (("author", '"Jane Doe"'), ("desk", '{"b": 1}'))
    assert report.source.endswith("a.jsonl#line 1")


@pytest.mark.parametrize("rows", [[{"id": "x", "text": GOOD}], {"id": "x", "text": GOOD}])
def test_json_object_or_list(tmp_path: Path, rows: Any) -> None:
    [report] = read(put(tmp_path, "a.json", json.dumps(rows, indent=2)))
    assert (report.id, report.text, report.source[-6:]) == ("x", GOOD, "item 1")


def test_json_lines_under_another_name(tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", jsonl({"text": GOOD}, [1], {"text": GOOD}))
    assert "this is a list" in aside(path, place="line 2")


def test_unreadable_date_is_none_and_kept_as_given(tmp_path: Path) -> None:
    [report] = read(
        put(tmp_path, "a.ndjson", jsonl({"text": GOOD[40:], "published": "03/04/2019"}))
    )
    assert report.published is None
    assert ("published_as_given", '"03/04/2019"') in report.extra


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    rows = jsonl({"text": GOOD}, {"text": GOOD + "More."}).encode(encoding)
    assert [report.status for report in read(put(tmp_path, "a.jsonl", rows))] == ["read"] * 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv(tmp_path: Path, mark: str) -> None:
    table = f'ID{mark}Text{mark}published{mark}desk\nx1{mark}"{GOOD}"{mark}2019-03-04{mark}World\n'
    [report] = read(put(tmp_path, "a.csv", table))
    assert (report.id, report.text, report.published) == ("x1", GOOD, "2019-03-04")
    assert report.extra == (("desk", '"World"'),)
    assert report.source.endswith("a.csv#line 2")


def test_csv_in_an_old_code_page(tmp_path: Path) -> None:
    table = f'id,text\nx1,"{GOOD} S\xe3o Jo\xe3o"\n'.encode("cp1252")
    [report] = read(put(tmp_path, "a.csv", table))
    assert report.text.endswith("São João")


def warc(pages: list[tuple[bytes, str]], *, gz: bool) -> bytes:
    """A web archive, written out by the standard (ISO 28500): one gzip member a record."""
    records = []
    for number, (page, kind) in enumerate(pages):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + page
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2019-03-04T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record) if gz else record)
    return b"".join(records)


@pytest.mark.parametrize("gz", [False, True])
def test_web_archive(tmp_path: Path, gz: bool) -> None:
    other = PAGE.replace('<link rel="canonical" href="https://example.org/envoys">', "")
    data = warc(
        [(PAGE.encode(), "text/html"), (b"\x89PNG", "image/png"), (other.encode(), "text/html")],
        gz=gz,
    )
    first, second = read(put(tmp_path, "a.warc.gz" if gz else "a.warc", data))
    assert (first.url, second.url) == ("https://example.org/envoys", "https://example.org/2")
    assert first.source.endswith("#record 1")
    assert second.source.endswith("#record 3")


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Envoys meet</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Mon, 04 Mar 2019 08:05:00 +0400</pubDate>
<description>&lt;p&gt;The two envoys met in Muscat.&lt;/p&gt;&lt;p&gt;The talks go on.&lt;/p&gt;</description>
</item><item><title>Empty</title></item></channel></rss>"""


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss"])
def test_feed(tmp_path: Path, name: str) -> None:
    first, second = read(put(tmp_path, name, RSS))
    assert (first.id, first.outlet, first.title) == ("g1", "Harbour Post", "Envoys meet")
    assert first.text == "The two envoys met in Muscat.\nThe talks go on."
    assert first.published == "2019-03-04T08:05:00+04:00"
    assert (second.status, second.source[-7:]) == ("set aside", "entry 2")


def test_atom_feed_prefers_content_to_summary(tmp_path: Path) -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry>
    <title>Envoys</title><id>tag:1</id><updated>2019-03-04T08:05:00Z</updated>
    <summary>Short.</summary><content type="html">&lt;p&gt;The envoys met.&lt;/p&gt;</content>
    </entry></feed>"""
    [report] = read(put(tmp_path, "a.atom", atom))
    assert (report.text, report.updated, report.published) == (
        "The envoys met.", "2019-03-04T08:05:00Z", None
    )  # fmt: skip


def test_folder_is_read_in_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    put(tmp_path, ".secret.txt", GOOD)
    put(tmp_path / ".hidden", "x.txt", GOOD)
    for name in ("c.txt", "b/a.txt", "a.jsonl"):
        put(tmp_path, name, jsonl({"text": GOOD + name}) if name.endswith("l") else GOOD + name)
    names = [os.path.relpath(report.source, tmp_path) for report in read(tmp_path)]
    assert names == ["a.jsonl#line 1", "b/a.txt", "c.txt"]


def test_standard_input_is_sniffed() -> None:
    rows = io.BytesIO(jsonl({"id": "x", "text": GOOD}, {"id": "y", "text": GOOD}).encode())
    assert [report.id for report in read("-", stdin=rows)] == ["x", "y"]
    [text] = read("-", stdin=io.BytesIO(GOOD.encode()))
    assert (text.source, text.title) == ("-", "Envoys Meet in Muscat")
    [page] = read("-", stdin=io.BytesIO(PAGE.encode()))
    assert page.outlet == "Harbour Post"


def test_gzip_files(tmp_path: Path) -> None:
    rows = put(tmp_path, "a.jsonl.gz", gzip.compress(jsonl({"text": GOOD}).encode()))
    text = put(tmp_path, "b.txt.gz", gzip.compress(GOOD.encode()))
    assert [report.text for report in read(rows, text)] == [GOOD, GOOD]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", jsonl({"text": GOOD}, "{broken"))
    reports = read_sources([str(path)])
    assert next(reports).status == "read"


def test_memory_stays_flat(tmp_path: Path) -> None:
    row = jsonl({"text": GOOD * 20})
    small, large = put(tmp_path, "s.jsonl", row * 20), put(tmp_path, "l.jsonl", row * 400)
    peaks = []
    for path in (small, small, large):
        tracemalloc.start()
        assert sum(1 for _ in read_sources([str(path)])) in {20, 400}
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 300_000


# ---- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("white.txt", b" \n\t\xc2\xa0\n", "nothing but white space"),
        ("binary.txt", b"\x00\x01\x02\x03" * 50, "NUL character at byte 0"),
        ("control.txt", b"abc\x01\x02\x03\x04\x05\x06\x07" * 20, "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\nxxxx", "PNG image"),
        ("paper.txt", b"%PDF-1.7 xxxx", "PDF"),
        ("nul.txt", GOOD.encode() + b"\x00", "NUL character at byte"),
        (
            "cut.txt",
            "São João met".encode() + b"\xc3",
            "wrong encoding: UTF-8 but broken at byte 14",
        ),
        ("koi.txt", "Король встретился с послами".encode("koi8-r"), "wrong encoding"),
        ("bom.txt", b"\xff\xfeA\x00B\x00\x00\xd8", "not valid UTF-16-LE"),
        ("no.html", b"<html><body></body></html>", "no article text"),
        ("no.rss", b"<rss></rss>", "no feed"),
        ("no.xml", b"<note>hello</note>", "no kind of file"),
        ("no.warc", b"this is no archive at all, only words\r\n\r\n", "no web archive"),
        ("no.csv", b"id,body\n1,words\n", "no column 'text' among id, body"),
        (
            "cut.jsonl.gz",
            gzip.compress(jsonl({"text": os.urandom(5000).hex()}).encode())[:2000],
            "cut short or damaged",
        ),
        ("no.txt.gz", b"plain words, not packed", "cut short or damaged"),
        ("old.zip", b"PK\x03\x04xxxxxxxxxxxx", "zip archive"),
    ],
)
def test_a_bad_file_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    bad, good = put(tmp_path, name, data), put(tmp_path, "zz.txt", GOOD)
    assert reason in aside(bad)
    assert [report.status for report in read(bad, good)] == ["set aside", "read"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "not valid JSON"),
        ("[1, 2]", "a JSON object is expected, this is a list"),
        ("null", "a JSON object is expected, this is null"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"id": "x"}', "no 'text'"),
        ('{"text": null}', "'text' is null, not a string"),
        ('{"text": 7}', "'text' is a number, not a string"),
        ('{"text": ""}', "no text"),
        ('{"text": "  "}', "nothing but white space"),
        ('{"text": "a\\u0000b"}', "NUL character at 1"),
        ('{"text": "ab\\ud800"}', "half of a surrogate pair at 2"),
    ],
)
def test_a_bad_line_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, line: str, reason: str
) -> None:
    rows = jsonl({"text": GOOD}, line, {"text": GOOD + "More."})
    path = put(tmp_path, "a.jsonl", rows)
    assert reason in aside(path, place="line 2")
    assert [report.status for report in read(path)] == ["read", "set aside", "read"]


def test_a_line_in_a_broken_encoding_is_set_aside(tmp_path: Path) -> None:
    rows = (
        jsonl({"text": GOOD}).encode()
        + b'{"text": "S\xc3\xa3o \xc3(" }\n'
        + jsonl({"text": GOOD}).encode()
    )
    path = put(tmp_path, "a.jsonl", rows)
    assert "wrong encoding" in aside(path, place="line 2")
    assert len(read(path)) == 3


def test_every_report_that_is_set_aside_can_be_stored(tmp_path: Path) -> None:
    row = (
        '{"id": "\\ud800\\n../../x", "title": "\\udc00T", "text": "a\\ud800", "\\ud800": "\\ud801"}'
    )
    [report] = read(put(tmp_path, "a.jsonl", row))
    assert report.id == "__../../x"
    assert report.text == "a\ufffd"
    repr(report).encode("utf-8")
    assert report.title is not None
    for words in (report.title, report.reason, report.source, *report.extra[0]):
        words.encode("utf-8")


@pytest.mark.parametrize(
    ("row", "reason", "count"),
    [
        ("x2,one,two,three,four\n", "5 cells, but the header names 2", 3),
        ('x2,"one" two\n', "not valid CSV", 3),
        ("x2\n", "no 'text'", 3),
    ],
)
def test_a_bad_row_of_a_table_is_set_aside(
    tmp_path: Path, row: str, reason: str, count: int
) -> None:
    table = f"id,text\nx1,{'The envoys met. ' * 3}\n{row}x3,The envoys left.\n"
    path = put(tmp_path, "a.csv", table)
    assert reason in aside(path, place="line 3")
    assert len(read(path)) == count


def test_an_open_quotation_mark_in_a_table_is_not_read_over_in_silence(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", 'id,text\nx1,The envoys met.\nx2,"The envoys\nx3,left.\n')
    assert "not valid CSV" in aside(path, place="line 3")


def test_unbalanced_quotation_marks_are_no_problem(tmp_path: Path) -> None:
    [report] = read(put(tmp_path, "a.txt", GOOD + '“We will stay, the envoy said. "And talk.\n'))
    assert report.status == "read"


def test_zip_bomb(tmp_path: Path) -> None:
    bomb = put(tmp_path, "a.jsonl.gz", gzip.compress(b" " * 30_000_000))
    good = put(tmp_path, "b.txt", GOOD)
    assert f"more than {MOST_RATIO} times its size" in aside(bomb)
    assert [report.status for report in read(bomb, good)] == ["set aside", "read"]


def test_zip_bomb_in_a_web_archive(tmp_path: Path) -> None:
    page = b"<html><p>" + b" " * 30_000_000
    path = put(tmp_path, "a.warc.gz", warc([(page, "text/html")], gz=True))
    assert "times its size" in aside(path)


def test_reports_before_the_damage_are_kept(tmp_path: Path) -> None:
    rows = "".join(jsonl({"text": f"{GOOD} {os.urandom(40).hex()}"}) for _ in range(2000))
    path = put(tmp_path, "a.jsonl.gz", gzip.compress(rows.encode())[:-60_000])
    reports = read(path)
    assert reports[-1].status == "set aside"
    assert "cut short" in reports[-1].reason
    assert sum(report.status == "read" for report in reports) > 100


def test_a_huge_report_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.sources.archives.REPORT_LIMIT", 1000)
    monkeypatch.setattr("dragoman.sources.archives.read_whole.__kwdefaults__", {"limit": 1000})
    monkeypatch.setattr("dragoman.sources.tables.REPORT_LIMIT", 1000)
    assert "for one report" in aside(put(tmp_path, "a.txt", GOOD * 10))
    rows = jsonl({"text": GOOD}, {"text": GOOD * 10}, {"text": GOOD})
    path = put(tmp_path, "a.jsonl", rows)
    assert "line of more than" in aside(path, place="line 2")
    assert [report.status for report in read(path)] == ["read", "set aside", "read"]


def test_a_line_of_a_million_characters_is_read(tmp_path: Path) -> None:
    long = "The envoys met in Muscat and talked about the island. " * 20_000
    [report] = read(put(tmp_path, "a.txt", long))
    assert (report.status, [part.kind for part in report.parts]) == ("read", ["prose"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "El ministro de Omán recibió el martes a los dos enviados en Mascate y habló de paz.",
            "es",
        ),
        ("استقبل وزير خارجية عمان المبعوثين في مسقط يوم الثلاثاء وتحدثوا عن الجزيرة والسلام", "ar"),
    ],
)
def test_what_is_not_english_is_kept_and_set_aside(
    tmp_path: Path, text: str, language: str
) -> None:
    path = put(tmp_path, "a.txt", text)
    [report] = read(path)
    assert (report.status, report.language, report.text) == ("set aside", language, text)
    assert report.parts
    assert report.reason == f"{path}: not English ({language}); kept for search, not read"


def test_too_few_letters_tell_no_language(tmp_path: Path) -> None:
    [report] = read(put(tmp_path, "a.txt", "Muscat, 4 March"))
    assert (report.language, report.status) == (None, "read")


def test_a_missing_path_is_named_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder") as caught:
        read_sources([str(put(tmp_path, "a.txt", GOOD)), str(tmp_path / "gone.txt")])
    assert caught.value.data["source"] == str(tmp_path / "gone.txt")


def test_a_file_without_permission_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rights do not bind an administrator, so the refusal is played.
    locked, good = put(tmp_path, "a.txt", GOOD), put(tmp_path, "b.txt", GOOD)

    def refuse(name: Any, *rest: Any, **options: Any) -> Any:
        if name == str(locked):
            raise PermissionError(13, "Permission denied")
        return builtins.open(name, *rest, **options)  # noqa: PTH123

    monkeypatch.setattr(files, "open", refuse, raising=False)
    assert "Permission denied" in aside(locked)
    assert [report.status for report in read(tmp_path)] == ["set aside", "read"]
    assert [report.status for report in read(locked, good)] == ["set aside", "read"]


def test_links_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "b"
    inner.mkdir()
    (inner / "up").symlink_to(tmp_path)
    (inner / "self").symlink_to(inner / "self")
    put(tmp_path, "c.txt", GOOD)
    reasons = [report.reason for report in read(tmp_path)]
    assert "leads nowhere, or to itself" in reasons[0]
    assert "a link back to a folder above it" in reasons[1]
    assert reasons[2] == ""


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in read(tmp_path)[0].reason


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    assert "nothing to read" in aside(tmp_path)


def test_unknown_kinds_of_file_in_a_folder_are_named(tmp_path: Path) -> None:
    put(tmp_path, "a.py", "print()")
    assert "'.py' is no kind of file that is read" in read(tmp_path)[0].reason


# ---- ids -----------------------------------------------------------------------------------------


def test_an_id_given_twice_with_other_text_gets_one_of_its_own(tmp_path: Path) -> None:
    rows = jsonl(
        {"id": "x", "text": GOOD}, {"id": "x", "text": GOOD + "More."}, {"id": "x", "text": GOOD}
    )
    first, second, third = read(put(tmp_path, "a.jsonl", rows))
    assert (first.id, third.id) == ("x", "x")
    assert second.id.startswith("x~")


def test_ids_hold_no_control_characters(tmp_path: Path) -> None:
    rows = jsonl(
        {"id": "../../etc/x\x07\n\x1b[31m", "text": GOOD}, {"id": "y" * 5000, "text": GOOD}
    )
    first, second = read(put(tmp_path, "a.jsonl", rows))
    assert first.id == "../../etc/x___[31m"
    assert len(second.id) < 230
