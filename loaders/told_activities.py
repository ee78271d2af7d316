"""What a text tells of: sentences about organizations, and list items that name an activity without a verb."""

import re
from collections.abc import Iterator

from loaders.activity_clauses import (
    Activity,
    cited,
    documents,
    label_of,
    noun_before,
    sentences,
    status_of,
    when,
    without_adjunct,
)
from loaders.activity_words import Row, Rows, Words, is_passive, stands_as_verb
from loaders.acts import Act
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import Role, actor_before, funders, is_organization, others, subject, unique
from loaders.triggers import Regex

_WITH_OUTPUT = {"Study", "Reporting", "GuidanceDevelopment", "PublicationActivity", "Review", "Activity"}
_SUGGESTS = Regex(r"\bmay wish to\b|\bshall\b")
_INCLUDES = Regex(r"\b(?:activities|measures|actions|work)\s+(?:\w+\s+)?includ(?:e|es|ed)\s+")
_CLAUSE = Regex(
    r"\s[–-]+\s+|[,;]\s+(?:and\s+|as well as\s+(?:on\s+)?)?(?:related\s+(?=review))?|\band\s+(?=submission|advancing)"
)


def narrated(
    unit: Unit, mentions: list[Mention], acts: list[Act], words: Words, speaker: Thing | None
) -> Iterator[Activity]:
    """What sentences tell, those that hold acts aside; `speaker` is whom "it" means in the first of them."""
    spans = sentences(unit.text)
    if speaker is None and not any(is_organization(m) or m.things[0].path.startswith("treaty/") for m in mentions):
        return
    forms = words.verbs_in(unit.text)
    for begin, end in spans if forms else ():
        if _holds_act(unit.text, begin, end, acts) or _SUGGESTS.search(unit.text, begin, end):
            continue
        verbs = [pair for pair in forms if begin <= pair[0].start() < end and stands_as_verb(*pair, begin, end)]
        actor = actor_before(unit.text, spans, begin, mentions) or speaker
        told: tuple[Role, ...] = ()
        for index, (match, row) in enumerate(verbs):
            stop = verbs[index + 1][0].start() if index + 1 < len(verbs) else end
            role = row.get("role", "hasOrganizer")
            found = subject(unit.text, begin, match.start(), mentions, role, actor)
            doers = found or (tuple((role, thing) for _, thing in told) if match[0].endswith("ing") else ())
            told = found or told
            activity = _told(unit, mentions, match, row, (begin, stop, end), doers, words)
            if doers or _tells_without_doer(unit.text, begin, match, mentions, activity):
                yield activity


def _holds_act(text: str, begin: int, end: int, acts: list[Act]) -> bool:
    """Whether a sentence tells an act alone; "As requested by COP-3, the secretariat drafted …" tells both."""
    told = (act for act in acts if act.start < end and begin < act.end)
    return any(text[act.start : act.start + 3].lower() != "as " for act in told)


_GROUP_MET = Regex(r"\b(?:[Gg]roup|[Cc]ommittee|[Tt]ask [Ff]orce|[Mm]embers|[Pp]arties)\s+met$")
_OF_TREATY = Regex(r"(?:\s+(?:has|have|had|also|already|recently))*\s+$")


def _tells_without_doer(text: str, begin: int, match: re.Match[str], mentions: list[Mention], told: Activity) -> bool:
    """Whether it is told although nobody is named: a dated event in the passive, or a treaty said to act."""
    if told.cls == "Activity" and not any(role == "hasFunder" for role, _ in told.roles):
        return False
    meets = any(m.things[0].path.startswith("meeting/") and begin <= m.start < told.end for m in mentions)
    if told.cls == "Meeting" and _GROUP_MET.search(text, begin, match.end()):
        return bool(told.begins)
    if is_passive(text, begin, match.start()):
        return not meets and bool(told.begins or told.ends or told.roles)
    treaties = [m for m in mentions if begin <= m.start < match.start() and m.things[0].path.startswith("treaty/")]
    return bool(treaties) and bool(_OF_TREATY.fullmatch(text[treaties[-1].end : match.start()]))


def _told(
    unit: Unit,
    mentions: list[Mention],
    match: re.Match[str],
    row: Row,
    place: tuple[int, int, int],
    doers: tuple[Role, ...],
    words: Words,
) -> Activity:
    begin, stop, end = place
    start, before = match.start(), unit.text[begin : match.start()]
    passive = is_passive(unit.text, begin, start)
    about = (
        words.last_type(before[-140:])
        if passive
        else words.type_of(without_adjunct(unit.text[start:stop])[len(match[0]) :][:80])
    )
    cls = row.get("type") or about
    begins, ends = when(unit.text, start, stop)
    if not begins and not ends:
        begins, ends = when(unit.text, begin, start)
    begin_of_roles = begin if passive else start
    roles = (*doers, *others(unit.text, begin_of_roles, stop, mentions), *funders(unit.text, begin, end, mentions))
    return Activity(
        unit.path,
        begin if passive else start,
        stop,
        cls,
        label_of(noun_before(before) + " " + match[0] if passive else unit.text[start:stop]),
        row.get("status") or status_of(before, match[0]),
        "told",
        begins=begins,
        ends=ends,
        roles=unique(roles),
        implements=cited(mentions, begin, end),
        outputs=documents(mentions, start, stop) if cls in _WITH_OUTPUT else (),
    )


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
    for index, (match, row) in enumerate(matches):
        end = matches[index + 1][0].start() if index + 1 < len(matches) else len(unit.text)
        phrase = unit.text[match.start() : end]
        begins, ends = when(unit.text, match.start(), end)
        yield Activity(
            unit.path,
            match.start(),
            end,
            row.get("type") or words.type_of(phrase[:90]),
            label_of(phrase),
            "requested" if decided else "proposed",
            "list item",
            begins=begins,
            ends=ends,
            roles=unique((*others(unit.text, match.start(), end, mentions), *organizers, *chapeau)),
            implements=cited(mentions, 0, len(unit.text)),
            decision=decided[0] if len(decided) == 1 else "",
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
