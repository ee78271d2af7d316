"""Who takes part in an activity, and in which role, as the words around the names say."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from sys import maxsize

from loaders.activity_words import is_passive
from loaders.findings import Mention, Thing
from loaders.triggers import Regex, Regexes

Role = tuple[str, Thing]

OF_GOVERNMENTS = r"(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?"  # what may stand before the name of a State

# What stands before one that pays.
FUNDED = Regex(
    r"(?:(?:funds|grants?|financing|donations?) from|fund(?:ed|ing) (?:by|from)"
    r"|(?:[A-Z]{3} \d[\d,.]*(?: million)?|fund(?:s|ing|ed)|financing|resources|means|money|support|assistance"
    r"|[$€£]\s?[\d,.]+(?: million)?|dollars|euros?|francs|kron\w+) (?:(?:kindly|generously) )?"
    r"(?:provided|made available|given|granted|contributed|received) (?:by|from)"
    r"|(?:paid for|sponsored|underwritten) by"
    r"|(?:grants?|contributions?|funds) of [^;:]{3,60}? from"
    r"|(?:[$€£]\s?[\d,.]+(?: million)?|dollars|euros?|francs|kron\w+) from"
    r"|(?:financial|generous) (?:financial )?(?:support|assistance) (?:of|from)|financed by|contributions? (?:of|from)"
    r"|supported by|thanks to[^.]{0,40}by|by contributions? (?:to|from)|using [\w ]*contributions to)"
    r"\s+(?:the\s+)?(?:Government of (?:the\s+)?)?$"
)
_WITH = Regex(
    r"\b(?:with|involving|including|sought from|projects of)\s+(?:both\s+)?(?:the\s+)?(?:[a-z]+(?:-[a-z]+)+\s+)?"
    r"(?:(?:regional office|experts|members|staff|support|participation|representatives|colleagues|officials|inputs?"
    r"|assistance|help)\s+(?:of|from)\s+(?:the\s+)?)?"
    r"(?:(?:Government|Permanent Mission) of\s+(?:the\s+)?)?$"
    r"|\bwith\s[^,;.]{3,60},\s+(?:most\s+)?(?:notably|including|in particular|such as|especially|namely)\s+(?:the\s+)?$"
)
_APPOSITION = r"(?:,\s+(?:hosted|led|administered|chaired|established|coordinated)\s[^;.]{0,100}?)?"
_AND = Regex(
    rf"{_APPOSITION}"
    r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+on\s+[a-z][\w\s-]{2,50}?\s+and\s+|\s*\((?:[A-Z]{2,6}|[^()]*\d[^()]*)\)\s*(?:,\s*(?:and\s+)?|and\s+))(?:the\s+)?(?:(?:secretariats?|Governments?)\s+of\s+(?:the\s+)?)?"
)
_HAS_AND = Regex(r"\band\b")
_AND_MORE = Regex(r"\s*(?:\([^()]*\))?(?:,\s[^,.;]{1,60}){0,3},?\s+(?:and|or|as well as)\b")
_SERVED = Regex(
    r"\b(?:support|assist|help|assistance to|for|namely|implemented in)\s+(?:participants from\s+)?(?:the\s+)?$"
)
_BY = Regex(
    r"(?<!requested )(?<!adopted )(?<!approved )(?<!decided )(?<!agreed )"
    r"(?<!submitted )(?<!received )(?<!raised )(?<!expressed )"
    r"(?<!consideration )(?<!adoption )(?<!approval )(?<!endorsement )(?<!for review )(?<!for use )"
    r"\bby\s+(?:both\s+)?(?:the\s+)?$"
    r"|\bcommission(?:ed|s|ing)\s(?:[^;.]{0,100}?\s)?from\s+(?:the\s+)?$"
    r"|\b(?:project|programme|initiative|campaign)\s+of\s+(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?$"
    r"|submission of [\w ]+ to\s+(?:the\s+)?$|participation in\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CONSIDERED = Regex(
    r"\b(?:consideration|adoption|approval|review|endorsement) by\s[^;.]*\band\s+by\s+(?:the\s+)?$"
    r"|\b(?:creation|establishment|designation|appointment) of\s[^,;.]{2,80}\sby\s+(?:the\s+)?$"
)
_BETWEEN = Regex(
    r"\b(?:agreement|understanding|cooperation|partnership|meetings?|consultations?|workshops?|exchange)\s+between\s+(?:the\s+)?$"
)
_HOSTED = Regex(r"\bhosted\s+by\s+(?:the\s+)?(?:Government\s+of\s+(?:the\s+)?)?$")
_LEADS = Regexes(
    (
        (FUNDED, "hasFunder"),
        (_WITH, "hasPartner"),
        (_BETWEEN, "hasPartner"),
        (_SERVED, "hasBeneficiary"),
        (_HOSTED, "hasHost"),
        (_BY, "hasOrganizer"),
    )
)
_ARTICLES = frozenset(("the", "both"))
_LEADING = frozenset((  # the last words of these patterns; a pattern with another one needs it here
    "by", "from", "of", "to", "with", "involving", "including", "notably", "particular", "as", "especially", "namely",
    "support", "assist", "help", "for", "in", "between",
))  # fmt: skip
_OTHER_VERB = Regex(r"\b(?:adopted|approved|requested|expected|agreed|decided)\b")
_LONGEST_PEOPLE = 120
_LONGEST_LEAD = 40  # characters of a preposition and an article
_PREPOSITIONS = frozenset((
    "of", "by", "with", "from", "to", "in", "for", "between", "among", "through", "under", "at", "within", "on", "via",
    "as", "into", "toward", "towards", "against", "about", "regarding", "concerning", "during", "including", "upon",
    "after", "before", "since", "following", "across", "than", "like", "without",
))  # fmt: skip
_PEOPLE_OF = Regex(
    r"(?:(?<![\w-])(?:an?|the|its|some|several|many|other|senior|\w+ly|two|three|four|five|six|\d+)\s+)*"
    r"(?<![\w-])(?:representatives?|staff(?:\s+members?)?|officials?|experts?|delegates?|officers?|colleagues|heads?"
    r"|Governments?|secretariats?|(?:(?:Deputy\s+|Assistant\s+)?Executive\s+(?:Director|Secretar(?:y|ies))"
    r"|Director-General))\s+(?:of|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENING = Regex(
    r"(?:With|Under|Through|Following|Upon|Thanks to|Using|At|In|On|For|Within|During|Since|Between|By|As part of"
    r"|Based on|Building on|Pursuant to|Further to|After|Before|Alongside|Besides)\s"
)
_DIRECTLY = Regex(r"(?:\s*\([A-Z]{2,8}\))?\s+(?:(?:has|have|had|is|are|also|jointly|then|will|recently|be|been)\s+)*")
_PRONOUN = Regex(
    r"\b(?:it|they)\s+"
    r"(?:has |have |had |also |then |will |would |is |are |was |were |(?:plan|intend|continue[sd]?)s? to )*$",
    re.IGNORECASE,
)
_WHICH = Regex(r",\s+which\s+(?:has\s+|had\s+|have\s+|also\s+)*")
_GOES_ON = Regex(r"\w\s+and\s+(?:\w+ly\s+|also\s+|then\s+|has\s+|have\s+|is\s+|are\s+|will\s+)*$")  # with its own verb
_JOINT = Regex(
    r"\b(?:together|jointly|along|in (?:close |full )?(?:co-?operation|collaboration|partnership|coordination"
    r"|consultation|association|conjunction))\s+with\s+(?:both\s+)?(?:the\s+)?$|(?:\A|(?<=[,;] ))With\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def is_organization(mention: Mention) -> bool:
    """Whether the mention is of exactly one organization or State."""
    return len(mention.things) == 1 and mention.things[0].path.startswith("org/")


def unique(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Each organization once, in its first role."""
    seen: dict[str, Role] = {}
    for role, thing in roles:
        seen.setdefault(thing.path, (role, thing))
    return tuple(seen.values())


