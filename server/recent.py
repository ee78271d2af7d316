"""A bounded memory of the things used last."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The things used last, up to so many bytes.

    >>> recent = Recent[str](max_bytes=10)
    >>> for key in "ab":
    ...     recent.put(key, key.upper(), size=5)
    >>> recent.get("a"), recent.put("c", "C", size=5), recent.put("d", "D", size=11)
    ('A', None, None)
    >>> [recent.get(key) for key in "abcd"]
    ['A', None, 'C', None]
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.size = max_bytes, 0
        self.lock = threading.Lock()
        self.held: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """What is kept under this key."""
        with self.lock:
            if key not in self.held:
                return None
            self.held.move_to_end(key)
            return self.held[key][0]

    def put(self, key: Hashable, value: T, size: int) -> None:
        """Keep a thing of so many bytes, in place of what had its key; the longest unused go."""
        with self.lock:
            self.size -= self.held.pop(key, (None, 0))[1]
            if size > self.max_bytes:
                return
            self.held[key] = (value, size)
            self.size += size
            while self.size > self.max_bytes:
                self.size -= self.held.popitem(last=False)[1][1]
