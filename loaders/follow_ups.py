"""What a later sentence adds to an activity: "It was hosted by Ghana.", "Norway financed the workshop."."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.activity_clauses import Activity
from loaders.activity_words import EVENTS
from loaders.findings import Mention
from loaders.participants import OF_GOVERNMENTS, Role, enumerated, funders, organizations, others, unique
from loaders.sentences import sentences
from loaders.triggers import Regex

_FUNDER = ("fund", "fina", "paid", "spon", "prov", "cont", "gran", "gave")
_ORGANIZER = ("orga", "cond", "carr", "exec", "impl")
_ROLES = {"host": "hasHost"} | dict.fromkeys(_FUNDER, "hasFunder") | dict.fromkeys(_ORGANIZER, "hasOrganizer")
_VERB = (
    r"(?P<verb>(?:co-)?(?:hosted|funded|financed|paid for|sponsored|supported|organi[sz]ed|facilitated|led|moderated"
    r"|implemented|executed|conducted|carried out))"
)
_WHAT = (
    r"(?:[Ii]t|[Tt]hey|[Bb]oth|[Tt]hem|[Tt]his|[Tt]hese"
    r"|[Tt]he (?:[\w-]+ ){0,2}?(?P<noun>workshops?|webinars?|meetings?|sessions?|trainings?|courses?"
    r"|projects?|pilots?|stud(?:y|ies)|surveys?|reviews?|consultations?|events?|conference|forum|exercise|fair|mission|tour"
    r"|campaign|guide|manual|hand ?book|booklet|dialogue|round-?table|seminars?|summary|reports?|guidance))"
)
_BY = Regex(rf"\b{_VERB}(?:\s+(?:\w+ly|and \w+))?\s+by\s+{OF_GOVERNMENTS}")
_PASSIVE = Regex(
    rf"{_WHAT}\s+(?:was|were|is|are|has been|have been|had been|will be)\s+(?:(?:\w+ly|both|also)\s+)?"
    rf"(?:{_VERB}|prepared|developed|drafted|held|compiled)"
    r"(?:\s+(?:\w+ly|and \w+))?\s+(?:by|with|in (?:co-?operation|collaboration|partnership) with)\s"
)
_HAS = r"(?:\s*\([A-Z][\w-]*\))?\s+(?:(?:has|have|had|is|are|was|were|will|also|both|kindly|\w+ly|agreed\s+to)\s+)*"
_PAID = Regex(  # "Sweden met the costs.", "Norway covered the cost of both.", "Japan paid for interpretation."
    rf"{_HAS}(?:(?:pa(?:ys|ying|id|y)\s+for\s+(?:it|them|this|both|(?:the\s+)?(?:interpret|translat|travel|participat|venue|cater|work"
    r"|print|train)\w*)\b)"
    r"|(?:pa(?:ys|id|y)|me(?:t|ets?|eting)|b(?:ore|ears?|earing)|cover(?:s|ed|ing)?|shar(?:es|ed))\s+(?:half\s+of\s+|part\s+of\s+|most\s+of\s+|all\s+)?"
    r"(?:(?:the|its|their|all)\s+(?:travel\s+)?(?:costs?|expenses)\b(?!\s+of\s+(?!(?:both|it|them|the\s+(?:venue|travel))\b))"
    r"|(?:the\s+)?(?:travel|participation|interpretation|catering)\b)"
    r"|provid(?:es|ed|ing|e)\s+(?:the\s+|all\s+the\s+)?(?:necessary\s+)?(?:funds|funding|financing|money|grant)\b(?!\s+for\b))"
)
_HOSTED = Regex(
    rf"{_HAS}(?:(?:our|the)\s+hosts?\b|act(?:s|ed|ing)?\s+as\s+host|(?:provid|offer)\w*\s+the\s+(?:premises|venue|rooms?)|made\s+the\s+venue)\b"
)
_HELPED = Regex(  # "UNITAR provided the platform.", "WHO contributed two sessions."
    rf"{_HAS}(?:(?:provid|contribut|suppl|lend|lent|supplied)\w*\s+(?:the\s+|an?\s+|its\s+|their\s+|two\s+|three\s+|some\s+|one\s+)?(?:of\s+the\s+)?"
    r"(?:\w+\s+)?(?:platform|trainers?|speakers?|experts?|interpreters?|laborator(?:y|ies)|sessions?|materials?|equipment|data"
    r"|tanks?|chapters?|instructors?|lecturers?|moderators?|resource\s+persons?|technical\s+(?:support|advice|inputs?|assistance))\b"
    r"|(?:the\s+|an?\s+)?(?:(?:executing|implementing|lead|local|technical)\s+)?(?:partner|agency)"
    r"|moderat(?:es|ed|ing)\s+(?:it|them|both|the\s+(?:sessions?|discussions?|event)))\b(?!\s+(?:to|for)\s+(?!(?:it|them|this|the\s+event)\b))"
)
_GIVES = Regex(  # "GEF provides $5.4 million.", with nothing said of what for
    rf"{_HAS}(?:provid|contribut|pledg|grant|allocat|g[ai]v|ma[dk]e)\w*\s+(?:an?\s+|the\s+|up\s+to\s+|about\s+|some\s+)*"
    r"(?:(?:grant|co-financing|contribution|further|sum|total)\s+(?:of\s+)?)?"
    r"(?:(?:US|A|C|NZ)?[$€£¥]\s?\d|[A-Z]{3}\s?\d|\d[\d,.]*\s+(?:million\s+)?(?:\w+\s+){0,2}(?:dollars|euros?|francs|kron\w+|yen|pounds))"
    r"[\d,.]*(?:\s+million)?(?:\s+(?:\w+\s+){0,2}(?:dollars|euros?|francs|kron\w+|yen|pounds))?(?:\s*\([^()]*\))?"
    r"(?=\s*(?:[.;,]|\Z|\s(?:and|while)\s)|\s+for\s+the\s+(?:project|event|workshop|training|study)\b)"
)
_COSTS = Regex(  # "Funding was provided by Sweden.", "The costs were met by Japan."
    r"(?:[Tt]he\s+)?(?:[Cc]osts?|[Ee]xpenses|[Ff]unding|[Ff]unds|[Ff]inanc(?:ing|ial support))"
    r"(?:\s+for\s+(?:it|them|both|this))?\s+(?:was|were|came|is|are|has been|have been)\s+"
    r"(?:(?:\w+ly\s+)?(?:met|covered|borne|provided|received|made available)\s+)?"
    rf"(?:by|from)\s+{OF_GOVERNMENTS}"
)
_GAVE = Regex(  # "The European Union provided 180,000 euros for the event."
    r"\s+(?:\w+ly\s+|also\s+)?(?P<verb>provided|contributed|granted|paid|gave)\s[^.;]{0,60}?\d[^.;]{0,40}?"
    rf"\s(?:for|to|towards)\s+(?:{_WHAT}\b|(?:its|their|the)\s+costs?\b|the\s+(?:series|participation\b))"
)
_SUPPORTED = Regex(
    rf"\b(?:{_VERB}|Funded|Financed|Hosted|Supported|(?:provid|contribut|grant|pledg|allocat|suppl|moderat)\w+|paid|gave|given|gives|paying|pays|acted|acts"
    r"|made|offered|met|meets|meeting|bore|bears|bearing|lent|cover\w*|borne|received|prepared|developed|drafted|held"
    r"|compiled|came from|draws on)\b"
)
# "Funded by Sweden and carried out jointly with PAHO, it was completed in May."
_PARTICIPLE = Regex(
    r"(?P<verb>Funded|Financed|Sponsored|Supported|Organi[sz]ed|Hosted|Led|Implemented|Executed|Conducted|Carried out)"
    r"(?:\s+jointly)?\s+by\s+(?:the\s+)?(?P<by>)[^.;]{3,200}?,\s+(?:it|they|the\s+\w+)\s+(?=was|were|is|are|will|has|have|had)"
)
_DRAWS = Regex(rf"{_WHAT}\s+(?:draws|drew|is based)\s+on\b")
_DOES = (
    r"(?:is|are|was|were)\s+(?:co-)?(?:fund|financ|support|host|organi[sz]|lead|implement|execut)ing"
    r"|supports|funds|hosts|finances"
)
_ACTIVE = Regex(
    rf"\s+(?:\w+ly\s+|also\s+)?(?:{_VERB}|(?P<does>{_DOES}))\s+(?:in full\s+|in part\s+)?{_WHAT}\b"
    r"(?!\s+(?:of|on|for)\b)"
)
_ANY_EVENT = ("session", "sessions", "event", "events")


def with_follow_ups(text: str, told: list[Activity], mentions: list[Mention]) -> list[Activity]:
    """The activities of a text, each with those who take part in it as the sentence behind it says.

    What that sentence tells by itself, "the workshop was hosted", is the same activity.
    """
    clauses = _clauses(text) if told and _SUPPORTED.may_match(text) else []
    joined = -1
    for number, (begin, end) in enumerate(clauses):
        roles, noun = _added(text, begin, end, mentions)
        before = [n for n, a in enumerate(told) if a.start < begin and a.rule != "registry"]
        if not number or not roles or not before or not told[before[-1]].label:
            continue
        last = told[before[-1]]
        near = joined == number - 1 or last.start >= clauses[max(0, number - 2)][0]
        if not _is_called(noun, text, last) if noun is not None else not near:
            continue
        joined = number
        series = [n for n in before if told[n].rule == last.rule == "one of several" and told[n].cls == last.cls]
        for n in series or before[-1:]:
            told[n] = replace(told[n], roles=unique((*told[n].roles, *_beside(told[n], roles))))
        same = (last.cls, "Activity", "InformationSharing")
        told = [a for a in told if not begin <= a.start < end or a.cls not in same or a.begins or a.ends]
    return told


def _clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a text: its sentences, parted at semicolons."""
    found = []
    for begin, end in sentences(text):
        at = begin
        for semicolon in _SEMICOLON.finditer(text, begin, end):
            found.append((at, semicolon.start()))
            at = semicolon.end()
        found.append((at, end))
    return found


