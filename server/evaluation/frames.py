"""Messages between processes over a Unix socket: four bytes of length, then JSON; a file may travel along.

A message with `body` is followed by so many bytes.
"""

import json
import os
import socket
from typing import Any

LENGTH = 4

Message = dict[str, Any]


class HangupError(Exception):
    """The other side closed the connection, or died in the middle of a message."""


def send(connection: socket.socket, message: Message, file: int | None = None, body: bytes = b"") -> None:
    """One message, with a file descriptor for the receiver when `file` is given, and the bytes that follow it."""
    text = json.dumps(message | {"body": len(body)}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    whole = len(text).to_bytes(LENGTH, "big") + text + body
    try:
        sent = socket.send_fds(connection, [whole], [file]) if file is not None else 0
        connection.sendall(whole[sent:])
    except OSError as error:
        raise HangupError(str(error)) from error


def receive(connection: socket.socket) -> tuple[Message, int | None]:
    """The next message and the descriptor that came with it; TimeoutError after the socket's own time-out."""
    try:
        header, files, _, _ = socket.recv_fds(connection, LENGTH, 1)
        header += read(connection, LENGTH - len(header))
        body = read(connection, int.from_bytes(header, "big"))
    except TimeoutError:
        raise
    except OSError as error:
        raise HangupError(str(error)) from error
    return json.loads(body.decode("utf-8", "surrogatepass")), files[0] if files else None


def read(connection: socket.socket, length: int) -> bytes:
    """Exactly so many bytes; HangupError when the connection ends before."""
    chunks: list[bytes] = []
    while length:
        chunk = connection.recv(min(length, 1 << 20))
        if not chunk:
            raise HangupError(f"{length} bytes missing")
        chunks.append(chunk)
        length -= len(chunk)
    return b"".join(chunks)


def close(descriptor: int | None) -> None:
    """Close a descriptor that may be absent."""
    if descriptor is not None:
        os.close(descriptor)
