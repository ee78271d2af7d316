"""An answer on its way to a client, which may read slowly: a thread sends what is taken, and comes back for more."""

import select
import socket
import time
from collections.abc import Generator, Iterable
from typing import Any

PATIENCE = 50  # milliseconds in which a client reads on, or loses the thread that sends to it
LONGEST_WAY = 600.0  # seconds that an answer may take in all


class Outbox:
    """Stands for the connection where an answer is made into bytes, which are collected here."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        """Keep it."""
        self.written.append(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self.written)
        self.written.clear()
        return data


def on_the_wire(response: Any, body: Iterable[bytes]) -> Generator[bytes]:
    """The bytes of gunicorn's response with this body; head and first piece go together. The body is closed after."""
    response.sock = outbox = Outbox()
    try:
        for piece in body:
            response.write(piece)
            yield outbox.take()
        response.close()
        yield outbox.take()
    finally:
        if hasattr(body, "close"):
            body.close()


def ready_made(answer: bytes) -> Generator[bytes]:
    """Bytes that need nothing more."""
    yield answer


class Departure:
    """One answer: its pieces, and what of them is not sent yet."""

    def __init__(self, connection: socket.socket, pieces: Generator[bytes]) -> None:
        self.connection, self.pieces = connection, pieces
        self.left = memoryview(b"")
        self.end = time.monotonic() + LONGEST_WAY

    def go_on(self) -> bool:
        """Send as long as the client reads; whether all is sent. TimeoutError when it takes too long in all."""
        if time.monotonic() > self.end:
            raise TimeoutError
        while True:
            while self.left:
                if not self.send():
                    return False
            piece = next(self.pieces, None)
            if piece is None:
                return True
            self.left = memoryview(piece)

    def send(self) -> bool:
        """Send what the kernel takes; whether it took something soon enough."""
        try:
            self.left = self.left[self.connection.send(self.left, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            return is_ready(self.connection, select.POLLOUT, PATIENCE)
        return True

    def close(self) -> None:
        """Nothing more is sent."""
        self.pieces.close()


def is_ready(connection: socket.socket, event: int, milliseconds: int) -> bool:
    """Whether the client reads on, or sends, as `event` says, so soon."""
    poll = select.poll()
    poll.register(connection, event)
    return bool(poll.poll(milliseconds))
