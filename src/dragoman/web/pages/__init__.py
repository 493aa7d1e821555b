"""The pages: each a function from what was asked to a :class:`dragoman.web.page.Page`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from dragoman.web.filters import Filters, filters

Asked = Annotated[Filters, Depends(filters)]

# An id or a name in an address; those that could be taken for paths come as parameters.
Name = Annotated[list[str] | None, Query(max_length=2)]
