"""Meetings: those with a name that are told of as events, those that a body sits in, those attended with others."""

from collections.abc import Collection, Iterator

from loaders.activity_clauses import Activity, label_of, when
from loaders.activity_words import Words
from loaders.dates import MONTH, MONTH_NAMES, dates_of
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import Role, is_organization
from loaders.sentences import sentence_at
from loaders.triggers import Regex

_ATTENDS = Regex(
    r"\b(?:attend(?:ed|ing)?|(?:was|were) represented at|participat(?:ed|es|ing) in|took part in|taking part in"
    r"|spoke at|remarks at|(?:hold|holds|held|convene|convened|convenes|host|hosts|hosted) (?:the|its|their))\b[^.;]*$"
)
_IS_HELD = Regex(
    r"[^.;]{0,120}?(?:\b(?:held|convened|scheduled|convene)\s+(?!an?\b|the\b|its\b|two\b|three\b|several\b|series\b)"
    r"|\b(?:took|takes?|taking) place\b|\b(?:was|were|is|are|be|been) (?:\w+ )?(?:held|convened|hosted|scheduled)\b)"
)
_ON_DAYS = Regex(  # "at its sixth session, in Nairobi from 26 February to 1 March 2024"
    r"(?:\s*\([^()]*\))?,?\s+(?:online,?\s+|(?:in|at)\s+(?!\d)[A-Z][^,;.()]{2,40},?\s+(?:[A-Z][^,;.()]{2,30},?\s+)?)?(?:(?:from|on)\s+\d{1,2}\s"
    rf"|in\s+(?:{MONTH_NAMES})\s+\d{{4}})"
)
_DATED = Regex(r"\b(?:in|on|from)\s+[^,;.]{0,24}\d{4}$")  # "GEF Council meeting in June 2020"
_IN_BRACKETS = Regex(rf"(?:\s*\([A-Z][\w-]*\))?\s*\((?:[^()\d]{{0,60}}?,?\s)??(?=\d{{1,2}}[\s–-]|{MONTH})")
_RESPECTIVELY = Regex(r"\brespectively\b")
_HELD_ON = Regex(
    r"[^.;]{0,60}?\b(?:held|took place|takes? place|taking place|convened)\b[^.;]{0,140}?\s"
    r"(?=(?:on|from|between|in)\s+(?:\d|[A-Z][a-z]+\s+\d))"
)
_OPENS = Regex(r"(?:^|[.;]\s+)The\s+$")
_WAS_HELD = Regex(
    r"[^.;]{0,240}?\b(?:(?:was|were|will be|is to be)\s+(?:held|convened|hosted)|(?:took|will take) place)\b"
    r"[^.;]{0,120}?"
    rf"\s*(?=\b(?:on|from|in)\s+(?:the\s+)?(?:\d|{MONTH_NAMES}))"
)
_HOLD = Regex(r"\bhold its\s+$")
_HOLD_ON = Regex(r"(?:\s+in\s+[A-Z]\w+|\s+online)?\s*(?=(?:on|from|in)\s)")
_MEETINGS_OF = Regex(
    r"(?<!third )(?<!first )(?<!second )(?<![\w-])(?:regular\s+|several\s+)?meetings of\s+(?:the\s+)?$"
)


def meetings(unit: Unit, mentions: list[Mention], dated: Collection[str]) -> Iterator[Activity]:
    """Meetings that are told of as events: held, attended, with the dates that are not known; "meetings of" a body."""
    for mention in mentions:
        thing = mention.things[0]
        if len(mention.things) > 1:
            continue
        if not thing.path.startswith("meeting/") and not is_organization(mention):
            continue
        meets = thing.path.startswith("meeting/")
        first = meets and _OPENS.search(unit.text, max(0, mention.start - 40), mention.start)
        opens = first and _WAS_HELD.match(unit.text, mention.end)
        if meets and (opens or _is_event(unit.text, mention)):
            shape = _HOLD_ON if _HOLD.search(unit.text[: mention.start]) else _HELD_ON
            shape = _WAS_HELD if first else shape
            begins, ends = ("", "") if thing.path in dated else _dates(unit, mention, mentions, shape)
            yield Activity(
                unit.path, mention.start, mention.end, "Meeting", "", "", "meeting", thing.path, begins, ends
            )
        elif is_organization(mention) and (
            match := _MEETINGS_OF.search(unit.text, max(0, mention.start - 60), mention.start)
        ):
            label = unit.text[match.start() : mention.end]
            roles = (("hasOrganizer", thing),)
            yield Activity(
                unit.path, match.start(), mention.end, "Meeting", label, "", "meetings of a body", roles=roles
            )


