"""Whom those act for who are named by their office: the Executive Secretary for the secretariat."""

from dataclasses import dataclass

from graph.registry import Registry
from loaders.findings import Mention, Thing
from loaders.triggers import Regex

_OFFICER = Regex(r"\b(?:Deputy |Co-)?Executive Secretary\b(?P<of>\s+of\s+(?:the\s+)?)?")
_GOVERNED = Regex(r"\b(?:of|by|with|from|to|for|between|through|under|and)\s+(?:the\s+)?$")


@dataclass(frozen=True)
class Officers:
    """Those of one document, whose own regime is `home`."""

    registry: Registry
    home: str

    def acting(self, text: str, begin: int, end: int, mentions: list[Mention]) -> Thing | None:
        """The secretariat whose Executive Secretary is the subject of a clause: of the treaties named, else the own."""
        officer = _OFFICER.search(text, begin, end)
        if officer is None or _GOVERNED.search(text, begin, officer.start()):
            return None
        regimes = {self._regime(m) for m in mentions if officer["of"] and m.start == officer.end()} or {self.home}
        parents = {self.registry.regime(regime).parent or "" for regime in regimes if regime}
        regime = regimes.pop() if len(regimes) == 1 else parents.pop() if len(parents) == 1 else ""
        slug = self.registry.secretariat_of(regime)
        return Thing(f"org/{slug}") if slug else None

    def _regime(self, mention: Mention) -> str:
        """The regime of a treaty that is mentioned; empty for anything else."""
        kind, _, slug = mention.things[0].path.partition("/")
        return self.registry.treaty(slug).regime or "" if kind == "treaty" and "/" not in slug else ""
