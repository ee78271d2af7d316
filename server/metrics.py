"""Counters of this process in the Prometheus text format."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)


class Metrics:
    """Requests by area and status, and how long they took."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: Counter[tuple[str, int]] = Counter()
        self.durations: Counter[tuple[str, float]] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.cached: Counter[str] = Counter(query=0, request=0)

    def observe(self, area: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self.lock:
            self.requests[area, status] += 1
            self.seconds[area] += seconds
            for bucket in BUCKETS:
                if seconds <= bucket:
                    self.durations[area, bucket] += 1

    def count_cached(self, known: str) -> None:
        """Count an answer from memory, where the `query` was known or the whole `request`."""
        with self.lock:
            self.cached[known] += 1

    def text(self, ended: Mapping[str, int], waiting: int, version: str) -> str:
        """The exposition, with what the pool tells about its workers."""
        with self.lock:
            lines = [*self.request_lines(), *self.duration_lines()]
        cached = [(f'{{known="{known}"}}', number) for known, number in sorted(self.cached.items())]
        lines += sample_lines("meagraph_cached_answers_total", "counter", cached)
        causes = [(f'{{cause="{cause}"}}', number) for cause, number in sorted(ended.items())]
        lines += sample_lines("meagraph_workers_ended_total", "counter", causes)
        lines += sample_lines("meagraph_queries_waiting", "gauge", [("", waiting)])
        lines += sample_lines("meagraph_version_info", "gauge", [(f'{{version="{version}"}}', 1)])
        return "\n".join(lines) + "\n"

    def request_lines(self) -> list[str]:
        """Requests by area and status."""
        samples = [(f'{{area="{a}",status="{s}"}}', n) for (a, s), n in sorted(self.requests.items())]
        return sample_lines("meagraph_requests_total", "counter", samples)

    def duration_lines(self) -> Iterator[str]:
        """One histogram for each area."""
        name = "meagraph_request_seconds"
        yield f"# TYPE {name} histogram"
        for area in sorted(self.seconds):
            total = sum(number for (where, _), number in self.requests.items() if where == area)
            for bucket in BUCKETS:
                yield f'{name}_bucket{{area="{area}",le="{bucket}"}} {self.durations[area, bucket]}'
            yield f'{name}_bucket{{area="{area}",le="+Inf"}} {total}'
            yield f'{name}_sum{{area="{area}"}} {self.seconds[area]:.6f}'
            yield f'{name}_count{{area="{area}"}} {total}'


def sample_lines(name: str, kind: str, samples: list[tuple[str, int]]) -> list[str]:
    """The type line and one line for each sample."""
    return [f"# TYPE {name} {kind}", *(f"{name}{labels} {number}" for labels, number in samples)]
