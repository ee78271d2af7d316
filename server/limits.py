"""How often one client address may ask: a token bucket for each, forgotten when full again.

Programs on this machine are not limited. Behind a proxy set `proxies`, else every client looks like one of them.
"""

import ipaddress
import threading
import time
from collections.abc import Callable


class RateLimit:
    """`rate` queries a second after a first `burst`; a rate of 0 lets everything pass."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self.lock = threading.Lock()
        self.buckets: dict[str, tuple[float, float]] = {}

    def allows(self, address: str) -> bool:
        """Whether this query may run; it is counted when it may.

        >>> limit = RateLimit(rate=1, burst=2, clock=lambda: 0.0)
        >>> [limit.allows("a"), limit.allows("a"), limit.allows("a"), limit.allows("b")]
        [True, True, False, True]
        """
        if not self.rate or is_local(address):
            return True
        with self.lock:
            now = self.clock()
            if len(self.buckets) > 10_000:
                self.forget(now)
            left, then = self.buckets.get(address, (float(self.burst), now))
            left = min(float(self.burst), left + (now - then) * self.rate)
            allowed = left >= 1
            self.buckets[address] = (left - allowed, now)
            return allowed

    def forget(self, now: float) -> None:
        """Drop the addresses whose bucket has filled up."""
        full = self.burst / self.rate
        self.buckets = {a: b for a, b in self.buckets.items() if now - b[1] < full}


def is_local(address: str) -> bool:
    """Whether it is this machine's own.

    >>> is_local("127.0.0.1"), is_local("::1"), is_local("192.0.2.1"), is_local("unknown")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
