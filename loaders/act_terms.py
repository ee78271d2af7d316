"""What an act says beside its verb: whom it addresses, on what condition, and by when."""

import re

from graph.registry import Registry
from loaders.dates import dates_of
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import enumerated, organizations
from loaders.triggers import Regex
from loaders.units import slug

_TO_DO_SO = Regex(  # what belongs to the group that is addressed
    r"in a position to (?:do so|contribute)|able to do so|invited to do so"
    r"|(?<=[Pp]arties) (?:that|which) (?:have|had|has) [^,;.]{3,70}?(?=,?\s+to\s+[a-z])"
)
_GUARDED = re.compile(r"\b(?:to|that)(?= )")
_NOUN_END = Regex(r"\s+to\s+(?!the\b|do so\b)(?=(?:\w+ly\s+)?[a-z]+\b)|,|;|\s+that\s+|\s+for\s+(?:their|its)\b|\.$")
_LEAD = Regex(r"(?:\[\w+\]|[\s\[\]])*(?:,[^,;]{1,120},\s*)?(?:that\s+|the\s+)?")
_GROUPS = Regex(r"part(?:y|ies)|states|countries|governments", re.IGNORECASE)


def find_addressee(
    text: str, after: int, end: int, mentions: list[Mention], issuer: str, registry: Registry
) -> tuple[Thing, ...]:
    """Whom a verb addresses: the organizations named right behind it, else the group in the words behind it."""
    lead = _LEAD.match(text, after, end)
    at = lead.end() if lead else after
    for mention in mentions:
        if (
            mention.start <= at + 2
            and mention.end > at
            and mention.things[0].path.startswith("org/")
            and mention.start >= after
        ):
            return tuple(m.things[0] for m in enumerated(text, mention, organizations(text, mentions)))
    guarded = _TO_DO_SO.sub(lambda m: _GUARDED.sub("\\g<0>\u2060", m[0]).replace(" ", "\u00a0"), text[at:end])
    match = _NOUN_END.search(guarded)
    words = (
        guarded[: match.start() if match else len(guarded)].replace("\u00a0", " ").replace("\u2060", "").strip(" :\n")
    )
    stop = at + (match.start() if match else len(guarded))
    if lead and lead[0].endswith("that ") and not _SHALL.search(words):
        # "Requests that the actions of the secretariat be undertaken subject to funding"
        doers = [m for m in organizations(text, mentions, at, stop) if _DOES.search(text[at : m.start])]
        return doers[0].things if doers else ()
    heads = [m for m in organizations(text, mentions) if at < m.start < stop and _HEAD_OF.search(text[at : m.start])]
    if heads:
        return tuple(m.things[0] for m in heads)
    role = _ROLE.match(words)
    if role and (head_of := _of_role(role[0].casefold(), issuer, registry)):
        return (head_of,)
    if says_them(text, after):
        return _antecedent(text, after, mentions, issuer)
    if not words or len(words) > 150 or not re.match(r"[A-Za-z]", words):
        return ()
    for mention in organizations(text, mentions):
        joined = (
            _AND.search(text[at : mention.start]) if at < mention.start <= stop + len(", as well as the ") else None
        )
        if joined and len(words) >= joined.start():
            named = enumerated(text, mention, organizations(text, mentions))
            return (group_of(words[: joined.start()], issuer, registry), *(m.things[0] for m in named))
    return (group_of(words, issuer, registry),)


def find_thanked(text: str, after: int, mentions: list[Mention]) -> tuple[Thing, ...]:
    """Whom a body thanks: the organizations right behind "Expresses its appreciation to the Governments of"."""
    here = organizations(text, mentions, after)
    first = next((m for m in here if _TO_WHOM.fullmatch(text, after, m.start)), None)
    return tuple(m.things[0] for m in enumerated(text, first, here)) if first else ()


_TO_WHOM = Regex(r"\*?\s+(?:to\s+)?(?:the\s+)?(?:(?:Governments?|secretariats?)\s+of\s+(?:the\s+)?)?")


def says_them(text: str, after: int) -> bool:
    """Whether a verb addresses "it" or "them"."""
    return _THEM.match(text, after) is not None


_THEM = Regex(r"\s+(?:it|them)\b")


def _antecedent(text: str, before: int, mentions: list[Mention], issuer: str) -> tuple[Thing, ...]:
    """Whom "requests it" means: the organization named last that is not the one who requests."""
    named = [m for m in organizations(text, mentions, 0, before) if m.things[0].path != issuer]
    return named[-1].things if named else ()


_DOES = Regex(r"\b(?:actions|activities|work|efforts) of\s+(?:the\s+)?$|\bby\s+(?:the\s+)?$")
_SHALL = Regex(r"\b(?:shall|should|will)\b")
_AND = Regex(r"(?:,\s*|\s+)(?:and|as well as)\s+(?:the\s+)?$")


