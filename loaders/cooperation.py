"""Statements that two or more organizations cooperate, and on what."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.registry import Registry
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import FUNDED, enumerated, organizations
from loaders.sentences import sentences
from loaders.triggers import Regex

# What says that the one before it works with the one behind it.
_TOGETHER = Regex(
    r"(?:\b(?:cooperat|collaborat|coordinat|liais|engag|partner|consult)\w*\s+(?:\w+ly\s+|further\s+)?with"
    r"|\b(?:co-?operation|collaboration|coordination|partnership|consultation|synergies|agreement|engagement)"
    r"(?:\s+(?:and|or)\s+\w+)?\s+with"
    r"|\bwork(?:s|ed|ing)?\s+(?:\w+ly\s+)?(?:together\s+)?with|\bmet with|\bteamed up with"
    r"|\btogether with|\bjointly with)\s+(?:both\s+)?(?:the\s+)?"
    r"(?:(?:secretariats?|experts|members|offices?)\s+of\s+(?:the\s+)?)?$"
)
# What says that the ones behind it work together.
_BETWEEN = Regex(
    r"\b(?:co-?operation|collaboration|coordination|partnership|synergies|memorandum of understanding|joint \w+)"
    r"(?:\s+(?:and|or)\s+\w+)?\s+(?:between|among)\s+(?:the\s+)?$"
)
_JOINED = Regex(
    r"\s+(?:have\s+|has\s+)?(?:also\s+)?(?:jointly|worked together|joined forces|cooperated?|collaborated?)\b"
)
_LONGEST_LEAD = 60  # characters between "with" and a name
_REGARDING = Regex(r"^(?:Regarding|Concerning|As (?:for|regards)|With (?:regard|respect) to)\s+(?:the\s+)?$")
_NOT_PARTNERS = {"PartyGroup", "State", "GoverningBody"}


@dataclass(frozen=True)
class Statement:
    """One statement of cooperation; `parties` are paths of two or more organizations."""

    unit: str
    start: int
    end: int
    parties: tuple[str, ...]


def find_cooperation(registry: Registry, unit: Unit, mentions: list[Mention], home: str) -> Iterator[Statement]:
    """The statements of a unit; `home` is the path of the secretariat that a report without a subject speaks for."""
    own = registry.organization(home.removeprefix("org/")).acts_for if home else ()
    partners = [m for m in organizations(unit.text, mentions) if _may_cooperate(registry, m, own)]
    for begin, end in sentences(unit.text) if partners else ():
        here = [m for m in partners if begin <= m.start < end]
        if not here:
            continue
        yield from _with(unit, here, begin, home)
        yield from _jointly(unit, here)
        yield from _between(unit, here, begin)


def _may_cooperate(registry: Registry, mention: Mention, own: tuple[str, ...]) -> bool:
    """Whether it can be a partner: no State or group, and no organ of the convention that reports."""
    slug = mention.things[0].path.removeprefix("org/")
    if registry.knows("countries", slug):
        return False
    if not registry.knows("organizations", slug):
        return True
    organization = registry.organization(slug)
    organ = organization.cls == "SubsidiaryBody" and organization.acts_for == own
    return organization.cls not in _NOT_PARTNERS and not organ


def _with(unit: Unit, here: list[Mention], begin: int, home: str) -> Iterator[Statement]:
    """ "The secretariat … in cooperation with WHO and ILO": the first organization of the sentence and those."""
    for mention in here:
        lead = unit.text[max(begin, mention.start - _LONGEST_LEAD) : mention.start]
        match = _TOGETHER.search(unit.text[begin : mention.start]) if "with" in lead else None
        if match is None:
            continue
        partners = [m.things[0].path for m in enumerated(unit.text, mention, here)]
        free = [m for m in here if m.start < begin + match.start() and not _is_aside(unit.text[begin : m.start])]
        before = [m.things[0].path for m in free]
        subject = next((path for path in before if path not in partners), home)
        parties = tuple(dict.fromkeys((subject, *partners)))
        if subject and len(parties) > 1:
            yield Statement(unit.path, begin + match.start(), mention.end, parties)


def _is_aside(before: str) -> bool:
    """Whether who stands behind these words of a sentence pays, or is its topic: "Regarding the Fund"."""
    return bool(FUNDED.search(before[-_LONGEST_LEAD:]) or (len(before) < _LONGEST_LEAD and _REGARDING.search(before)))


def _jointly(unit: Unit, here: list[Mention]) -> Iterator[Statement]:
    """ "The secretariats of A and B jointly …": those of the enumeration before the word."""
    told = 0
    for mention in here:
        list_ = enumerated(unit.text, mention, here)
        parties = tuple(dict.fromkeys(m.things[0].path for m in list_))
        if mention.start >= told and len(parties) > 1 and _JOINED.match(unit.text, list_[-1].end):
            told = list_[-1].end
            yield Statement(unit.path, mention.start, list_[-1].end, parties)


def _between(unit: Unit, here: list[Mention], begin: int) -> Iterator[Statement]:
    """ "The cooperation between A and B": those of the enumeration behind the word."""
    for mention in {m.start: m for m in reversed(here)}.values():  # of two at one place the first
        match = _BETWEEN.search(unit.text[begin : mention.start])
        parties = tuple(dict.fromkeys(m.things[0].path for m in enumerated(unit.text, mention, here))) if match else ()
        if match and len(parties) > 1:
            yield Statement(unit.path, begin + match.start(), mention.end, parties)
