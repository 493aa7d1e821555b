"""The web app: the record in a browser, from any number to the words that it rests on.

Everything is served from this machine: no page names another host, and what a report says is shown as
text, never run.
"""

from dragoman.web.app import create_app
from dragoman.web.serving import serve

__all__ = ["create_app", "serve"]
