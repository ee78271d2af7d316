"""How much of a request waits in a connection, and the reading of those for which nobody waits.

What a client sends slowly waits in the kernel until all of it is there, so that no thread waits for it. That works for
requests of which the length is known and small; others are read by a thread, in a time that their length sets.
"""

import re
import socket
import time
from contextlib import suppress

LONGEST = 65_536  # bytes of a request that is waited for
ENDLESS = -1  # the length of a request that is longer, or does not say how long it is
LATE = 30.0  # seconds in which a long request comes, besides those that its bytes may take
SLOWEST = 20_000  # of these bytes in a second
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_STREAMED = re.compile(rb"\r\n(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


def length_of(begin: bytes) -> int:
    r"""Bytes of the request that begins so; 0 when that cannot be told yet, `ENDLESS` when nobody waits for its end.

    >>> length_of(b"GET / HTTP/1.1\r\n"), length_of(b"GET / HTTP/1.1\r\n\r\nGET /"), length_of(b"x" * LONGEST)
    (0, 18, -1)
    >>> [length_of(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\nASK" % size) for size in (3, 90_000)]
    [41, -1]
    """
    end = begin.find(b"\r\n\r\n") + 4
    if end < 4:
        return 0 if len(begin) < LONGEST else ENDLESS
    if _STREAMED.search(begin, 0, end):
        return ENDLESS
    told = _LENGTH.search(begin, 0, end)
    length = end + int(told[1]) if told else end
    return length if length <= LONGEST else ENDLESS


def waiting(connection: socket.socket) -> bytes:
    """The first bytes that wait in a connection, left there; none when there are none, or it is broken."""
    with suppress(OSError):
        return connection.recv(LONGEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    return b""


def take(connection: socket.socket, length: int) -> bytes:
    """So many bytes, which are known to wait, out of a connection; fewer when it broke meanwhile."""
    with suppress(OSError):
        return connection.recv(length, socket.MSG_DONTWAIT)
    return b""


def wake_at(connection: socket.socket, length: int) -> None:
    """A connection counts as readable when so many bytes wait in it, or when no more will come."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, length)


class Reading:
    """A connection from which one long request is read; it is over for a client that takes too long."""

    def __init__(self, connection: socket.socket, begin: bytes) -> None:
        told = _LENGTH.search(begin)
        self.connection = connection
        self.end = time.monotonic() + LATE + (int(told[1]) / SLOWEST if told else 0)

    def recv(self, size: int) -> bytes:
        """What comes next; nothing when the time is over."""
        try:
            self.connection.settimeout(max(0.001, self.end - time.monotonic()))
            return self.connection.recv(size)
        except OSError:
            return b""


class Whole:
    """Stands for the connection of a request that is there: nothing more is read for it."""

    def recv(self, _size: int) -> bytes:
        """Nothing."""
        return b""
