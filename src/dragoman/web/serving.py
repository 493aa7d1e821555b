"""Starting the server."""

from __future__ import annotations

import gc
import logging
import threading
import webbrowser
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.record import open_record
from dragoman.web.guard import LOOPBACK

PORT = 8765

log = logging.getLogger("dragoman.web")


def serve(
    record_path: str | Path,
    port: int = PORT,
    host: str = "127.0.0.1",
    token: str | None = None,
    open_browser: bool = False,  # noqa: FBT001, FBT002 - the command line's own names and order
    *,
    readonly: bool = False,
    start: str = "/",
) -> None:
    """Serve a record until interrupted.

    Args:
        record_path: the record; made if it does not exist and may be written.
        port: to listen on.
        host: the address to listen on; any other than this machine's own needs a token.
        token: the word that every visitor must bring.
        open_browser: whether to open the page in the browser.
        readonly: take no corrections and no new reports.
        start: the page to open.

    Raises:
        UsageError: for another host without a token.
        RecordError: if the record cannot be opened.
    """
    import uvicorn

    from dragoman.web.app import create_app

    if host not in LOOPBACK and not token:
        raise UsageError(
            f"serving on {host} lets others in; give them a word to come with: --token WORD"
        )
    path = Path(record_path)
    open_record(path, readonly=readonly).close()
    threading.Thread(target=prepare, name="rulebook", daemon=True).start()
    app = create_app(path, token=token, readonly_corrections=readonly, host=host)
    address = address_of(host, port, token, start)
    log.info("serving %s on %s", path, address)
    if open_browser:
        threading.Timer(0.8, webbrowser.open, [address]).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def prepare() -> None:
    """Load what takes seconds: while the first page is looked at, not when it is needed.

    What is loaded stays as long as the server: the garbage collector need not look through its hundred
    thousands of objects in the middle of an answer.
    """
    from dragoman.web import words

    words.rulebook()
    words.rules()
    gc.collect()
    gc.freeze()


def address_of(host: str, port: int, token: str | None = None, start: str = "/") -> str:
    """The address to open, with the token in it where there is one."""
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    mark = "&" if "?" in start else "?"
    return f"http://{name}:{port}{start}" + (f"{mark}token={token}" if token else "")
