"""What an operator can set: every limit of the endpoint, in one place.

>>> Settings.from_environment({"MEAGRAPH_TIMEOUT": "5"}).timeout
5.0
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from graph.errors import UsageError
from graph.iri import BASE


@dataclass(frozen=True)
class Settings:
    """Each field can be given as an argument or as `MEAGRAPH_` and its name in capitals."""

    timeout: float = 30.0  # seconds that one query may take; a client may ask for fewer
    max_rows: int = 200_000  # rows of a SELECT (lines of N-Triples and N-Quads)
    max_bytes: int = 100_000_000  # of one serialised result
    max_memory: int = 1_000_000_000  # bytes that a query may take beyond the loaded graph
    max_query: int = 200_000  # characters of a query
    page_rows: int = 500  # rows shown in an HTML table
    workers: int = os.cpu_count() or 2  # queries that run at once
    queue: int = 32  # queries that may wait for a worker
    queue_wait: float = 10.0  # seconds that a query may wait for one
    rate: float = 10.0  # queries a second for one client address, 0 for no limit; this machine's own have none
    burst: int = 100  # queries that one address may send before `rate` counts
    cache_bytes: int = 32_000_000  # answers kept in memory, half by query and half by request; 0 for none
    poll: float = 0.5  # seconds between two looks for a newly published version
    proxies: int = 0  # reverse proxies in front whose X-Forwarded headers are trusted
    base_url: str = ""  # public address of the site, when it cannot be told from the request
    service_allow: tuple[str, ...] = ()  # endpoints that SERVICE may name
    token: str = field(default="", repr=False)  # what writers send as bearer token; without one nothing can be written
    writable: tuple[str, ...] = (f"{BASE}graph/own-",)  # how graphs that may be written begin; * for any (scratch only)
    max_update: int = 10_000_000  # bytes of an update or of a graph that is sent
    write_seconds: float = 120.0  # that checking and publishing a write may take
    link_bytes: int = 50_000_000  # room on disk for the short links of long queries, 4,096 at least for each

    def __post_init__(self) -> None:
        for name in ("timeout", "max_rows", "max_bytes", "max_memory", "max_query", "workers", "poll", "max_update"):
            if getattr(self, name) <= 0:
                raise UsageError(f"{name} must be above 0, not {getattr(self, name)}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> "Settings":
        """Arguments that are not None win over the environment, which wins over the defaults."""
        values: dict[str, Any] = {}
        for setting in fields(cls):
            text = environment.get(f"MEAGRAPH_{setting.name.upper()}")
            if text:
                values[setting.name] = read_value(setting.name, setting.default, text)
        return cls(**values | {name: value for name, value in given.items() if value is not None})


def read_value(name: str, default: object, text: str) -> object:
    """The setting in the type of its default: a tuple is written with spaces between its items."""
    if isinstance(default, tuple):
        return tuple(text.split())
    if isinstance(default, str):
        return text
    try:
        return type(default)(text)  # type: ignore[call-arg]
    except ValueError as error:
        raise UsageError(f"MEAGRAPH_{name.upper()} is not a number: {text!r}") from error