def subject(
    text: str, begin: int, verb: int, mentions: list[Mention], role: str, actor: Thing | None
) -> tuple[Role, ...]:
    """Who does it: the organizations before the verb, `actor` for "it", those behind "by" in the passive; or nobody."""
    if actor and _PRONOUN.search(text[begin:verb]):
        return unique(((role, actor), *partners_before(text, begin, verb, mentions)))
    if is_passive(text, begin, verb):
        behind = organizations(text, mentions, verb + 1, verb + 80)
        near = [m for m in behind if not _OTHER_VERB.search(text[verb : m.start])]
        first = next((m for m in near if _BY.search(text[verb : m.start])), None)
        return tuple((role, m.things[0]) for m in enumerated(text, first, behind)) if first else ()
    before = organizations(text, mentions, begin, verb)
    if before and _WHICH.fullmatch(text, before[-1].end, verb):
        return ((role, before[-1].things[0]),)
    behind_preposition = [m for m in before if _is_governed(text, begin, m.start)]
    governed = {id(m) for head in behind_preposition for m in enumerated(text, head, before)}
    heads = [m for m in before if id(m) not in governed] or _behind_opening(text, begin, verb, before)
    if not heads:
        return ()
    first = _first_of_list(text, heads) if _GOES_ON.search(text, heads[-1].end, verb) is None else heads[0]
    doers = [m for m in enumerated(text, first, before) if m.start < verb]
    return (*((role, m.things[0]) for m in doers), *partners_before(text, begin, verb, mentions))


