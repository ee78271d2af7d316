"""Processes that run beside the web server and end with it."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress


def start_process(address: str, backlog: int, run: Callable[[socket.socket, int], None]) -> tuple[int, int]:
    """Fork a process that listens at the address; call it while this one has one thread.

    It gets the listening socket and a lifeline, which becomes readable when it has to end. What comes back is its pid
    and the other end of the lifeline, for `see_out`.
    """
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(backlog)
    lifeline, hold = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.setsid()  # so that Ctrl-C reaches the web server only
            os.close(hold)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            run(listener, lifeline)
            status = 0
        finally:
            os._exit(status)
    os.close(lifeline)
    listener.close()
    return pid, hold


def see_out(pid: int, lifeline: int) -> None:
    """Cut the lifeline of a process that was started here and wait for its end."""
    os.close(lifeline)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
