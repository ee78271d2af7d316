"""What was found in a paragraph and which rule made each finding, for people who improve the rules."""

from dataclasses import dataclass
from typing import Any

from loaders.analysis import Analysis
from loaders.document import Unit
from loaders.errors import LoadError
from loaders.findings import Mention


@dataclass(frozen=True)
class Explained:
    """One unit: its place, its text with the findings marked, and a line per finding."""

    place: str
    text: str
    findings: tuple[str, ...]

    def lines(self) -> list[str]:
        """The unit as lines of text."""
        return [f"{self.place}", f"  {self.text}", *(f"    {line}" for line in self.findings), ""]

    def data(self) -> dict[str, Any]:
        """The unit as data, for JSON."""
        return {"place": self.place, "text": self.text, "findings": list(self.findings)}


def explain(analysis: Analysis, place: str | None = None) -> list[Explained]:
    """The units of a document with their findings; with `place`, a printed label such as `26`, only that one.

    Raises LoadError when no unit has that label.
    """
    units = [unit for unit in analysis.document.units if place in (None, unit.label, unit.path)]
    if not units:
        raise LoadError(f"{analysis.document.info.file}: no place is labelled {place!r}")
    return [_explained(analysis, unit) for unit in units]


def _explained(analysis: Analysis, unit: Unit) -> Explained:
    mentions = analysis.mentions[unit.path]
    lines = [_mention_line(number, unit, mention) for number, mention in enumerate(mentions, 1)]
    for act in analysis.acts.get(unit.path, []):
        who = ", ".join(thing.path for thing in act.addressees) or "nobody"
        words = [text for _, _, text in (("", "", act.due_text), *act.also_due) if text]
        due = f", due {', '.join(words)}" if words else ""
        lines.append(f"act {act.type} by {act.issuer or 'nobody'} to {who}{due}  [verb {act.verb_phrase!r}]")
    for activity in analysis.activities:
        if activity.unit == unit.path:
            roles = ", ".join(f"{role} {thing.path}" for role, thing in activity.roles)
            lines.append(f"activity {activity.cls} {activity.label or activity.slug!r}: {roles}  [{activity.rule}]")
    for statement in analysis.cooperation:
        if statement.unit == unit.path:
            lines.append(f"cooperation of {', '.join(statement.parties)}")
    for flow in analysis.flows:
        if flow.unit == unit.path:
            lines.append(f"money {flow.amount} {flow.currency}, {flow.status or 'no status'}, from {flow.payer or '?'}")
    return Explained(unit.label, marked(unit.text, mentions), tuple(lines))


def _mention_line(number: int, unit: Unit, mention: Mention) -> str:
    surface = unit.text[mention.start : mention.end]
    target = " or ".join(thing.identifier or thing.path for thing in mention.things)
    return f"{number} {surface!r} -> {target} ({mention.resolution})  [{mention.rule}]"


def marked(text: str, mentions: list[Mention]) -> str:
    """The text with each mention in brackets and its number behind.

    >>> marked("See decision MC-3/11.", [Mention(4, 20, (), "Explicit", "minamata")])
    'See [decision MC-3/11]1.'
    """
    pieces, at = [], 0
    for number, mention in enumerate(mentions, 1):
        if mention.start >= at:
            pieces += [text[at : mention.start], f"[{text[mention.start : mention.end]}]{number}"]
            at = mention.end
        else:
            pieces.append(f"{number}")
    return "".join([*pieces, text[at:]])