_HEAD_OF = Regex(
    r"(?:^|\band (?:the )?)(?:Executive Director|Director-General|Secretary-General|Executive Secretary|Administrator"
    r"|President|Chief Executive Officer) of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ROLE = Regex(r"Executive Secretary|Executive Director|Secretary-General", re.IGNORECASE)
_ROLE_ORGANIZATIONS = {"executive director": "unep", "secretary-general": "un-secretariat"}


def _of_role(role: str, issuer: str, registry: Registry) -> Thing | None:
    """The organization whose head is addressed: the Executive Secretary of a convention is its secretariat."""
    own = _organ("Secretariat", issuer, registry) if role == "executive secretary" else _ROLE_ORGANIZATIONS[role]
    return Thing(f"org/{own}") if registry.knows("organizations", own) else None


def _organ(cls: str, issuer: str, registry: Registry) -> str:
    """The secretariat, or the parties, of the regime that a body acts for; empty when there is none or no one."""
    body = issuer.removeprefix("org/")
    regimes = registry.organization(body).acts_for if registry.knows("organizations", body) else ()
    own = [o for o in registry.acting_for(regimes) if o.cls == cls] if regimes else []
    bare = {"Secretariat": "the secretariat", "PartyGroup": "the Parties"}[cls]
    return next((o.slug for o in own if bare in o.implicit), "")


def group_of(words: str, issuer: str, registry: Registry) -> Thing:
    """A group without a name, such as "parties in a position to do so"; "parties" alone are the treaty's own."""
    if words.casefold() in ("parties", "all parties") and issuer:
        own = _organ("PartyGroup", issuer, registry)
        if own:
            return Thing(f"org/{own}")
    short = " ".join(words.split()[:12]).lower()
    cls = "PartyGroup" if _GROUPS.match(short) else "Organization"
    return Thing(f"org/{slug(short, 80)}", cls, "", short)


_CONDITION = Regex(
    r"subject to (?:the )?(?:availability|provision|receipt)[^,;.]{3,60}"
    r"|within (?:the )?(?:scope of )?(?:available|existing|their (?:respective )?capabilit)[^,;.]{0,50}"
    r"|once adopted|upon request|on request|where (?:feasible|possible|appropriate)|as appropriate|if necessary"
    r"|(?:in a position|able) to do so"
)


def find_condition(text: str, start: int, end: int) -> str:
    """The condition set in a clause, as printed; empty when there is none."""
    return "; ".join(dict.fromkeys(match[0].strip(" :;,") for match in _CONDITION.finditer(text, start, end)))


_BY = Regex(
    r"(?:\bby|no later than|not later than|before|\buntil|\bdue(?: on| by)?|prior to|deadline of)"
    r"\s+(?:the\s+(?:end\s+of\s+)?)?$"
)
_DUE_MEETING = Regex(
    r"(?:(?:\bat|\bby|\bbefore|\bto|(?<!margins )\bof|prior to|in time for|in preparation for|no later than)"
    r"\s+(?:its|their|the)\s+(?:next\s+)?"
    r"|,\s+for\s+the\s+"
    r"|(?:\bby|\bbefore|\bto|prior to|in time for|no later than|(?:consideration|adoption|approval) (?:at|by))\s+)$",
    re.IGNORECASE,
)
_LONGEST_DUE = 60
_FUTURE = Regex(r"at (?:its|their) (?:next|future|subsequent|forthcoming) (?:meetings?|sessions?)[^,;.]{0,20}")
_AND_TO = Regex(r",?\s+and(?:,[^,;]{3,90},)?\s+(?:also\s+|further\s+)?to\s+[a-z]")


Due = tuple[str, str, str]  # date, path of a meeting, the words for either


def find_second_due(unit: Unit, start: int, end: int, mentions: list[Mention]) -> tuple[Due, ...]:
    """The meeting for which another thing is due, ", and to report at its sixth meeting", beside or behind a date."""
    parts = [match.start() for match in _AND_TO.finditer(unit.text, start, end)]
    dues = [find_due(unit, begin, stop, mentions) for begin, stop in zip([start, *parts], [*parts, end], strict=True)]
    first = find_due(unit, start, end, mentions)
    return tuple(due for due in dues if due[1] and due[1] != first[1] and first[0])[:1]


def find_due(unit: Unit, start: int, end: int, mentions: list[Mention]) -> Due:
    """Due date, path of the due meeting and the words for both; empty strings where nothing is said."""
    for date in dates_of(unit):
        by = _BY.search(unit.text[start : date.begin]) if start <= date.begin < end else None
        if by and (date.precise or "end of" in by[0]):
            return date.end, "", unit.text[start + by.start() : date.stop].strip()
    for mention in mentions:
        meets = start <= mention.start < end and mention.things[0].path.startswith("meeting/")
        near = max(start, mention.start - _LONGEST_DUE)
        if meets and (before := _DUE_MEETING.search(unit.text, near, mention.start)):
            return "", mention.things[0].path, unit.text[before.start() : mention.end].strip()
    if future := _FUTURE.search(unit.text, start, end):
        return "", "", future[0]
    return "", "", ""
