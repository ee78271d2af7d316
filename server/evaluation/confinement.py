"""What holds a query in its process: a deadline, a memory limit, and no way to open a file or a connection."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def deadline(seconds: float, work: float = 0.0) -> Iterator[None]:
    """The kernel ends this process when the time is over, or when so many seconds were worked, whatever it is doing."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_PROF, work)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def no_descriptors(unless: bool) -> Iterator[None]:
    """No file, socket or pipe can be opened inside; those open already keep working."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft if unless else 0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def allocated() -> int:
    """Bytes of memory that this process has taken for data, whether used or not."""
    return pages()[5] * resource.getpagesize()


def limit_memory(allowance: int) -> None:
    """So many bytes of address space beyond what the loaded graph takes."""
    limit = pages()[0] * resource.getpagesize() + allowance
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def pages() -> list[int]:
    """The figures of /proc/self/statm, proc(5): the first is the address space, the sixth the data."""
    return [int(field) for field in Path("/proc/self/statm").read_text(encoding="ascii").split()]