def _dates(unit: Unit, mention: Mention, mentions: list[Mention], shape: Regex) -> tuple[str, str]:
    """When a meeting was held: in the brackets behind it, of several in their order, or as the `shape` finds it."""
    if bracket := _IN_BRACKETS.match(unit.text, mention.end):
        return when(unit, bracket.end(), unit.text.find(")", bracket.end()))
    begin, end = sentence_at(unit.text, mention.start)
    if _RESPECTIVELY.search(unit.text, mention.end, end):
        body = mention.things[0].path.rpartition("-")[0]
        series = [m for m in mentions if begin <= m.start < end and m.things[0].path.rpartition("-")[0] == body]
        days = [date for date in dates_of(unit) if series[-1].end < date.begin < end]
        if len(series) == len(days):
            day = days[series.index(mention)]
            return day.start, day.end
    held = shape.match(unit.text, mention.end)
    return when(unit, held.end(), held.end() + 45) if held else ("", "")


def _is_event(text: str, mention: Mention) -> bool:
    """Whether a meeting is told of as something that is held or attended; "the COP-6 Bureau" names none."""
    if text.startswith(" Bureau", mention.end):
        return False
    if _DATED.search(text, mention.start, mention.end) or _IN_BRACKETS.match(text, mention.end):
        return True
    before = _ATTENDS.search(text[max(0, mention.start - 60) : mention.start])
    return bool(before or _IS_HELD.match(text, mention.end) or _ON_DAYS.match(text, mention.end))


# "The Governing Board, meeting in Geneva from 19 to 22 June, selected …", "Meeting in Brasília in June, the Council …".
_SITTING = Regex(
    r"(?:,\s+|(?:^|(?<=[.;:] )))(?P<meeting>[Mm]eeting)\s+(?:again\s+|jointly\s+|for the \w+ time\s+)?"
    r"(?:with\s+(?:the\s+)?[^,;.]{3,90}?\s+)?(?:(?:online|virtually|by video ?(?:link|conference)|in person),?\s+)?"
    rf"(?:(?:in|at)\s+(?!{MONTH})(?:the\s+)?[A-Z][^;.()0-9]{{2,60}}?,?\s+)?(?:from|on|in)\s+(?=\d|{MONTH})"
)
_LEADS_ON = Regex(r"[^,;.]{3,60},\s+(?:the\s+)?")


def sittings(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """The meetings that are told with a participle; the body that sits is named before it, or behind it."""
    for match in _SITTING.finditer(unit.text) if _MEETING.search(unit.text) else ():
        start = match.start("meeting")
        begins, ends = when(unit, match.end(), match.end() + 45)
        after = _LEADS_ON.match(unit.text, match.end()) if unit.text[start] == "M" else None
        end = after.end() if after else match.end()
        at = [
            m.things[0]
            for m in mentions
            if is_organization(m) and (m.start == end if after else m.end == match.start())
        ]
        if begins or ends:
            roles = tuple(("hasOrganizer", body) for body in at[:1])
            label = label_of(unit.text[start:end])
            yield Activity(unit.path, start, end, "Meeting", label, "", "sitting", "", begins, ends, roles)


_MEETING = Regex(r"\b[Mm]eeting\b")
_TAKES_PART = Regex(r"(?:participat|attend|took part|taking part|contribut)")
_AND_IN = Regex(
    r"(?:,\s+(?:and\s+)?|\s+and\s+|\s+as well as\s+)(?:(?:in|at|to)\s+)?"
    r"(?P<noun>(?:the|an?|two|three|four|five|several|its|their|both|regional)\s+"
    r"(?:(?!of\b|in\b|and\b|the\b|for\b)[\w’-]+\s+){0,6}?(?:meetings?|sessions?|workshops?|webinars?|seminars?"
    r"|side events?|consultations?|conference|symposium|forum)\b(?:(?!\sand\s(?:the|an?|two|its)\b)[^,;.]){0,90})"
)


def also_attended(unit: Unit, told: list[Activity], words: Words) -> Iterator[Activity]:
    """What else somebody took part in: "participated in a meeting of the Committee and the workshop in Lima"."""
    for activity in told:
        if activity.rule != "told" or not _TAKES_PART.match(unit.text, activity.start):
            continue
        roles: tuple[Role, ...] = tuple(role for role in activity.roles if role[0] == "hasParticipant")
        for match in _AND_IN.finditer(unit.text, activity.start, activity.end) if roles else ():
            start, end = match.span("noun")
            if any(start - 5 <= other.start < end for other in told):
                continue
            begins, ends = when(unit, start, end)
            cls, label = words.type_of(match["noun"]), label_of(match["noun"])
            yield Activity(unit.path, start, end, cls, label, activity.status, "told", "", begins, ends, roles)
