"""A version in memory, as workers use it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from server.evaluation.keywords import names_graphs
from server.evaluation.search import Index

if TYPE_CHECKING:
    from graph.store import Version


@dataclass(frozen=True)
class Loaded:
    """`whole` has the named graphs and their union as its default graph; `union` has the union only.

    The engine keeps one list of statements for each subject, predicate and object over all graphs. A query that asks
    for no graph by name therefore runs about twice as fast on the union alone.
    """

    whole: ox.Store
    union: ox.Store
    index: Index

    def suits(self, query: str) -> ox.Store:
        """The smaller of the two that gives the same answer."""
        return self.whole if names_graphs(query) else self.union


def load(version: "Version") -> Loaded:
    """The version from its files."""
    whole, union = version.open(), ox.Store()
    union.bulk_load(path=str(version.path / "union.nt"), format=ox.RdfFormat.N_TRIPLES)
    return Loaded(whole, union, Index(union))