_SEMICOLON = Regex(r";\s+(?:and\s+|while\s+)?")


def _is_called(noun: str, text: str, activity: Activity) -> bool:
    """Whether a noun, or none, can stand for an activity: "the session" for a webinar, too."""
    in_its_words = noun.rstrip("s") in text[activity.start : activity.end].casefold()
    return in_its_words or (noun in _ANY_EVENT and activity.cls in EVENTS)


def _beside(activity: Activity, roles: tuple[Role, ...]) -> Iterator[Role]:
    """The added roles; who is said to organize what somebody else does is a partner."""
    done = any(role == "hasOrganizer" for role, _ in activity.roles)
    yield from (("hasPartner" if done and role == "hasOrganizer" else role, thing) for role, thing in roles)


def _added(text: str, begin: int, end: int, mentions: list[Mention]) -> tuple[tuple[Role, ...], str | None]:
    """The roles that a clause adds to what stands before it, and the noun by which it names that: empty for "it", and
    None where it names nothing, "Norway met the costs"."""
    here = organizations(text, mentions, begin, end)
    if passive := _PASSIVE.match(text, begin, end):
        roles: tuple[Role, ...] = ()
        for by in _BY.finditer(text, begin, end):
            roles += _as(by["verb"], _list_at(text, by.end(), here))
        beside = others(text, begin, end, mentions)
        roles += tuple((role, thing) for role, thing in beside if role in ("hasPartner", "hasFunder"))
        return roles, (passive["noun"] or "").casefold()
    if costs := _COSTS.match(text, begin, end):
        return _as("funded", _list_at(text, costs.end(), here)), None
    if lead := _PARTICIPLE.match(text, begin, end):
        roles = tuple(others(text, begin, lead.end(), mentions))
        return (*_as(lead["verb"].casefold(), _list_at(text, lead.start("by"), here)), *roles), ""
    if draws := _DRAWS.match(text, begin, end):
        return tuple(funders(text, begin, end, mentions)), (draws["noun"] or "").casefold()
    told: tuple[Role, ...] = ()
    noun: str | None = None
    for mention in here:
        list_ = enumerated(text, mention, here)
        if active := _ACTIVE.match(text, list_[-1].end, end) or _GAVE.match(text, list_[-1].end, end):
            done = active.groupdict().get("does") or ""
            told += _as(active["verb"] or re.sub(r"^\w+\s+(?=\w+ing\b)", "", done), list_)
            noun = noun or (active["noun"] or "").casefold()
        elif _OPENS.fullmatch(text, begin, mention.start) or (told and _GOES_ON.search(text, begin, mention.start)):
            verb = helped_as(text, list_[-1].end)
            told += _as(verb, list_) if verb else ()
    return told, noun


