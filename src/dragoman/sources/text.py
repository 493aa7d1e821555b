"""From bytes to text, by strict rules: what cannot be decoded for sure is set aside, never guessed.

Order of trial: byte order marks; UTF-16 without a mark, told by where its NUL bytes stand; UTF-8;
Windows code page 1252, only where no byte is undefined there and the high bytes stand like letters
and quotation marks of a Latin text. Anything else is an :class:`~dragoman.errors.InputError`.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError

# One report of a million words is about 6 MB; what is larger is not a news report.
REPORT_LIMIT = 50_000_000

# (first bytes, what such a file is); longer marks first.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file; save its text and read that"),
    (b"PK\x03\x04", "a zip archive or office document; unpack it and read its text files"),
    (b"\x1f\x8b", "a gzip file; name it so that it ends in .gz"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it and read its text files"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1b\x7f]")
_GOOD_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Share of high bytes above which a text is not Latin script in code page 1252: in French, the
# language of the set with the most accents, they are about 4 %.
_MOST_HIGH = 0.15
# Share of control bytes above which bytes are no text.
_MOST_CONTROL = 0.005


def kind_of_binary(head: bytes) -> str | None:
    """What the first bytes show a file to be, or None where they show nothing."""
    return next((what for mark, what in _MAGIC if head.startswith(mark)), None)


def decode(data: bytes, *, source: str = "", place: str = "") -> str:
    """The text of `data`, without byte order mark; line ends are left as they are.

    Raises:
        InputError: the bytes are binary, or in an encoding that cannot be told for sure.
    """
    binary = kind_of_binary(data[:16])
    if binary:
        raise InputError(f"not text but {binary}", source=source, place=place)
    encoding, mark = _marked(data)
    if encoding:
        return _strict(data[mark:], encoding, source=source, place=place)
    wide = _wide(data[:4096])
    if wide and len(data) % 2 == 0:
        return _strict(data, wide, source=source, place=place)
    _refuse_binary(data, source=source, place=place)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _code_page(data, error.start, source=source, place=place)


def normal_lines(text: str) -> str:
    r"""The text with ``\r\n`` and ``\r`` as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def check_text(text: str) -> str:
    """Why a decoded text cannot be kept as it is ("" where it can): NUL, half of a surrogate pair."""
    hit = _UNSTORABLE.search(text)
    if hit is None:
        return ""
    if hit.group() == "\x00":
        return f"NUL character at {hit.start()} of the text: not text, or damaged"
    return f"half of a surrogate pair at {hit.start()} of the text: wrongly encoded at its origin"


def storable(text: str) -> str:
    """The text with each character that no file or database can hold made U+FFFD, same length."""
    return _UNSTORABLE.sub("\ufffd", text)


def has_surrogate(text: str) -> bool:
    """Whether `text` holds a character that cannot be written as UTF-8."""
    return _SURROGATE.search(text) is not None


def _marked(data: bytes) -> tuple[str, int]:
    return next(((name, len(bom)) for bom, name in _BOMS if data.startswith(bom)), ("", 0))


def _wide(head: bytes) -> str:
    """UTF-16 of mostly Latin text has a NUL in every other byte and none in the rest."""
    even, odd = head[0::2], head[1::2]
    if len(head) < 8:
        return ""
    if odd.count(0) > 0.7 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return ""


def _strict(data: bytes, encoding: str, *, source: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not valid {encoding.upper()} at byte {error.start}, though its mark says so; "
            "save it again as UTF-8",
            source=source,
            place=place,
        ) from error


def _refuse_binary(data: bytes, *, source: str, place: str) -> None:
    nul = data.find(b"\x00")
    if nul >= 0:
        raise InputError(f"NUL character at byte {nul}: not text", source=source, place=place)
    controls = len(_CONTROL.findall(data[:65536]))
    if controls > max(2, _MOST_CONTROL * min(len(data), 65536)):
        raise InputError(
            f"binary: {controls} control characters in the first {min(len(data), 65536)} bytes",
            source=source,
            place=place,
        )


def _code_page(data: bytes, at: int, *, source: str, place: str) -> str:
    """Code page 1252, where nothing speaks against it."""
    good = len(_GOOD_SEQUENCE.findall(data))
    if good:
        why = f"UTF-8 but broken at byte {at}"
    elif _UNDEFINED_1252.intersection(data):
        why = f"not UTF-8 (byte {at}) and not Windows-1252 (undefined bytes)"
    elif sum(byte >= 0x80 for byte in data[:65536]) > _MOST_HIGH * min(len(data), 65536):
        why = f"not UTF-8 (byte {at}) and too many high bytes for Windows-1252"
    else:
        return data.decode("cp1252")
    raise InputError(f"wrong encoding: {why}; save it again as UTF-8", source=source, place=place)
