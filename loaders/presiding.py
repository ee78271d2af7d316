"""Who presides over what: "chaired by Ms. Doe (Peru)", "the co-chairs of the Group, …", "was elected Chair of …"."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from loaders.document import Unit
from loaders.findings import Mention
from loaders.triggers import Regex

_TITLES = r"(?:(?:Mr|Ms|Mrs|Dr|Prof|H\.E)\.?\s+)*"
_OFFICE = (
    r"(?P<office>(?:[Vv]ice-|[Cc]o-)?(?:[Cc]hair(?:s|person|persons|man|woman)?|[Pp]residents?)|[Rr]apporteurs?"
    r"|[Ff]acilitators?|[Cc]o-[Ff]acilitators?)"
)
_HOUSE = r"(?:\s*\([^()]{2,80}\))?(?:,?\s+(?:of|from)\s+[^;()]{3,110}?)??"
_AND_PERSON = Regex(rf"{_HOUSE}(?:,\s+(?:and\s+)?|\s+and\s+){_TITLES}")
_BY = Regex(
    r"(?:,|\s+and|,?\s+(?:which|that|and|under))?\s*(?:(?:was|were|is|are|has been|had been)\s+)?"
    rf"(?P<verb>(?:co-?)?chaired|presided over)\s+by\s+{_TITLES}$"
)
_OFFICERS_OF = Regex(rf"\b{_OFFICE}\s+of\s+(?:the\s+)?$")
_APPOSED = Regex(rf"(?:\s*\([^()]*\))?,\s+{_TITLES}")
_BECAME = Regex(
    rf"{_HOUSE},?\s+(?:(?:was|were|has been|have been|had been|is|are)\s+(?:also\s+)?(?:re-?)?"
    rf"(?:elected|appointed|named|designated)|served|serves|serve|acted|acts?)\s+(?:as\s+)?(?:the\s+)?{_OFFICE}\s+"
    r"(?P<of>of\s+(?:the\s+|its\s+)?)?"
)
_AS = Regex(rf"{_HOUSE},?\s+as\s+(?:the\s+|its\s+)?{_OFFICE}\b")  # "a group, with Ms. Doe (Peru) as Chair"
_AS_OF = Regex(rf"{_HOUSE},?\s+as\s+(?:the\s+|its\s+)?{_OFFICE}\s+(?P<of>of\s+(?:the\s+)?)")
_OF_A_GROUP = Regex(rf"\ban?\s+(?:[\w-]+\s+){{0,3}}(?:group|committee|panel|team|board)\b[^.;]*,\s+with\s+{_TITLES}$")
_NAMED_OFFICES = (
    ("vice-president", "Vice-President"), ("vice-chair", "Vice-Chair"), ("co-facilitator", "Co-facilitator"),
    ("co", "Co-chair"), ("president", "President"), ("presided", "President"), ("rapporteur", "Rapporteur"),
    ("facilitator", "Facilitator"), ("chair", "Chair"),
)  # fmt: skip
_LONGEST_LEAD = 260


class Office(NamedTuple):
    """What somebody presides over, as what; `organization` is a path, empty for one that the text does not name."""

    organization: str
    role: str


def offices(
    unit: Unit, spans: Sequence[tuple[int, int]], mentions: list[Mention], is_body: Callable[[str], bool]
) -> dict[int, Office]:
    """The offices of the persons whose names stand at the spans, by where each name begins."""
    bodies = [m for m in mentions if len(m.things) == 1 and is_body(m.things[0].path)]
    found: dict[int, Office] = {}
    for group in _groups(unit.text, spans):
        begin, end = group[0][0], group[-1][1]
        office = _before(unit.text, begin, bodies) or _behind(unit.text, end, bodies) or _beside(unit.text, begin, end)
        if office:
            found |= {start: office for start, _ in group}
    return found


def _groups(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Names that a list joins: "Ms. Doe (Peru) and Mr. Roe, of UNEP"."""
    group: list[tuple[int, int]] = []
    for span in spans:
        if group and not _AND_PERSON.fullmatch(text, group[-1][1], span[0]):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _before(text: str, at: int, bodies: list[Mention]) -> Office | None:
    """The office that stands before the names: "the Group, co-chaired by", "the co-chairs of the Group,"."""
    for body in reversed([m for m in bodies if at - _LONGEST_LEAD < m.start and m.end <= at]):
        path = body.things[0].path
        if by := _BY.fullmatch(text, body.end, at):
            return Office(path, _named(by["verb"]))
        officers = _OFFICERS_OF.search(text, max(0, body.start - 60), body.start)
        if officers and _APPOSED.fullmatch(text, body.end, at):
            return Office(path, _named(officers["office"]))
    return None


def _behind(text: str, at: int, bodies: list[Mention]) -> Office | None:
    """The office that somebody is elected to: "was elected President of the Conference", "served as co-chairs of …"."""
    became = _BECAME.match(text, at) or _AS_OF.match(text, at)
    if not became or not became["of"]:
        return None
    behind_of = range(became.start("of") + len("of "), became.end() + 1)  # "the Group" has its article
    body = next((m.things[0].path for m in bodies if m.start in behind_of), "")
    return Office(body, _named(became["office"]))


def _beside(text: str, begin: int, end: int) -> Office | None:
    """The office in a body that the text has no name for: "ten experts, with Ms. Doe (Peru) as Chair"."""
    as_ = _AS.match(text, end)
    group = _OF_A_GROUP.search(text, max(0, begin - _LONGEST_LEAD), begin) if as_ else None
    return Office("", _named(as_["office"])) if as_ and group else None


def _named(words: str) -> str:
    return next(name for start, name in _NAMED_OFFICES if words.casefold().startswith(start))
