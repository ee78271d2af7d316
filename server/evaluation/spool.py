"""Where a worker puts a result: a short one goes back along with the reply, a longer one into the file for it."""

import os
from dataclasses import dataclass, field

HELD = 65_536  # bytes: results up to here need no file
ROW_MARKS = {  # what stands between rows and cannot stand inside a value
    "application/sparql-results+json": b'},{"',
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b"\n",
    "application/n-quads": b"\n",
}


class CapError(OSError):
    """The result outgrew a cap, named by the message."""


@dataclass
class Spool:
    """Counts bytes and rows, and stops the query at the caps. What is `held` did not go into the file."""

    file: int
    max_bytes: int
    hold: int = 0
    max_rows: int = 0
    mark: bytes | None = None
    size: int = 0
    rows: int = 0
    tail: bytes = b""
    held: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes) -> int:
        """All of `data`, or CapError."""
        self.size += len(data)
        if self.size > self.max_bytes:
            raise CapError("bytes")
        if self.mark:
            self.count_rows(data, self.mark)
        if self.size <= self.hold:
            self.held += data
            return len(data)
        for chunk in (self.held, data):
            view = memoryview(bytes(chunk))
            while view:
                view = view[os.write(self.file, view) :]
        self.held.clear()
        return len(data)

    def count_rows(self, data: bytes, mark: bytes) -> None:
        """CapError when there are too many now; a mark may be cut in two by the end of a chunk."""
        seen = self.tail + data
        self.rows += seen.count(mark)
        self.tail = seen[len(seen) - len(mark) + 1 :] if len(mark) > 1 else b""
        if self.rows > self.max_rows:
            raise CapError("rows")

    def flush(self) -> None:
        """Nothing is buffered that has to move on."""
