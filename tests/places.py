"""What the tests of the loaders share: a text on its own, read and analysed."""

from collections.abc import Callable
from dataclasses import dataclass

from loaders import plaintext
from loaders.activity_clauses import Activity
from loaders.acts import Act
from loaders.analysis import Analysis
from loaders.document import Document, DocumentInfo, Unit
from loaders.findings import Mention
from loaders.structure import structure


def read(text: str, **facts: str) -> Document:
    """A text as the document of a manifest row with these facts."""
    return structure(DocumentInfo("note.txt", "note", **facts), plaintext.read(text))


def labels(document: Document, *kinds: str) -> list[str]:
    """The labels of the units, of these kinds if any are given, in reading order."""
    return [unit.label for unit in document.units if not kinds or unit.kind in kinds]


def by_label(document: Document, label: str) -> Unit:
    """The first unit with a label."""
    return next(unit for unit in document.units if unit.label == label)


Analyse = Callable[..., Analysis]


@dataclass(frozen=True)
class Place:
    """One unit of an analysis and what was found in it."""

    analysis: Analysis
    unit: Unit

    @property
    def mentions(self) -> list[Mention]:
        return self.analysis.mentions[self.unit.path]

    @property
    def acts(self) -> list[Act]:
        return self.analysis.acts.get(self.unit.path, [])

    @property
    def activities(self) -> list[Activity]:
        return [activity for activity in self.analysis.activities if activity.unit == self.unit.path]

    def surface(self, mention: Mention) -> str:
        """The words of a mention."""
        return self.unit.text[mention.start : mention.end]

    def named(self, below: str = "") -> list[tuple[str, str, str]]:
        """(words, path, resolution) of every mention of one thing below a path such as `org/`."""
        return [
            (self.surface(m), m.things[0].path, m.resolution)
            for m in self.mentions
            if len(m.things) == 1 and m.things[0].path.startswith(below)
        ]

    def paths(self, below: str = "") -> list[str]:
        """The paths of the things mentioned, each once, in order."""
        return list(dict.fromkeys(path for _, path, _ in self.named(below)))


def only(found: list[Activity]) -> Activity:
    """The one activity there is; fails when there are none or several."""
    assert len(found) == 1, found
    return found[0]


MINAMATA = {"meeting": "minamata-cop-5", "publisher": "minamata-secretariat"}
Paragraph = Callable[..., Place]
