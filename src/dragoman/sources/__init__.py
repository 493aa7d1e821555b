"""From files, folders and feeds to reports: what cannot be read is set aside with file and place."""

from dragoman.sources.files import read_sources
from dragoman.sources.layout import Layout, lay_out

__all__ = ["Layout", "lay_out", "read_sources"]
