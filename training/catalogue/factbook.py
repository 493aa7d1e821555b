"""Chiefs of state and heads of government from the factbook snapshot."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from holders import Holder
from tables import plain, unique

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Newest day named in the factbook snapshot is 2026-01-17.
FACTBOOK_GOOD_FOR = "2026-01"
MONTHS = {
    m: i
    for i, m in enumerate(
        "january february march april may june july august september october november december".split(),
        start=1,
    )
}
REALM_HEADS = {
    "CHARLES III": "GBR",
    "WILLEM-ALEXANDER": "NLD",
    "FREDERIK X": "DNK",
    "HARALD V": "NOR",
    "Emmanuel MACRON": "FRA",
    "Donald J. TRUMP": "USA",
    "XI Jinping": "CHN",
}
DEPENDENT = frozenset(
    "ASM AIA ABW BMU IOT VGB CYM CXR CCK COK CUW FLK FRO PYF ATF GIB GRL GUM GGY "
    "HKG IMN JEY MAC MSR NCL NIU NFK MNP PCN PRI BLM SHN MAF SPM SXM SJM TKL TCA "
    "VIR WLF".split()
)
# Second persons of the state whom the source names as head of government, and slips of the source.
FACTBOOK_SKIP = frozenset(
    {
        ("PRK", "head_of_government"),
        ("GMB", "head_of_government"),
        ("ZWE", "head_of_government"),
        ("VAT", "head_of_government"),
        ("AFG", "head_of_government"),
        ("TKL", "head_of_state"),
        ("ARE", "head_of_state"),
        ("QAT", "head_of_government"),
        ("SYR", "head_of_government"),
    }
)
FACTBOOK_DATES = {("MHL", "Heine"): "2024-01-03", ("KWT", "Mishal"): "2023-12-16"}
TITLE = re.compile(
    r"^((?:(?:President, Presidential Council,|Acting|Interim|Transitional|Transition|Caretaker|Co-|President|Vice President|Prime "
    r"Minister|King|Sultan|Amir|Emperor|Prince|Grand Duke|Pope|Chancellor|Premier|Taoiseach|"
    r"Crown Prince|Supreme Leader|Taliban Leader|Governor-General|Governor General|Governor|"
    r"Chief Executive|Chief Minister|Minister of State|Co-prince|Archbishop|and|of the Government|"
    r"of the Swiss Confederation|of the Government of Spain|of Council of Ministers|of French "
    r"Polynesia|of Territorial Council|of the Territorial Assembly|of China|GNU|CNSP|"
    r"Presidential Leadership Council Chairperson|Presidential Council|"
    r"Chairperson of the Presidency|Chairperson of the Council of Ministers|"
    r"Chairman of the Cabinet of Ministers|State Affairs Commission|of the National Council for "
    r"the Safeguard of the Homeland|Sovereign Council Chair|and Commander-in-Chief of the Sudanese "
    r"Armed Forces|Mayor and Chairman of the Island Council|Administrator|Commissioner|Lord of "
    r"Mann|Co-Vice President|Foreign Minister|Secretary of State for Foreign and Political Affairs|"
    r"Secretary of State|Captains Regent|\(CNSP\)|\(Prime Minister\)|\(prime minister-equivalent\)|"
    r"Capt\.|Gen\.|Sr\.|Col\.|General|Dr\.|Sir|Grand Chief|Ratu|Dame|\(Ulu o Tokelau\)|,)"
    r"(?:\s+|(?<=Co-)))*)"
)
# Ranks and honours between the title and the name; the words of a government's own name.
RANKS = re.compile(
    r"\b(?:GNU|CNSP) |(?: (?:Sr\.|Gen\.|Col\.|Capt\.|General|Dr\.|Sir|Dame|Ratu|"
    r"Grand Chief))+$"
)
SINCE = re.compile(r"\((?:[a-z ]*)since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})")


def case(word: str) -> str:
    """A surname in capitals in the usual case: "EL-SISI" is "el-Sisi", numerals stay."""
    out = ""
    for part in re.split(r"([-'’])", word):
        # O'Neill and d'Oliveira, but Muli'aka'aka: only a single letter is a prefix
        inner = out.endswith(("'", "’")) and len(out.rstrip("'’").rpartition("-")[2]) > 1
        low = inner or (part.lower() in {"al", "el"} and part != word)
        out += part.lower() if low else part.capitalize()
    return out


def day_of(text: str) -> str:
    """The ISO day, month or year after "since" in an entry, or nothing."""
    found = SINCE.search(text)
    if not found:
        return ""
    day, month, year = found.groups()
    number = next((i for m, i in MONTHS.items() if month and m.startswith(month.lower())), 0)
    if not number:
        return year
    return f"{year}-{number:02d}-{int(day):02d}" if day else f"{year}-{number:02d}"


def is_capitals(word: str) -> bool:
    """Whether the factbook marks this word as (part of) the surname."""
    letters = [c for c in re.sub(r"^(al|el)-", "", word) if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def factbook_name(text: str) -> tuple[str, str, str]:
    """Title, full name and surname of the first person in an entry; empty where none stands."""
    head = re.split(
        r"[;(]|, (?:Jr|represented|administrative)",
        re.sub(r"\((?:CNSP|Prime Minister|prime minister-equivalent|Ulu o Tokelau)\) ?", "", text),
    )[0]
    title = TITLE.match(head).group(1).strip(" ,")  # type: ignore[union-attr]
    words = list(head[len(TITLE.match(head).group(1)) :].split())  # type: ignore[union-attr]
    words = [w for w in words if not w.startswith('"')]
    capitals = [i for i, w in enumerate(words) if is_capitals(w)]
    if not capitals or len(words) > 8:
        return "", "", ""
    last = capitals[0]
    while last + 1 in capitals:
        last += 1
    shown = [
        case(w) if i in capitals and not (i and re.fullmatch(r"[IVX]+", w)) else w
        for i, w in enumerate(words)
    ]
    for i in capitals[1:]:
        if shown[i].lower() in {"de", "da", "dos", "der", "den", "bin"}:
            shown[i] = shown[i].lower()
    return title, " ".join(shown).strip(" ,"), " ".join(shown[capitals[0] : last + 1]).strip(" ,")


def factbook_holders(facts: Path) -> Iterator[Holder]:
    """Chiefs of state and heads of government of the snapshot, once each."""
    for line in (facts / "factbook_governments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        country = row["iso3"] or ""
        entries = {
            "head_of_state": row["chief_of_state"],
            "head_of_government": row["head_of_government"],
        }
        for office, entry in entries.items():
            if not country or not entry or (country, office) in FACTBOOK_SKIP:
                continue
            if office == "head_of_government" and entry == entries["head_of_state"]:
                continue
            represented = re.search(r"represented by (Governor[- ]General .*)", entry)
            owner = next((c for h, c in REALM_HEADS.items() if h in entry), country)
            if owner != country and not represented:
                continue
            found = holder_of(represented.group(1) if represented else entry, country, office)
            if found:
                yield replace(found, office="other") if represented else found


def holder_of(entry: str, country: str, office: str) -> Holder | None:
    """One factbook entry as a row, or nothing where the name cannot be read safely."""
    title, name, surname = factbook_name(entry)
    if not name or name.startswith("of "):
        return None
    title = RANKS.sub("", title).strip()
    first = name.split()[0]
    short = f"{first} {surname}" if not surname.startswith(first) else ""
    crown = f"{title} {surname}" if re.fullmatch(r"King|Emperor|Sultan|Emir", title) else ""
    aliases = [a for a in unique([short, plain(short), plain(name), crown]) if a != name]
    begun = FACTBOOK_DATES.get((country, surname), day_of(entry))
    if country in DEPENDENT:
        office = "local"
    elif re.match(r"King|Emperor|Sultan|Amir|Prince\b|Grand Duke", title):
        office = "monarch"
    note = "" if begun else "day of taking office not given by the source"
    return Holder(
        name,
        surname,
        tuple(aliases),
        country,
        office,
        title.lower(),
        "GOV",
        begun,
        "",
        FACTBOOK_GOOD_FOR,
        "factbook",
        note,
    )
