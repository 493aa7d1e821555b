"""The command line: parse, call, print.

Exit codes: 0 done, 1 could not (the message says what to do), 2 wrong usage.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import typer

from dragoman.cli import lists, others, pairs, reading, standings
from dragoman.cli.app import app
from dragoman.errors import DragomanError, NotFoundError, UnknownValueError, UsageError
from dragoman.show.screen import note

__all__ = ["app", "lists", "main", "others", "pairs", "reading", "run", "standings"]


# typer carries click within itself since 0.24, and imported it before: either way its errors come from
# one class, which it does not name in public.
CLICK_ERROR: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)


def main() -> None:
    """Run the command line of this process, and end it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command line. Gives back the exit code."""
    logging.basicConfig(level=logging.WARNING, format="dragoman: %(message)s", stream=sys.stderr)
    try:
        code = app(args=arguments or ["--help"], prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
    except CLICK_ERROR as error:
        _complain(error)
        return 2
    except (UsageError, UnknownValueError) as error:
        note(f"dragoman: {error}")
        return 2
    except NotFoundError as error:
        note(f"dragoman: {error}")
        return 1
    except DragomanError as error:
        note(f"dragoman: {error}")
        return 1
    except (KeyboardInterrupt, typer.Abort):
        note("dragoman: stopped; what was recorded so far is kept, run again to go on")
        return 1
    except (BrokenPipeError, SystemExit):
        # The reader of the pipe has seen enough; click turns that, and in this mode only that, into
        # an exit. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _complain(error: Any) -> None:
    """Say what click says about a wrong command line, and where to read more."""
    context = getattr(error, "ctx", None)
    words = context.command_path.split()[1:] if context is not None else []
    message = error.format_message()
    if message.startswith("Usage:"):
        # A group of commands without a command: its whole help.
        sys.stderr.write(f"{message}\n")
        return
    help_ = " ".join(["dragoman", *words, "--help"])
    note(f"dragoman: {message.rstrip('.')} ({help_} tells more)")
