"""How gunicorn's threads treat connections: a thread has one while there is something to do, and not while it waits.

The main thread watches all connections. It answers known requests itself, and gives a connection to a thread when all
of a request is there, or when a client reads on; see `arrivals` and `departures`. Only long requests are read by
threads, by a part of them.
"""

import errno
import select
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from itertools import islice, takewhile
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any

from gunicorn.http import wsgi
from gunicorn.workers.gthread import TConn, ThreadWorker

from server.arrivals import ENDLESS, Reading, Whole, length_of, take, waiting, wake_at
from server.departures import Departure, is_ready, on_the_wire, ready_made
from server.repeats import Repeats

STANDSTILL = 30.0  # seconds without a byte that the client takes of an answer
FAREWELL = 1.0  # seconds in which a client hangs up when its connection is over, RFC 9112 section 9.6
MOST_UNREAD = 1_000_000  # bytes that it may send meanwhile
LINGER = 5  # milliseconds in which a client that goes on asking keeps its thread
TURNS = 100  # answers after which another connection gets the thread
LONG_ONES = 3  # of so many threads one may read a long request
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
SPARE_PLACES = 100  # connections for which room is made in time
WAIT_FOR_ROOM = 0.01  # seconds, when no more files can be opened
BEAT = 1.0  # seconds between two signs of life for the process that watches this one
SLOW = object()  # what a thread says of a connection whose client does not read on


