"""What the blueprints share. It is made once in `create_app` and travels with the application."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from server.answers import Body
from server.evaluation.pool import Pool
from server.examples import Example
from server.limits import RateLimit
from server.metrics import Metrics
from server.recent import Recent
from server.settings import Settings
from server.writing.commits import Commits

if TYPE_CHECKING:
    from graph.store import Store
    from server.links import Links


@dataclass(frozen=True)
class Services:
    """The parts that requests work with."""

    store: "Store"
    pool: Pool
    settings: Settings
    cache: Recent[Body]
    metrics: Metrics
    rate: RateLimit
    examples: dict[str, Example]
    commits: Commits | None
    links: "Links"


def services() -> Services:
    """Those of the application that handles this request."""
    return cast(Services, current_app.extensions["meagraph"])