def partners_before(text: str, begin: int, verb: int, mentions: list[Mention]) -> tuple[Role, ...]:
    """With whom it is done, as far as that stands before the verb: "Together with WHO, UNEP …", "With FAO, we …"."""
    before = organizations(text, mentions, begin, verb)
    joint = next((m for m in before if _JOINT.search(text[begin : m.start])), None)
    partners = enumerated(text, joint, before) if joint else []
    return tuple(("hasPartner", m.things[0]) for m in partners)


def _is_governed(text: str, begin: int, name: int) -> bool:
    """Whether a name of a sentence stands behind a preposition.

    "Representatives of WHO" and "the Government of Peru" act for it, "with staff of WHO" does not.
    """
    people = _PEOPLE_OF.search(text, max(begin, name - _LONGEST_PEOPLE), name)
    return _follows_preposition(text, begin, people.start() if people else name)


def _follows_preposition(text: str, begin: int, place: int) -> bool:
    words = text[max(begin, place - _LONGEST_LEAD) : place].casefold().split()
    if words and words[-1] in ("the", "a", "an"):
        words.pop()
    return bool(words) and words[-1] in _PREPOSITIONS


def _behind_opening(text: str, begin: int, verb: int, before: list[Mention]) -> list[Mention]:
    """The subjects behind an opening phrase: "With funding from Norway, UNITAR and UNDP organized …"."""
    if not before or not _OPENING.match(text, begin):
        return []
    behind = [m for m in before[1:] if text.startswith(",", before[0].end)]
    return behind if behind and _DIRECTLY.fullmatch(text, behind[-1].end, verb) else []


def _first_of_list(text: str, heads: list[Mention]) -> Mention:
    """Where the enumeration begins that the last possible subject ends: "ILO, OECD and WHO participate".

    "With FAO, whose lead is Japan, the secretariat published": without an "and" it is that subject alone.
    """
    if not any(_HAS_AND.search(text, a.end, b.start) for a, b in pairwise(heads)):
        return heads[-1]
    index = len(heads) - 1
    while index and (
        heads[index - 1].start == heads[index].start or _AND.fullmatch(text, heads[index - 1].end, heads[index].start)
    ):
        index -= 1
    return heads[index]


def enumerated(text: str, first: Mention, mentions: list[Mention]) -> list[Mention]:
    """The mention and those that a list adds to it: "WHO, ILO and UNEP"; two at one place count as a list.

    "With WHO, the secretariat …" is none: a list has an "and" somewhere.
    """
    found, ended = [first], 1
    for mention in mentions:
        if mention.start == found[-1].start and mention.things != found[-1].things:
            found.append(mention)
            ended = len(found) if ended == len(found) - 1 else ended
        elif mention.start >= found[-1].end and (gap := _AND.fullmatch(text, found[-1].end, mention.start)):
            found.append(mention)
            if _HAS_AND.search(gap[0]):
                ended = len(found)
                break
    return found if _AND_MORE.match(text, found[-1].end) else found[:ended]


def organizations(text: str, mentions: list[Mention], begin: int = 0, end: int = maxsize) -> list[Mention]:
    """The mentions of organizations between two places that can act, without asides in brackets.

    An aside is a short form behind the full name, "the World Bank (WB)", or a person's country, "Ms. Doe (Ghana)".
    """
    kept: list[Mention] = []
    for mention in mentions:
        if not begin <= mention.start < end or not is_organization(mention) or _is_of_bureau(text, mention):
            continue
        bracketed = text[mention.start - 1] == "(" and text[mention.end : mention.end + 1] == ")"
        repeated = bracketed and bool(kept) and kept[-1].things == mention.things
        country = bracketed and not text[mention.start : mention.end].isupper()
        if not repeated and not country:
            kept.append(mention)
    return kept


def _is_of_bureau(text: str, mention: Mention) -> bool:
    """Whether a conference is named only for its bureau: "the COP-4 Bureau"."""
    return text.startswith(" Bureau", mention.end) and not mention.things[0].path.endswith("-bureau")


def others(text: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Role]:
    """Partners behind "with", funders behind "funded by", organizers behind "by", and whom it serves."""
    here = organizations(text, mentions, start, end)
    for mention in here:
        before = text[max(start, mention.start - 60) : mention.start]
        if not _may_lead(before):
            continue
        for pattern, role in _LEADS.of(before):
            if match := pattern.search(before):
                place = mention.start - len(before) + match.start()
                if _is_aside(text, start, place, pattern, mention, here):
                    break
                list_ = enumerated(text, mention, here)
                role = "hasHost" if pattern is _WITH and _AS_HOST.match(text, list_[-1].end) else role
                yield from ((role, m.things[0]) for m in list_)
                break


