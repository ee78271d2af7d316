"""What is told although nobody known does it: events in the passive, groups that met, treaties said to act."""

import re

from loaders.activity_clauses import Activity
from loaders.findings import Mention
from loaders.triggers import Regex

_GROUP_MET = Regex(
    r"\b(?:[Gg]roup|[Cc]ommittee|[Pp]anel|[Ff]ocal [Pp]oints|[Pp]rogramme|[Nn]etwork|[Aa]lliance|[Ii]nitiative"
    r"|[Tt]ask [Ff]orce|[Mm]embers|[Pp]artners|[Pp]arties|[Ss]ecretaries|[Bb]ureaux?|[Bb]oard|[Hh]eads"
    r"|[Ss]ecretariats|[Cc]o-[Cc]hairs|[Ee]xperts|[Tt]eams?|Secretary|Director(?:-General)?|Chair|President|Officer|Minister"
    r"|(?:Director|Secretary|Secretary-General|Director-General|Chair|President|Minister) of [^,;.]{3,80}"
    r"|(?:Mr|Ms|Dr)\.? [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3},?)"
    r"(?:\s+(?:of|from|(?:appoint|nominat|establish|select)ed by)\s[^,;:]{2,60})?(?:,[^;:]*[,)],?)?"
    r"(?:,\s+which)?\s+(?:has\s+|have\s+|had\s+|will\s+|is\s+to\s+)?(?P<verb>met|convened?|held|hold)$"
)
# Somebody without a name: "The centre in Brazil, hosted by CETESB, trained …", "In Lima, two staff members held …".
_SOMEBODY = Regex(
    r"(?:[A-Z][^.;:]{3,60},\s+)?(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ome|[Ss]everal)\s+"
    r"|(?=(?:[Pp]artners|[Ee]xperts|[Mm]embers|[Ss]taff|[Oo]fficials|[Ss]cientists|[Rr]esearchers|[Pp]articipants)\b))"
    r"(?:(?!\b(?:and|which|that|who|was|were|is|are|has|had|have)\b)[^,;:.]){3,60}(?:,[^,;:.]{3,80}(?:\([^()]+\))?,)?\s+"
    r"(?:has\s+|have\s+|had\s+|also\s+|then\s+|jointly\s+)*"
)
_EVENTS = ("Meeting", "Review", "Study", "Training", "Webinar", "Workshop")
_THINGS_MADE = (*_EVENTS, "GuidanceDevelopment", "Project", "PublicationActivity")
_WISHED = Regex(r"\b(?:ensures?|ensured|ensuring|hopes?|expects?|so) that\b")
_IMPERSONAL = Regex(r"It (?:is|was|has been)\s+(?:\w+ly\s+|also\s+)?")
_OF_TREATY = Regex(r"(?:\s+(?:has|have|had|also|already|recently))*\s+$")


def tells_without_doer(
    text: str, begin: int, match: re.Match[str], mentions: list[Mention], told: Activity, passive: bool
) -> bool:
    """Whether it is told although nobody is named: an event or a product in the passive, or a treaty said to act."""
    dated = (told.begins or told.ends) and not text.startswith(" that", match.end())
    if passive and not dated and _IMPERSONAL.fullmatch(text, begin, match.start()):
        return False
    begun = passive and len(told.begins or told.ends) > 4
    if told.cls == "Activity" and not begun and not any(role == "hasFunder" for role, _ in told.roles):
        return False
    meets = any(m.things[0].path.startswith("meeting/") and begin <= m.start < told.end for m in mentions)
    if told.cls == "Meeting" and (group := _GROUP_MET.search(text, begin, match.end())):
        return bool(told.begins) or group["verb"] != "met"
    if passive:
        made = told.cls in _THINGS_MADE and match[0] != "established"  # as centres for training are
        made = made and not _WISHED.search(text, begin, match.start())
        return not meets and bool(told.begins or told.ends or told.roles or made)
    funded = any(role == "hasFunder" for role, _ in told.roles)
    if (
        told.cls in _EVENTS
        and (funded or len(told.begins or told.ends) > 4)
        and _SOMEBODY.fullmatch(text, begin, match.start())
    ):
        return True
    return _is_said_of_treaty(text, begin, match.start(), mentions)


def may_lack_doer(text: str, begin: int, match: re.Match[str], mentions: list[Mention]) -> bool:
    """Whether a verb in the active stands behind a group that met or a treaty."""
    of_treaty = _is_said_of_treaty(text, begin, match.start(), mentions)
    met = _GROUP_MET.search(text, begin, match.end())
    return of_treaty or met is not None or _SOMEBODY.fullmatch(text, begin, match.start()) is not None


def _is_said_of_treaty(text: str, begin: int, verb: int, mentions: list[Mention]) -> bool:
    """Whether a verb follows the name of a treaty."""
    treaties = [m for m in mentions if begin <= m.start < verb and m.things[0].path.startswith("treaty/")]
    return bool(treaties) and bool(_OF_TREATY.fullmatch(text[treaties[-1].end : verb]))