class Connection(TConn):  # type: ignore[misc]
    """A client's connection: what is there of its next request, and what is left of the answer to its last."""

    sock: socket.socket
    begin = b""  # of the request, at most `arrivals.LONGEST` bytes
    length = 0  # of the request; 0 when the client is gone
    awaited = 1  # bytes that have to be there before the request is looked at again
    departure: Departure | None = None
    stays = False  # whether another request may follow the answer
    unread = 0  # bytes that came after the end

    def has_arrived(self) -> bool:
        """Whether there is something to do: a whole request, or one for the end of which nobody waits, or a hang-up."""
        begin = waiting(self.sock)
        length = length_of(begin)
        if begin and not 0 != length <= len(begin):
            if len(begin) >= self.awaited:
                self.wait_for(max(length, len(begin) + 1))
                return False
            length = ENDLESS  # it has an end all the same: the client says no more
        self.wait_for(1)
        self.begin, self.length = begin, length
        return True

    def wait_for(self, length: int) -> None:
        """Be readable when so many bytes are there."""
        if length != self.awaited:
            self.awaited = length
            wake_at(self.sock, length)

    def take_request(self) -> bytes:
        """The whole request, which is parsed next; nothing when the connection broke."""
        request = take(self.sock, self.length)
        self.parser.unreader.sock = Whole()
        self.parser.unreader.unread(request)
        return request


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's worker with threads, none of which waits for a client."""

    beat = 0.0
    wsgi: Any

    def load_wsgi(self) -> None:
        """The application, heard by those who answer what is asked again."""
        super().load_wsgi()
        self.repeats = Repeats(self.wsgi.extensions["meagraph"])
        self.wsgi = self.repeats.listen(self.wsgi)
        self.slow: dict[Connection, float] = {}  # who does not read on, and until when that may last
        self.leaving: dict[Connection, float] = {}
        self.long_places = threading.BoundedSemaphore(max(1, self.cfg.threads // LONG_ONES))

    # ---- in the main thread

    def notify(self) -> None:
        """Not more often than needed: the main thread comes by here for every request."""
        now = time.monotonic()
        if now >= self.beat + BEAT:
            self.beat = now
            super().notify()

    def accept(self, listener: socket.socket) -> None:
        """All connections that wait, not the first alone: the main thread gets here seldom when others are busy."""
        while self.nr_conns < self.worker_connections:
            try:
                client, address = listener.accept()
            except OSError as error:
                if error.errno not in (errno.EMFILE, errno.ENFILE):
                    return  # nobody waits any more
                self.make_room(SPARE_PLACES)
                time.sleep(WAIT_FOR_ROOM)
                return
            self.nr_conns += 1
            conn = Connection(self.cfg, client, address, listener.getsockname())
            conn.init()
            conn.set_timeout()
            self.keepalived_conns.append(conn)
            self.watch(conn, EVENT_READ, self.on_client_socket_readable)

    def watch(self, conn: Connection, event: int, then: Callable[[Connection, socket.socket], None]) -> None:
        """Call `then` in the main thread whenever the client writes or reads."""
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, event, partial(then, conn))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Give a request to a thread, unless its answer is known and the client takes it at once."""
        if not conn.has_arrived():
            return
        if answer := self.known_answer(conn):
            if not (rest := send_at_once(client, answer)):
                self.keepalived_conns.remove(conn)
                conn.set_timeout()
                self.keepalived_conns.append(conn)
                return
            conn.departure, conn.stays = Departure(client, ready_made(rest)), True
        super().on_client_socket_readable(conn, client)

    def known_answer(self, conn: Connection) -> bytes:
        """The answer to the request that waits in a connection, from which it is taken; empty when it is not known."""
        if conn.length <= 0 or not self.alive:
            return b""
        answer = self.repeats.find(conn.client[0], conn.begin[: conn.length])
        return answer if answer and len(take(conn.sock, conn.length)) == conn.length else b""

    def finish_request(self, conn: Connection, done: Future[object]) -> None:
        """When a thread is done with a connection: wait until its client reads on, asks again, or hangs up."""
        kept = not done.exception() and done.result()
        if kept is SLOW:
            self.slow[conn] = time.monotonic() + STANDSTILL
            self.watch(conn, EVENT_WRITE, self.on_writable)
        elif kept:
            super().finish_request(conn, done)
        else:
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_WR)
            self.leaving[conn] = time.monotonic() + FAREWELL
            self.watch(conn, EVENT_READ, self.on_leaving)

    def on_writable(self, conn: Connection, client: socket.socket) -> None:
        """The client has read on."""
        self.poller.unregister(client)
        del self.slow[conn]
        self.enqueue_req(conn)

    def on_leaving(self, conn: Connection, client: socket.socket) -> None:
        """The client hangs up, or sends what nobody reads."""
        unread = len(waiting(client))
        conn.unread += len(take(client, unread))
        if not unread or conn.unread > MOST_UNREAD:
            self.part(conn)

    def part(self, conn: Connection) -> None:
        """The end of a connection that is slow or leaving."""
        self.slow.pop(conn, None)
        self.leaving.pop(conn, None)
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        if conn.departure:
            conn.departure.close()
        conn.close()

    def murder_keepalived(self, force: bool = False) -> None:
        """Close the connections whose time is over; when few places are left, also those silent for longest."""
        self.make_room(self.nr_conns + SPARE_PLACES - self.worker_connections)
        super().murder_keepalived(force)
        now = time.monotonic()
        for places in (self.slow, self.leaving):
            for conn in list(takewhile(lambda conn: force or places[conn] < now, places)):  # noqa: B023
                self.part(conn)

    def make_room(self, places: int) -> None:
        """So many connections on which nobody says anything have had their time."""
        for conn in islice(self.keepalived_conns, max(0, places)):
            conn.timeout = 0.0

    # ---- in a thread

    def handle(self, conn: Connection) -> object:
        """What is there to do for a connection: whether it stays, or `SLOW`."""
        kept = self.send(conn) if conn.departure else self.answer(conn)
        for _ in range(TURNS):
            if (
                kept is not True
                or not self.alive
                or not is_ready(conn.sock, select.POLLIN, LINGER)
                or not conn.has_arrived()
            ):
                break
            kept = self.answer(conn)
        return kept

    def answer(self, conn: Connection) -> object:
        """Answer the request that has arrived."""
        if answer := self.known_answer(conn):
            return self.start(conn, Departure(conn.sock, ready_made(answer)), stays=True)
        if conn.length == ENDLESS:
            return self.answer_long(conn)
        self.repeats.forget_heard()
        request = conn.take_request() if conn.length else b""
        kept = super().handle(conn) if request else False
        if kept is True:
            self.repeats.keep(conn.client[0], request)
        return SLOW if conn.departure else kept

    def answer_long(self, conn: Connection) -> object:
        """Read a long request here and answer it, if not too many others do so; its connection is over then."""
        if not self.long_places.acquire(blocking=False):
            return self.start(conn, Departure(conn.sock, ready_made(BUSY)), stays=False)
        try:
            conn.parser.unreader.sock = Reading(conn.sock, conn.begin)
            super().handle(conn)
        finally:
            self.long_places.release()
        return SLOW if conn.departure else False

    def handle_request(self, req: Any, conn: Connection) -> object:
        """Have the application answer a request that is parsed."""
        response, environ = wsgi.create(req, conn.sock, conn.client, conn.server, self.cfg)
        environ["wsgi.multithread"] = True
        if conn.length == ENDLESS or not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            response.force_close()
        body = self.wsgi(environ, response.start_response)
        return self.start(conn, Departure(conn.sock, on_the_wire(response, body)), not response.should_close())

    def start(self, conn: Connection, departure: Departure, stays: bool) -> object:
        """Begin to send an answer."""
        conn.departure, conn.stays = departure, stays
        return self.send(conn)

    def send(self, conn: Connection) -> object:
        """Send what the client takes of an answer: `SLOW` when that is not all, else whether the connection stays."""
        departure = conn.departure
        over = True
        try:
            if departure and not departure.go_on():
                over = False
                return SLOW
        except OSError:  # it hung up
            return False
        except Exception:
            self.log.exception("an answer broke off")
            return False
        finally:
            if over and departure:
                conn.departure = None
                departure.close()
        return conn.stays


def send_at_once(connection: socket.socket, answer: bytes) -> bytes:
    """Send what the kernel takes without waiting; what is left."""
    try:
        return answer[connection.send(answer, socket.MSG_DONTWAIT) :]
    except OSError:  # full, or closed, which whoever sends the rest will see
        return answer
