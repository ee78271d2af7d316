"""How gunicorn's threads treat a connection: a busy one keeps its thread, a silent one holds none for long."""

import select
import socket
import struct
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

from server.operations import STANDSTILL
from server.repeats import Repeats

HEAD_SECONDS = 10  # seconds without a byte while the head of a request is read
GREETING = 0.02  # seconds in which a new connection says something, or has to wait without a thread
LINGER = 5  # milliseconds in which a client that goes on asking keeps its thread
FAREWELL = 1.0  # seconds in which a client hangs up when its connection is over, RFC 9112 section 9.6
MOST_UNREAD = 1_000_000  # bytes that it may send meanwhile
LONGEST_REPEATED = 16_384  # bytes of a request that may be one which was answered before
TURNS = 100  # answers after which another connection gets the thread
BEAT = 1.0  # seconds between two signs of life for the process that watches this one
CORK = getattr(socket, "TCP_CORK", None)  # where the kernel offers to hold back half-filled packets


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads, with fewer hand-overs between them."""

    beat = 0.0
    wsgi: Any

    def load_wsgi(self) -> None:
        """The application, heard by those who answer what is asked again."""
        super().load_wsgi()
        self.repeats = Repeats(self.wsgi.extensions["meagraph"])
        self.wsgi = self.repeats.listen(self.wsgi)

    def run(self) -> None:
        """Serve; what a connection may do is set at the listeners, which hand it on."""
        for listener in self.sockets:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", HEAD_SECONDS, 0))
        super().run()

    def notify(self) -> None:
        """Not more often than needed: the main thread comes by here for every request."""
        now = time.monotonic()
        if now >= self.beat + BEAT:
            self.beat = now
            super().notify()

    def accept(self, listener: socket.socket) -> None:
        """All connections that wait, not the first alone: the main thread gets here seldom when others are busy."""
        known = -1
        while known < self.nr_conns < self.worker_connections:
            known = self.nr_conns
            super().accept(listener)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """A known request is answered here, in the main thread, where nobody has to wait for anybody else.

        A thread takes all others, and what a client does not read at once.
        """
        if not (answer := self.known_answer(conn, waiting(conn))):
            super().on_client_socket_readable(conn, client)
        elif rest := send_at_once(conn.sock, answer):
            conn.rest = rest
            super().on_client_socket_readable(conn, client)
        else:
            self.keepalived_conns.remove(conn)
            conn.set_timeout()
            self.keepalived_conns.append(conn)

    def known_answer(self, conn: TConn, request: bytes) -> bytes:
        """The answer to the request that waits in a connection, from which it is taken; empty when it is not known."""
        answer = self.repeats.find(conn.client[0], request) if request and self.alive else None
        return answer if answer and take(conn.sock, len(request)) else b""

    def handle(self, conn: TConn) -> object:
        """One request and those that follow at its heels; then what gunicorn says of the connection."""
        if rest := vars(conn).pop("rest", b""):
            return give(conn, rest)
        if not conn.initialized and not conn.wait_for_data(GREETING):
            return _DEFER
        for _ in range(TURNS):
            request = waiting(conn)
            if answer := self.known_answer(conn, request):
                return give(conn, answer)
            kept = self.handle_in_one_piece(conn, request)
            if kept is not True or not self.alive or conn.parser.unreader.buf.getvalue() or not is_readable(conn.sock):
                break
        if kept is False:
            see_off(conn.sock)
        return kept

    def handle_in_one_piece(self, conn: TConn, request: bytes) -> object:
        """One request, as far as it waits already; head and body of the answer go together."""
        self.repeats.forget_heard()
        set_cork(conn.sock, 1)
        try:
            kept = super().handle(conn)
        finally:
            set_cork(conn.sock, 0)
        if kept is True:
            self.repeats.keep(conn.client[0], request)
        return kept


def waiting(conn: TConn) -> bytes:
    """The bytes that wait in a connection, left there; none when there are too many, or when some were read already."""
    if conn.parser and conn.parser.unreader.buf.getvalue():
        return b""
    try:
        found = conn.sock.recv(LONGEST_REPEATED, socket.MSG_PEEK)
    except OSError:
        return b""
    return found if len(found) < LONGEST_REPEATED else b""


def take(connection: socket.socket, length: int) -> bool:
    """Take so many bytes, which are known to wait, out of a connection; whether they came."""
    with suppress(OSError):
        return len(connection.recv(length)) == length
    return False


def send_at_once(connection: socket.socket, answer: bytes) -> bytes:
    """Send what the kernel takes without waiting; what is left."""
    try:
        return answer[connection.send(answer, socket.MSG_DONTWAIT) :]
    except OSError:  # full, or closed, which whoever sends the rest will see
        return answer


def give(conn: TConn, answer: bytes) -> bool:
    """Send an answer to a client that may read slowly; whether the connection goes on."""
    conn.init()
    try:
        conn.sock.settimeout(STANDSTILL)
        conn.sock.sendall(answer)
    except OSError:
        return False
    return True


def is_readable(connection: socket.socket) -> bool:
    """Whether more comes from the client very soon."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(LINGER))


def see_off(connection: socket.socket) -> None:
    """Wait a moment for the client to hang up. Otherwise the main thread would do so, for one client after another."""
    end, taken = time.monotonic() + FAREWELL, 0
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        while taken < MOST_UNREAD and (left := end - time.monotonic()) > 0:
            connection.settimeout(left)
            piece = connection.recv(65_536)
            if not piece:
                break
            taken += len(piece)
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


def set_cork(connection: socket.socket, on: int) -> None:
    """Hold back what is written, or let it go; a connection that is closed already has nothing left."""
    if CORK is not None:
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, CORK, on)
