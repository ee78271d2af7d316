"""Things worth computing once for each version of the graph, and answers that are of one version throughout."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

from flask import g

from server.context import services
from server.evaluation.refusals import QueryError

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 10  # more versions than are published while one page is read


class PerVersion(Generic[T]):
    """Holds the value of the version that was asked for last.

    >>> held = PerVersion[int]()
    >>> held.get(lambda: "v1", lambda: 1), held.get(lambda: "v1", lambda: 2), held.get(lambda: "v2", lambda: 3)
    (1, 1, 3)
    >>> versions, values = iter(["v3", "v3", "v4", "v4", "v4", "v4", "v4"]), iter([4, 5])
    >>> held.get(lambda: next(versions), lambda: next(values))  # v4 was published while 4 was made
    5
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: tuple[str, T] | None = None

    def get(self, current: Callable[[], str], make: Callable[[], T]) -> T:
        """The value of the current version, made now when it is not held, and again when the version changed."""
        with self.lock:
            while self.held is None or self.held[0] != current():
                version, value = current(), make()
                if current() == version:
                    self.held = (version, value)
            return self.held[1]


def of_one_version(view: Callable[P, T]) -> Callable[P, T]:
    """The view, run again when a new version was published meanwhile: it asks several questions of the graph."""

    @wraps(view)
    def steady(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(TRIES):
            version = services().pool.version
            try:
                answer = view(*args, **kwargs)
            except Exception:
                if services().pool.version == version:
                    raise
            else:
                if services().pool.version == version:
                    g.version = version
                    return answer
        raise QueryError("stale")

    return steady
