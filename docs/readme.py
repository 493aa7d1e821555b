"""Puts what the program prints today into README.md: ``python docs/readme.py``.

Each block of the README that begins with a command is filled anew on the record of ``dragoman demo``, made in a folder of
its own, as a terminal of 100 columns shows it; ``why`` is asked about the severing of relations by Bahrain in 2016,
whatever its id is now.
"""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"```\n\$ (dragoman .*)\n(?:.*\n)*?```\n")
# The line whose reasons the README shows, found anew since an id changes with what it stands for.
SEVERED = (
    "dragoman events --actor Bahrain --type SANCTION --since 2016-01-04 --until 2016-01-04 --json"
)
WORDS = "Bahrain severed relations with Iran"


def printed(command: str, record: Path) -> str:
    """What a command prints on the demo's record, on a terminal."""
    settings = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "xterm", "DRAGOMAN_RECORD": str(record)}
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "dragoman", *shlex.split(command)[1:]]
    running = subprocess.Popen(
        arguments, cwd=record.parent, env={**os.environ, **settings}, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        told += part
    os.close(ours)
    if running.wait():
        raise SystemExit(f"{command}: ended with {running.returncode}")
    lines = (
        re.sub("\x1b\\[[0-9;]*m", "", told.decode()).replace("\r\n", "\n").strip("\n").split("\n")
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def main() -> None:
    """Make the demo's record, fill the blocks."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "dragoman-demo.db"
        printed("dragoman demo", record)
        rows = map(json.loads, printed(SEVERED, record).splitlines())
        severed = next(row["id"] for row in rows if WORDS in row["text"])

        def filled(block: re.Match[str]) -> str:
            command = re.sub(r"^(dragoman why) e\w+", rf"\1 {severed}", block.group(1))
            return f"```\n$ {command}\n{printed(command, record)}```\n"

        README.write_text(BLOCK.sub(filled, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
