"""What is raised when a request cannot be fulfilled: RefusedError in other processes, QueryError in the web process."""

from collections.abc import Mapping
from typing import Any


class RefusedError(Exception):
    """`kind` is a key of `problems.FAILURES`; `more` are further members of the problem document."""

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, more

    def message(self) -> dict[str, Any]:
        """As it travels between processes."""
        return {"failure": self.kind, "detail": self.detail, "more": self.more}


class QueryError(Exception):
    """`kind` is a key of `problems.FAILURES`; `place` holds line and column of a syntax error, `more` whatever else."""

    def __init__(
        self, kind: str, detail: str = "", place: Mapping[str, int] | None = None, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail, self.place, self.more = kind, detail, place or {}, more or {}


class RetiredError(Exception):
    """The worker left before it took the query; another one will."""
