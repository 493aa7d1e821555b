"""Counts in how many texts each stem occurs: makes src/dragoman/rules/words.tsv.

    python -m training.words OUT STATES FILE...

STATES: the catalogue's states.csv. In a record of the dealings between states, the name of a state
says whom a report is about and not what happened, however rare the name is elsewhere: the names,
adjectives, peoples and capitals of states get at least the count :data:`STATE_COUNT`.

FILE: JSON Lines with a ``text`` (and ``title``), or sentences with an id that begins with that of
their text. Only texts with free licences are counted (see the head of the table).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from dragoman.gathering.words import EMPTY, WORD, stem

# Stems met in fewer texts are left out: the table would be mostly these, and they weigh the same.
FEWEST = 3
# Out of about a thousand: as often as the states most in the news.
STATE_COUNT = 40


def texts(path: Path):
    sentences = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "tokens" in row:
            sentences[row["id"].rsplit("-", 1)[0]].append(row["text"])
        else:
            yield f"{row.get('title') or ''}\n{row['text']}"
    for rows in sentences.values():
        yield "\n".join(rows)


def state_names(path: Path) -> set[str]:
    made: set[str] = set()
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column in ("name", "adjectives", "demonyms", "capital"):
                for form in (row[column] or "").split(";"):
                    made |= {stem(word) for word in WORD.findall(form) if word[0].isupper()}
    return made - EMPTY


def main() -> None:
    out, states, *paths = sys.argv[1:]
    counts: Counter[str] = Counter()
    total = 0
    for path in paths:
        for text in texts(Path(path)):
            total += 1
            counts.update({stem(word) for word in WORD.findall(text)} - EMPTY)
    for name in state_names(Path(states)):
        counts[name] = max(counts[name], STATE_COUNT)
    head = (
        "# In how many texts a stem occurs: figures counted from Wikinews (CC BY 2.5), Voice of America\n"
        "# (public domain) and the English Web Treebank (CC BY-SA 4.0). Made by training/words.py.\n"
    )
    rows = sorted((word, n) for word, n in counts.items() if n >= FEWEST and len(word) > 1)
    body = "".join(f"{'=' if word == 'texts' else ''}{word}\t{n}\n" for word, n in rows)
    Path(out).write_text(f"{head}texts\t{total}\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