_OPENS = Regex(rf"(?:In addition,\s+|Moreover,\s+|[Aa]nd\s+)?{OF_GOVERNMENTS}", re.IGNORECASE)
_GOES_ON = Regex(rf"\b(?:and|while)\s+{OF_GOVERNMENTS}$")
_HELPS = ((_PAID, "funded"), (_GIVES, "funded"), (_HOSTED, "hosted"), (_HELPED, "helped"))


def helped_as(text: str, place: int) -> str:
    """The verb, in one form for each role, by which somebody helps with what was told before; empty when none does."""
    return next((verb for regex, verb in _HELPS if regex.match(text, place)), "")


def _list_at(text: str, place: int, here: list[Mention]) -> list[Mention]:
    """The organizations of the list that begins at a place, its article aside; none when nothing known stands there."""
    first = next((m for m in here if m.start <= place < m.end and place - m.start <= len("the ")), None)
    return enumerated(text, first, here) if first else []


def _as(verb: str, list_: list[Mention]) -> tuple[Role, ...]:
    return tuple((role_of(verb), mention.things[0]) for mention in list_)


def role_of(verb: str) -> str:
    """The role of those who help in such a way: "funded", "hosted", "organized"; else that of a partner."""
    return _ROLES.get(verb.removeprefix("co-")[:4], "hasPartner")
