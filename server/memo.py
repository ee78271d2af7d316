"""Things worth computing once for each version of the graph."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerVersion(Generic[T]):
    """Holds the value of the version that was asked for last.

    >>> held = PerVersion[int]()
    >>> held.get("v1", lambda: 1), held.get("v1", lambda: 2), held.get("v2", lambda: 3)
    (1, 1, 3)
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: tuple[str, T] | None = None

    def get(self, version: str, make: Callable[[], T]) -> T:
        """The value of this version, made now when it is not held."""
        with self.lock:
            if self.held is None or self.held[0] != version:
                self.held = (version, make())
            return self.held[1]
