"""The sample reports that come with the program, and what to try on their record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.record import Record


def examples() -> Path:
    """The folder of the sample reports.

    Raises:
        InputError: if it did not come with the program.
    """
    folder = Path(__file__).parent / "examples" / "reports"
    if not folder.is_dir():
        raise InputError(
            "the sample reports are missing; install the program anew", source=str(folder)
        )
    return folder


def shown_story(record: Record) -> str | None:
    """The story to begin with: told by most reports, the latest of equals; None without stories."""
    found = max(
        record.stories(), key=lambda story: (len(story.report_ids), story.date or ""), default=None
    )
    return found.id if found else None


def next_steps(record: Record, path: Path) -> tuple[str, ...]:
    """Commands to try next, with ids of this record."""
    from dragoman.record import Where

    told = f"--record {path}"
    lines = ["", "Try next:"]
    events = record.events(Where(limit=1))
    if story := shown_story(record):
        lines.append(f"  dragoman story {story} {told}")
        lines.append(f"  dragoman compare {story} {told}")
    if events:
        lines.append(f"  dragoman why {events[0].id} {told}")
    lines.extend(
        (
            f"  dragoman timeline Bahrain Iran {told}",
            f'  dragoman search "diplomatic relations" {told}',
            f"  dragoman export events --format csv {told}",
            f"  dragoman serve --open {told}",
            "  dragoman read YOUR-FOLDER",
        )
    )
    return tuple(lines)
