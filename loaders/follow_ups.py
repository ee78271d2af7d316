"""What a later sentence adds to an activity: "It was hosted by Ghana.", "Norway financed the workshop."."""

from collections.abc import Iterator
from dataclasses import replace

from loaders.activity_clauses import Activity
from loaders.activity_words import EVENTS
from loaders.findings import Mention
from loaders.participants import OF_GOVERNMENTS, Role, enumerated, organizations, others, unique
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
    r"|projects?|stud(?:y|ies)|surveys?|reviews?|consultations?|events?|conference|forum|summary|reports?|guidance))"
)
_BY = Regex(rf"\b{_VERB}(?:\s+(?:\w+ly|and \w+))?\s+by\s+{OF_GOVERNMENTS}")
_PASSIVE = Regex(
    rf"{_WHAT}\s+(?:was|were|is|are|has been|have been|had been|will be)\s+(?:(?:\w+ly|both|also)\s+)?"
    rf"(?:{_VERB}|prepared|developed|drafted|held|compiled)"
    r"(?:\s+(?:\w+ly|and \w+))?\s+(?:by|with|in (?:co-?operation|collaboration|partnership) with)\s"
)
_PAID = Regex(  # "Sweden met the costs.", "Norway covered the cost of both.", "Norad is paying for it with a grant."
    r"\s+(?:(?:is|are|was|were)\s+paying\s+for\s+(?:it|them|this)\b"
    r"|(?:\w+ly\s+|also\s+)?(?:paid|met|bore|covered)\s+(?:half\s+of\s+|part\s+of\s+|most\s+of\s+|all\s+)?"
    r"(?:the|its|their|all)\s+(?:travel\s+)?(?:costs?|expenses)\b(?!\s+of\s+(?!(?:both|it|them)\b)))"
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
    rf"\b(?:{_VERB}|provided|contributed|granted|paid|gave|paying|met|bore|covered|borne|received|prepared|developed|drafted|held"
    r"|compiled|made available|came from)\b"
)
_ACTIVE = Regex(rf"\s+(?:\w+ly\s+|also\s+)?{_VERB}\s+(?:in full\s+|in part\s+)?{_WHAT}\b(?!\s+(?:of|on|for)\b)")
_ANY_EVENT = ("session", "sessions", "event", "events")


def with_follow_ups(text: str, told: list[Activity], mentions: list[Mention]) -> list[Activity]:
    """The activities of a text, each with those who take part in it as the sentence behind it says.

    What that sentence tells by itself, "the workshop was hosted", is the same activity.
    """
    for begin, end in sentences(text)[1:] if told and _SUPPORTED.may_match(text) else ():
        roles, noun = _added(text, begin, end, mentions)
        before = [number for number, a in enumerate(told) if a.start < begin and a.rule != "registry"]
        if not roles or not before or not told[before[-1]].label:
            continue
        last = told[before[-1]]
        if not _is_called(noun, text, last):
            continue
        told[before[-1]] = replace(last, roles=unique((*last.roles, *_beside(last, roles))))
        told = [a for a in told if not begin <= a.start < end or a.cls not in (last.cls, "Activity") or a.begins]
    return told


def _is_called(noun: str, text: str, activity: Activity) -> bool:
    """Whether a noun, or none, can stand for an activity: "the session" for a webinar, too."""
    in_its_words = noun.rstrip("s") in text[activity.start : activity.end].casefold()
    return in_its_words or (noun in _ANY_EVENT and activity.cls in EVENTS)


def _beside(activity: Activity, roles: tuple[Role, ...]) -> Iterator[Role]:
    """The added roles; who is said to organize what somebody else does is a partner."""
    done = any(role == "hasOrganizer" for role, _ in activity.roles)
    yield from (("hasPartner" if done and role == "hasOrganizer" else role, thing) for role, thing in roles)


def _added(text: str, begin: int, end: int, mentions: list[Mention]) -> tuple[tuple[Role, ...], str]:
    """The roles that a sentence adds to what stands before it, and the noun by which it names that."""
    here = organizations(text, mentions, begin, end)
    if passive := _PASSIVE.match(text, begin, end):
        roles: tuple[Role, ...] = ()
        for by in _BY.finditer(text, begin, end):
            roles += _as(by["verb"], _list_at(text, by.end(), here))
        beside = others(text, begin, end, mentions)
        roles += tuple((role, thing) for role, thing in beside if role in ("hasPartner", "hasFunder"))
        return roles, (passive["noun"] or "").casefold()
    if costs := _COSTS.match(text, begin, end):
        return _as("funded", _list_at(text, costs.end(), here)), ""
    told: tuple[Role, ...] = ()
    noun = ""
    for mention in here:
        list_ = enumerated(text, mention, here)
        if active := _ACTIVE.match(text, list_[-1].end, end) or _GAVE.match(text, list_[-1].end, end):
            told += _as(active["verb"], list_)
            noun = noun or (active["noun"] or "").casefold()
        elif _PAID.match(text, list_[-1].end, end):
            told += _as("funded", list_)
    return told, noun


def _list_at(text: str, place: int, here: list[Mention]) -> list[Mention]:
    """The organizations of the list that begins at a place, its article aside; none when nothing known stands there."""
    first = next((m for m in here if m.start <= place < m.end and place - m.start <= len("the ")), None)
    return enumerated(text, first, here) if first else []


def _as(verb: str, list_: list[Mention]) -> tuple[Role, ...]:
    role = _ROLES.get(verb.removeprefix("co-")[:4], "hasPartner")
    return tuple((role, mention.things[0]) for mention in list_)
