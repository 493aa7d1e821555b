"""What the commands ask of the rest of the package, imported when it is asked for.

Rulebook, language model and web app take up to a second to import; listing a record needs none.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from dragoman.errors import InputError, RuleError, UnknownValueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dragoman.check import Verdict
    from dragoman.entries import Comparison
    from dragoman.record import Record
    from dragoman.rulebook import Ontology
    from dragoman.run_local import Progress, RunSummary


def read_paths(
    paths: Sequence[str],
    record: Path,
    *,
    rules: tuple[Path, ...],
    jobs: int | None,
    progress: Callable[[Progress], None],
) -> RunSummary:
    """Read paths into a record and gather."""
    from dragoman import run_local

    return run_local.read_paths(
        paths, record, rules=rules, jobs=jobs, stdin=sys.stdin.buffer, progress=progress
    )


def ontology() -> Ontology:
    """PLOVER's tables alone: quick to load."""
    from dragoman.rulebook.book import BUILT_IN
    from dragoman.rulebook.ontology import load_ontology

    return load_ontology(BUILT_IN / "plover")


def catalogue_keys(words: str) -> tuple[str, ...]:
    """What the catalogue knows a name by: codes and row ids, the likeliest first."""
    from dragoman.rulebook.book import BUILT_IN
    from dragoman.rulebook.catalogue import load_catalogue

    catalogue = load_catalogue((BUILT_IN / "actors",))
    keys = []
    for form in dict.fromkeys((words, words.title(), words.upper())):
        for entry, _ in catalogue.rows(form):
            keys.extend([entry.id.removeprefix("state:"), entry.id])
    return tuple(dict.fromkeys(keys))


def compare(record: Record, ids: Sequence[str]) -> Comparison:
    """A story, or two reports, laid side by side."""
    from dragoman.rulebook import load_rulebook
    from dragoman.show.comparing import compare_entries

    return compare_entries(record, ids, load_rulebook())


def check_rules(folders: tuple[Path, ...]) -> Iterator[Verdict]:
    """Every sentence of every rule, read."""
    from dragoman.check import check_rules as verdicts
    from dragoman.run_local import make_reader

    return verdicts(make_reader(rules=folders))


def check_catalogue(folder: Path) -> int:
    """How many actors a folder adds to the built-in catalogue, or puts in its place.

    Raises:
        RuleError: naming file and line of the first that does not hold.
    """
    from dragoman.rulebook.book import BUILT_IN
    from dragoman.rulebook.catalogue import load_catalogue

    if not folder.is_dir():
        raise InputError("there is no such folder", source=str(folder))
    built_in = set(load_catalogue((BUILT_IN / "actors",)).entries.values())
    return len(
        set(load_catalogue((BUILT_IN / "actors", folder / "actors")).entries.values()) - built_in
    )


def add_to_catalogue(folder: Path, kind: str, name: str, cells: Mapping[str, str]) -> Path:
    """Add a row to a table of a folder of one's own, which is made if it is not there.

    Raises:
        UnknownValueError: for a column that the table does not have.
        RuleError: if the folder does not hold with the row; it is left as it was then.
    """
    import csv

    from dragoman.rulebook.book import BUILT_IN

    table = {"person": "people.csv", "body": "bodies.csv"}.get(kind, f"{kind}s.csv")
    with (BUILT_IN / "actors" / table).open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    for column in cells:
        if column not in columns:
            raise UnknownValueError(column, columns, what=f"the column of {table}")
    file = folder / "actors" / table
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_bytes() if file.exists() else None
    row = {"id": _free_id(name, before), "name": name, **cells}
    with file.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
        if before is None:
            writer.writeheader()
        writer.writerow(row)
    try:
        check_catalogue(folder)
    except RuleError:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
        raise
    return file


def _free_id(name: str, table: bytes | None) -> str:
    """An id for a row, made of the name; numbered where the table has it (a second term of office)."""
    import csv
    import io

    plain = name.lower().replace(" ", "-")
    rows = csv.DictReader(io.StringIO((table or b"").decode("utf-8-sig")))
    taken = {row.get("id") for row in rows}
    number, made = 1, plain
    while made in taken:
        number += 1
        made = f"{plain}-{number}"
    return made


def serve(
    record: Path, host: str, port: int, *, token: str | None, browser: bool, readonly: bool,
    start: str = "/",
) -> None:  # fmt: skip
    """Serve the web pages of a record until stopped; `start` is the page that is opened.

    Raises:
        UsageError: if the extra "web" is not installed, or others are let in without a token.
    """
    from importlib.util import find_spec

    lacking = [name for name in ("fastapi", "jinja2", "uvicorn") if find_spec(name) is None]
    if lacking:
        raise UsageError(
            f"the web pages need {', '.join(lacking)}; install the extra with: "
            'pip install "dragoman[web]"'
        )
    # Named as text: the two faces of the package, this one and the web, stay apart otherwise.
    serving = import_module("dragoman.web.serving")
    serving.serve(record, port, host, token, browser, readonly=readonly, start=start)