_AS_HOST = Regex(r"(?:\s*\([A-Z][\w-]*\))?\s+(?:acting\s+)?as\s+(?:the\s+)?(?:host|venue)\b")
_RECEIVED = Regex(
    r"\b(?:hand|provid|submit|submitt|present|transmit|transmitt|deliver|report|circulat|distribut|sen|made|mak|communicat|forward)"
    r"(?:ed|t|s|e|ing)?\b[^.;]{0,80}?\sto\s+(?:the\s+)?$"
)


def receivers(text: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Role]:
    """To whom something is given: "was submitted to the Committee"."""
    here = organizations(text, mentions, start, end)
    for mention in here:
        if _RECEIVED.search(text[start : mention.start]):
            yield from (("hasBeneficiary", m.things[0]) for m in enumerated(text, mention, here))
            break


def _may_lead(before: str) -> bool:
    """Whether words end as one of the patterns of a role does, articles and "multi-stakeholder" aside."""
    words = before.casefold().split()[-4:]
    while words and (words[-1] in _ARTICLES or "-" in words[-1]):
        words.pop()
    return bool(words) and words[-1] in _LEADING


def _is_aside(text: str, start: int, place: int, pattern: Regex, mention: Mention, here: list[Mention]) -> bool:
    """Whether what leads to an organization tells of another one, "the Partnership, hosted by UNEP", or of a body to
    come: "for consideration by the group and by the Conference", "the creation of UNEP by the Conference"."""
    if pattern is _HOSTED:
        return any(
            text[m.end : place].strip(" ,") == "" and not text[start : m.start].endswith(" from ")
            for m in here
            if m.end <= place
        )
    return pattern is _BY and _CONSIDERED.search(text[start : mention.start]) is not None


def funders(text: str, begin: int, end: int, mentions: list[Mention]) -> Iterator[Role]:
    """Who pays, anywhere in a sentence, and who gives something else: "for which WHO supplied the speakers"."""
    here = organizations(text, mentions, begin, end)
    whose = ", whose" in text[begin:end]
    for mention in here:
        before = text[max(begin, mention.start - 60) : mention.start]
        pays = text.startswith(("-funded", "-financed"), mention.end) or (_may_lead(before) and FUNDED.search(before))
        given = "which" in before and _FOR_WHICH.search(before)
        if not (pays or given or whose):
            continue
        list_ = enumerated(text, mention, here)
        gave = given and _HAS_GIVEN.match(text, list_[-1].end, end)
        if pays or _WHOSE_GIFT.match(text, list_[-1].end, end) or (gave and _IS_MONEY.match(text, gave.end(), end)):
            yield from (("hasFunder", m.things[0]) for m in list_)
        elif gave:
            yield from (("hasPartner", m.things[0]) for m in list_)


_FOR_WHICH = Regex(rf"\b(?:for|to|towards|of)\s+which\s+{OF_GOVERNMENTS}$")
_HAS_GIVEN = Regex(
    r"\s+(?:has\s+|have\s+|had\s+|is\s+|are\s+|will\s+|also\s+|kindly\s+|generously\s+|agreed\s+to\s+)*"
    r"(?:pledg(?:ed|es)|provid(?:e[sd]?|ing)|contribut(?:e[sd]?|ing)|paid|pays|grant(?:ed|s)|earmarked|given|gave|gives"
    r"|suppl(?:ied|ies|ying)|lent|approved|allocated|made|mak(?:es|ing))\b"
)
_IS_MONEY = Regex(
    r"[^.;]{0,60}?(?:\d|[$€£¥]|\b(?:funds?|funding|finance|financing|grants?|costs?|co-financing|money)\b)"
)
_WHOSE_GIFT = Regex(
    r",\s+whose\s+(?:\w+\s+)?(?:contributions?|grants?|donations?|gifts?)\b[^;.]{0,80}?"
    r"\b(?:paid for|made it possible|financed|funded|enabled|allowed)\b"
)


def actor_before(
    text: str, sentences: tuple[tuple[int, int], ...], before: int, mentions: list[Mention]
) -> Thing | None:
    """The organization that the nearest sentence before is about: what "it" stands for."""
    for begin, end in reversed([span for span in sentences if span[1] <= before]):
        named = [m for m in mentions if begin <= m.start < end and is_organization(m)]
        subjects = [m for m in named if not _follows_preposition(text, begin, m.start)]
        if named:
            return (subjects or named)[0].things[0]
    return None
