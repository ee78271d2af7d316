"""What lists tell: the clauses of list items, the members of a list within a sentence, and whose plan it spells out."""

import re
from collections.abc import Iterator

from loaders.activity_clauses import Activity, cited, label_of, when
from loaders.activity_words import Row, Rows, Words
from loaders.document import Unit
from loaders.findings import Mention
from loaders.noun_phrases import head_of
from loaders.participants import Role, funders, organizations, others, partners_before, unique
from loaders.triggers import Regex

_INCLUDES = Regex(
    r"\b(?:activities|measures|actions|work|programme of work\b[^.;:]{0,90}?|work ?plan\b[^.;:]{0,90}?)"
    r"\s+(?:\w+\s+)?includ(?:e|es|ed)\s+"
)
_CLAUSE = Regex(
    r"\s[–-]+\s+|[,;]\s+(?:and\s+|as well as\s+(?:on\s+)?)?(?:related\s+(?=review))?|\band\s+(?=submission|advancing)"
)


def of_country(unit: Unit, mentions: list[Mention], above: str, words: Words) -> Iterator[Activity]:
    """ "Benin: strengthening the mercury unit ($249,000), executed by …", in a list of projects or the like."""
    lead = _LEAD.match(unit.text)
    here = [m for m in organizations(unit.text, mentions, 0, lead.end()) if m.rule == "name"] if lead else []
    if not lead or not here or _NOT_COUNTRY.search(_without(unit.text[: lead.end()], here)):
        return
    cls = words.type_of(above.rpartition(". ")[2])
    if cls not in ("Project", "Training", "Workshop", "Study"):
        return
    end = len(unit.text)
    begins, ends = when(unit, lead.end(), end)
    paid = funders(unit.text, lead.end(), end, mentions)
    roles = (*others(unit.text, lead.end(), end, mentions), *paid, *(("hasBeneficiary", m.things[0]) for m in here))
    label = f"{unit.text[: lead.end()].rstrip(': ')}: {label_of(unit.text[lead.end() :])}"
    yield Activity(unit.path, 0, end, cls, label, "", "item of a country", "", begins, ends, unique(roles))


def _without(lead: str, mentions: list[Mention]) -> str:
    """What stands in a lead beside the names in it."""
    for mention in reversed(mentions):
        lead = lead[: mention.start] + lead[mention.end :]
    return lead


_LEAD = Regex(r"[A-Z][^:;.()]{2,80}:\s+")
_NOT_COUNTRY = Regex(r"\b(?!and\b)\w")


def listed(
    unit: Unit, mentions: list[Mention], starts: list[int], chapeau: tuple[Role, ...], words: Words
) -> Iterator[Activity]:
    """What the clauses of a list item name: "Submission of information …, and review of the report"."""
    rows = words.nominal.of(unit.text) if starts else ()
    matches = [found for at in starts if (found := _nominal_at(unit.text, at, rows))] if rows else []
    if not matches:
        return
    decided = [m.things[0].path for m in mentions if m.things[0].path.startswith("decision/")]
    organizers = [role for role in others(unit.text, 0, len(unit.text), mentions) if role[0] == "hasOrganizer"]
    joint = partners_before(unit.text, 0, matches[0][0].start(), mentions) if matches else ()
    for index, (match, row) in enumerate(matches):
        end = matches[index + 1][0].start() if index + 1 < len(matches) else len(unit.text)
        phrase = unit.text[match.start() : end]
        begins, ends = when(unit, match.start(), end)
        if not (begins or ends):  # "By 30 April 2026, information on …"
            begins, ends = when(unit, 0, matches[0][0].start())
        yield Activity(
            unit.path,
            match.start(),
            end,
            row.get("type") or words.type_of(phrase[:90]),
            label_of(phrase),
            "requested" if decided else "completed" if _DONE.match(unit.text) else "proposed",
            "list item",
            begins=begins,
            ends=ends,
            roles=unique((*others(unit.text, match.start(), end, mentions), *organizers, *joint, *chapeau)),
            implements=cited(mentions, 0, len(unit.text)),
            decision=decided[0] if len(decided) == 1 else "",
        )


_DONE = Regex(r"(?:Held|Begun|Taken|Given|[A-Z]\w+ed)\b")  # "Organized, with UNEP, a webinar"


def included(unit: Unit, mentions: list[Mention], above: str, words: Words) -> Iterator[Activity]:
    """What a list item is when the words above it say so: "Activities will include:" and "(a) A pilot project on …"."""
    if not _INCLUDED.search(above):
        return
    begins, ends = when(unit, 0, len(unit.text))
    roles = unique((*others(unit.text, 0, len(unit.text), mentions), *funders(unit.text, 0, len(unit.text), mentions)))
    cls = words.type_of(head_of(unit.text)[:90])
    cls = words.type_of(unit.text[:90]) if cls == "Activity" else cls
    yield Activity(
        unit.path, 0, len(unit.text), cls, label_of(unit.text), "planned", "included", "", begins, ends, roles,
        cited(mentions, 0, len(unit.text)),
    )  # fmt: skip


_INCLUDED = Regex(
    r"\b(?:following|planned)\s+(?:[\w-]+\s+)?(?:activities|projects|events)\s*:\s*$|"
    r"\b(?:activities|projects|events|actions)\b[^.;:]*\binclud(?:e|es|ed|ing)(?:,[^,:]*,)?\s*:\s*$",
    re.IGNORECASE,
)


def _nominal_at(text: str, at: int, rows: Rows) -> tuple[re.Match[str], Row] | None:
    return next(((match, row) for regex, row in rows if (match := regex.match(text, at))), None)


def item_clauses(text: str) -> list[int]:
    """Where a clause of a list item may begin: at its head, behind a dash, and behind each comma."""
    return [0, *(match.end() for match in _CLAUSE.finditer(text))]


def inline_list(text: str) -> list[int]:
    """Where the members of a list begin that a sentence of activities spells out, parted by semicolons."""
    match = _INCLUDES.search(text)
    if match is None or text.count(";") < 2:
        return []
    return [match.end(), *(m.end() for m in re.finditer(r";\s+(?:and\s+)?", text) if m.start() > match.end())]


def planners(text: str, mentions: list[Mention], starts: list[int]) -> tuple[Role, ...]:
    """Whose programme or plan it is that an inline list spells out."""
    here = organizations(text, mentions, 0, starts[0]) if starts else []
    return tuple(("hasOrganizer", mention.things[0]) for mention in here if _PLAN.search(text, 0, mention.start))


_PLAN = Regex(r"\b(?:programme of work|work ?plan)\b")
