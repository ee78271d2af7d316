"""What a later sentence adds to an activity: "It was hosted by Ghana.", "Norway financed the workshop."."""

from dataclasses import replace

from loaders.activity_clauses import Activity, sentences
from loaders.findings import Mention
from loaders.participants import Role, enumerated, organizations, unique
from loaders.triggers import Regex

_FUNDER = ("fund", "fina", "paid", "spon", "prov", "cont", "gran", "gave")
_ROLES = {"host": "hasHost"} | dict.fromkeys(_FUNDER, "hasFunder")
_VERB = (
    r"(?P<verb>(?:co-)?(?:hosted|funded|financed|paid for|sponsored|supported|organi[sz]ed|facilitated|led|moderated"
    r"|implemented|executed|conducted|carried out))"
)
_WHAT = (
    r"(?:[Ii]t|[Tt]hey|[Bb]oth|[Tt]hem|[Tt]his|[Tt]hese"
    r"|[Tt]he (?:[\w-]+ ){0,2}?(?P<noun>workshops?|webinars?|meetings?|sessions?|trainings?|courses?"
    r"|projects?|stud(?:y|ies)|surveys?|reviews?|consultations?|events?|conference|forum|summary|reports?|guidance))"
)
_BY_WHOM = r"\s+by\s+(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?"
_BY = Regex(rf"\b{_VERB}(?:\s+(?:\w+ly|and \w+))?{_BY_WHOM}")
_PASSIVE = Regex(
    rf"{_WHAT}\s+(?:was|were|is|are|has been|have been|had been)\s+(?:(?:\w+ly|both|also)\s+)?"
    rf"{_VERB}(?:\s+(?:\w+ly|and \w+))?{_BY_WHOM}"
)
_GAVE = Regex(  # "The European Union provided 180,000 euros for the event."
    r"\s+(?:\w+ly\s+|also\s+)?(?P<verb>provided|contributed|granted|paid|gave)\s[^.;]{0,60}?\d[^.;]{0,40}?"
    rf"\s(?:for|to|towards)\s+{_WHAT}\b"
)
_SUPPORTED = Regex(rf"\b(?:{_VERB}|provided|contributed|granted|paid|gave)\b")
_ACTIVE = Regex(rf"\s+(?:\w+ly\s+|also\s+)?{_VERB}\s+(?:in full\s+|in part\s+)?{_WHAT}\b(?!\s+(?:of|on|for)\b)")


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
        named = noun.rstrip("s") in text[last.start : last.end].casefold()
        if noun and not named:
            continue
        told[before[-1]] = replace(last, roles=unique((*last.roles, *roles)))
        told = [a for a in told if not begin <= a.start < end or a.cls not in (last.cls, "Activity") or a.begins]
    return told


def _added(text: str, begin: int, end: int, mentions: list[Mention]) -> tuple[tuple[Role, ...], str]:
    """The roles that a sentence adds to what stands before it, and the noun by which it names that."""
    here = organizations(text, mentions, begin, end)
    if passive := _PASSIVE.match(text, begin, end):
        roles: tuple[Role, ...] = ()
        for by in _BY.finditer(text, begin, end):
            first = next((m for m in here if m.start == by.end()), None)
            roles += _as(by["verb"], enumerated(text, first, here) if first else [])
        return roles, (passive["noun"] or "").casefold()
    for mention in here:
        list_ = enumerated(text, mention, here)
        if active := _ACTIVE.match(text, list_[-1].end, end) or _GAVE.match(text, list_[-1].end, end):
            return _as(active["verb"], list_), (active["noun"] or "").casefold()
    return (), ""


def _as(verb: str, list_: list[Mention]) -> tuple[Role, ...]:
    role = _ROLES.get(verb.removeprefix("co-")[:4], "hasPartner")
    return tuple((role, mention.things[0]) for mention in list_)
