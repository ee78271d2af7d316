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

    def handle(self, conn: TConn) -> object:
        """One request and those that follow at its heels; then what gunicorn says of the connection."""
        if not conn.initialized and not conn.wait_for_data(GREETING):
            return _DEFER
        for _ in range(TURNS):
            kept = self.handle_in_one_piece(conn)
            if kept is not True or not self.alive or conn.parser.unreader.buf.getvalue() or not is_readable(conn.sock):
                break
        if kept is False:
            see_off(conn.sock)
        return kept

    def handle_in_one_piece(self, conn: TConn) -> object:
        """One request; head and body of the answer go together."""
        sender, request = conn.client[0], waiting(conn)
        if request and self.alive and (answer := self.repeats.find(sender, request)):
            return give(conn, len(request), answer)
        self.repeats.forget_heard()
        set_cork(conn.sock, 1)
        try:
            kept = super().handle(conn)
        finally:
            set_cork(conn.sock, 0)
        if kept is True:
            self.repeats.keep(sender, request)
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


def give(conn: TConn, length: int, answer: bytes) -> bool:
    """Take the request of so many bytes out of the connection and answer it; whether the connection goes on."""
    conn.init()
    try:
        conn.sock.recv(length)
        if conn.sock.gettimeout() != STANDSTILL:
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
