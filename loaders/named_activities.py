"""What is named as part of a sentence: meetings that are held, what is funded, run or signed, what is due."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from loaders.activity_clauses import Activity, cited, label_of, sentences, when
from loaders.activity_words import Words
from loaders.dates import dates_of
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import Role, enumerated, is_organization, others, unique
from loaders.triggers import Regex, Regexes

_ATTENDS = Regex(
    r"\b(?:attend(?:ed|ing)?|participat(?:ed|es|ing) in|took part in|taking part in|spoke at|remarks at"
    r"|(?:hold|holds|held|convene|convened|convenes|host|hosts|hosted) (?:the|its|their))\b[^.;]*$"
)
_IS_HELD = Regex(
    r"[^.;]{0,120}?(?:\b(?:held|convened|scheduled|convene)\s+(?!an?\b|the\b|its\b|two\b|three\b|several\b|series\b)"
    r"|\b(?:took|takes?|taking) place\b|\b(?:was|were|is|are|be|been) (?:\w+ )?(?:held|convened|scheduled)\b)"
)
_ON_DAYS = Regex(  # "at its sixth session, in Nairobi from 26 February to 1 March 2024"
    r"(?:\s*\([^()]*\))?,?\s+(?:online,?\s+|(?:in|at)\s+(?!\d)[A-Z][^,;.()]{2,40},?\s+(?:[A-Z][^,;.()]{2,30},?\s+)?)?(?:(?:from|on)\s+\d{1,2}\s"
    r"|in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})"
)
_HELD_ON = Regex(
    r"[^.;]{0,60}?\b(?:held|took place|takes? place|taking place|convened)\b[^.;]{0,140}?\s"
    r"(?=(?:on|from|between|in)\s+(?:\d|[A-Z][a-z]+\s+\d))"
)
_OPENS = Regex(r"(?:^|[.;]\s+)The\s+$")
_WAS_HELD = Regex(
    r"[^.;]{0,240}?\b(?:(?:was|were|will be|is to be)\s+(?:held|convened)|(?:took|will take) place)\b[^.;]{0,120}?"
    r"\s*(?=\b(?:on|from|in)\s+(?:the\s+)?(?:\d|January|February|March|April|May|June|July|August|September|October"
    r"|November|December))"
)
_HOLD = Regex(r"\bhold its\s+$")
_HOLD_ON = Regex(r"(?:\s+in\s+[A-Z]\w+|\s+online)?\s*(?=(?:on|from|in)\s)")
_MEETINGS_OF = Regex(
    r"(?<!third )(?<!first )(?<!second )(?<![\w-])(?:regular\s+|several\s+)?meetings of\s+(?:the\s+)?$"
)
_FUNDED = Regex(r"\bfunded by\b")
_FUNDED_NOUN = Regex(
    r"(?<![\w-])(?P<noun>(?:projects?|programmes?)(?:[^.;,]{0,60}?(?:,? which (?:is|are))?\s+)funded by)"
)
_RUN_NOUN = Regex(
    r"(?<![\w-])(?P<noun>(?:projects?|programmes?|evaluations?|assessments?|surveys?|missions?|inventor(?:y|ies)|stud(?:y|ies)|reviews?|audits?)\b"
    r"(?:\bof (?:the |its )?(?:projects?|programmes?)\b"
    r"|(?!\b(?:would|could|will|to be|proposed|is|are|was|were|ha[sd]|have|projects?|programmes?)\b)[^.;:()]){0,140}?"
    r",?\s+(?:(?:which|that) (?:is|are|was|were) )?(?:being )?(?:jointly )?"
    r"(?:executed|implemented|conducted|carried out|undertaken|led|(?:co-)?f(?:und|inanc)ed) by)\s"
)
_RUN = Regex(r"\s(?:executed|implemented|conducted|carried out|undertaken|led|(?:co-)?f(?:und|inanc)ed) by\s")
_SIGNED = Regex(r"\b(?:signed|concluded|renewed|extended)\b")
_SIGNED_NOUN = Regex(
    r"\b(?P<noun>(?:memorand(?:um|a) of (?:understanding|cooperation)|letters? of (?:agreement|intent)"
    r"|(?:cooperation |partnership |framework )?agreements?|(?:working )?arrangements?|joint work ?plans?)\b"
    r"[^.;:]{0,140}?,?\s+(?:which (?:was|were) )?(?:signed|concluded|renewed|extended)\s+(?:on|in)\s+(?=\d|[A-Z]))"
)
_DUE_NOUN = Regex(
    r"(?P<noun>(?:\w+[ -]){0,4}(?i:reports?|plans?|submissions?|nominations?|applications?|responses?|comments))"
    r"(?:\s+(?:for|of|on|under|from)\s[^,;.]{3,60}?|,? which|, which\s[^.;]{3,140},)?\s+"
    r"(?:(?:(?:is|are|was|were|had been|fall|falling)\s+)?(?P<due>due)\s+(?:on|by)"
    r"|(?:should|must|are to)\s+(?:reach|be (?:sent|submitted|transmitted|received)\b)[^,;.]{0,80}?\s(?P<late>by))"
    r"\s+[^,;.]{6,30}"
)
_GOES_ON = Regex(r"\b(?:continued|continues|deepened|intensified|expanded|was strengthened)\b")
_GOES_ON_NOUN = Regex(
    r"(?P<noun>\b(?:[Cc]o-?operation|[Cc]ollaboration|[Cc]oordination|[Ee]ngagement)(?: and [a-z]+)?"
    r" with\s[^.;:]{3,120}?)"
    r"\s(?:has\s+)?(?:continued|continues|deepened|intensified|expanded|was strengthened)\b"
)
_SUBMISSION = Regex(
    r"\b(?:submission|provision|completion|receipt|return|nomination|transmission) of\s[^,;.]{3,80}? by\s"
)
_SUBMISSION_NOUN = Regex(
    r"(?P<noun>(?:[\w-]+\s+)?(?:submission|provision|completion|receipt|return|nomination|transmission) of"
    r"\s[^,;.]{3,80}?)"
    r"\s(?P<late>by)\s+(?:the end of\s+)?(?=\d|[A-Z])"
)
_TO_BE = Regex(
    r"\bto be (?:concluded|completed|finali[sz]ed|launched|published|issued|submitted|transmitted|delivered)\b"
)
_TO_BE_NOUN = Regex(
    r"(?P<noun>(?:[\w-]+\s+){0,3}\b(?i:reports?|plans?|submissions?|discussions?|negotiations?|stud(?:y|ies)|reviews?|guidance"
    r"|guidelines|assessments?|surveys?|projects?|programmes?)\b(?:\s(?:of|on|for|to)\s[^,;.]{3,80}?)?)"
    r",?\s+(?:which (?:is|are) )?to be\s"
    r"(?:concluded|completed|finali[sz]ed|launched|published|issued|submitted|transmitted|delivered)\s[^,;.]{0,60}?"
    r"(?P<late>by|no later than|before)\s+(?:the end of\s+)?(?=\d|[A-Z])"
)
_FORM = Regex(r"\b(?:[Qq]uestionnaires?|[Ff]orms?)\b")
_RETURNED = Regex(
    r"(?P<noun>(?:\w+[ -]){0,3}\b(?:[Qq]uestionnaires?|[Ff]orms?)\b[^.;]{0,160}?)(?:,?\s+and)?"
    r"\s+(?:should|must|are to|is to)\s+be\s+(?:returned|completed|submitted|sent)\b[^,;.]{0,60}?\s(?P<late>by)"
    r"\s+[^,;.]{6,30}"
)
_DUE = Regex(r"\s(?:due\s+(?:on|by)|(?:should|must|are to|is to)\s+(?:reach|be)\b[^,;.]+?\sby)\s")
_DEADLINE = Regex(r"\b[Dd]eadline\b")
_DEADLINE_NOUN = Regex(
    r"\b[Dd]eadline for (?:the )?(?P<noun>[^.;]{4,120}?)(?:,[^,;.]{3,40})?\s+(?:is|was|has been|had been|will be)\s+"
    r"(?:(?:set|fixed) (?:for|at)\s+|extended (?:to|until)\s+|(?:the )?end of\s+)?(?=\d|[A-Z])"
)
_PASSIVE_END = re.compile(r"(?<!which )\b(?:was|were|been|be) \w+\s+(?:on|in)\s+$")
_RECEIVED = Regex(
    r"\b(?:[\w-]+\s+)?[Cc]ontributions\s+(?:(?:were|have been|had been)\s+(?:also\s+|gratefully\s+)?)?"
    r"(?:received|provided|made)"
    r"\s+(?:from|by)\s+(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?"
)
_CONTRIBUTIONS = Regex(r"(?P<noun>(?:[\w-]+\s+){0,2}contributions?\s+(?:to|for)\s+(?:the\s+)?)$")
_FROM = Regex(
    r"(?:\s+(?:(?:has|have|had)\s+been|were|was)\s+(?:received|made|provided|pledged))?\s+(?:from|by)\s+(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?"
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
            held = None if thing.path in dated else shape.match(unit.text, mention.end)
            begins, ends = when(unit, held.end(), held.end() + 45) if held else ("", "")
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


def _is_event(text: str, mention: Mention) -> bool:
    """Whether a meeting is told of as something that is held or attended; "the COP-6 Bureau" names none."""
    if text.startswith(" Bureau", mention.end):
        return False
    before = _ATTENDS.search(text[max(0, mention.start - 60) : mention.start])
    return bool(before or _IS_HELD.match(text, mention.end) or _ON_DAYS.match(text, mention.end))


def named(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """ "A project funded by …", "a desk study would …", "reports, due by …"."""
    if "ontribution" in unit.text:
        yield from _contributions(unit, mentions)
        yield from _received(unit, mentions)
    for gate, (noun, tell) in _NOUNS.of(unit.text):
        for begin, end in sentences(unit.text):
            for match in noun.finditer(unit.text, begin, end) if gate.search(unit.text, begin, end) else ():
                yield from tell(unit, mentions, match, end, words)
    for regex, row in words.strong.of(unit.text):
        spans = [(m.start(), end) for begin, end in sentences(unit.text) for m in regex.finditer(unit.text, begin, end)]
        if spans:
            yield from part(unit, mentions, (spans[0][0], spans[-1][1]), row["type"], "named")


def _funded(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, _: Words) -> Iterator[Activity]:
    cls = "Project" if match["noun"].startswith("project") else "Programme"
    return part(unit, mentions, (match.start("noun"), end), cls, "funded")


def _signed(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, _: Words) -> Iterator[Activity]:
    if not _PASSIVE_END.search(match["noun"]):
        yield from part(unit, mentions, match.span(), "PartnershipActivity", "signed", match.end("noun"))


def _run(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    return part(unit, mentions, (match.start("noun"), end), words.type_of(match["noun"]), "run", match.end("noun"))


def _due(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    said = max(match.start("due"), match.start("late"))
    return part(unit, mentions, match.span(), words.last_type(match["noun"]), "due", said)


def _goes_on(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, _: Words) -> Iterator[Activity]:
    return part(unit, mentions, match.span(), "PartnershipActivity", "goes on", match.end("noun"))


def _returned(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    return part(unit, mentions, (match.start("noun"), end), words.type_of(match["noun"]), "due", match.start("late"))


def _deadline(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    """What a deadline is for: "the deadline for the submission of reports was 31 December"."""
    due = next((date.end for date in dates_of(unit) if date.begin >= match.end()), "")
    cls = words.last_type(match["noun"])
    for told in part(unit, mentions, (match.start("noun"), end), cls, "due") if due else ():
        yield replace(told, begins="", ends=due)


_Tell = Callable[[Unit, list[Mention], re.Match[str], int, Words], Iterator[Activity]]
# What a sentence needs, the noun that is sought in it, and what it tells.
_NOUNS = Regexes[tuple[Regex, _Tell]]((
    (_FUNDED, (_FUNDED_NOUN, _funded)),
    (_SIGNED, (_SIGNED_NOUN, _signed)),
    (_RUN, (_RUN_NOUN, _run)),
    (_DUE, (_DUE_NOUN, _due)),
    (_FORM, (_RETURNED, _returned)),
    (_GOES_ON, (_GOES_ON_NOUN, _goes_on)),
    (_SUBMISSION, (_SUBMISSION_NOUN, _returned)),
    (_TO_BE, (_TO_BE_NOUN, _returned)),
    (_DEADLINE, (_DEADLINE_NOUN, _deadline)),
))  # fmt: skip


_STATUSES = {"named": "proposed"}


def part(
    unit: Unit, mentions: list[Mention], span: tuple[int, int], cls: str, rule: str, dated_from: int | None = None
) -> Iterator[Activity]:
    """The activity of a part of a sentence; an event has the date behind its verb, and is none without one."""
    start, end = span
    roles = unique(others(unit.text, start, end, mentions))
    if rule == "funded" and not any(role == "hasFunder" for role, _ in roles):
        return
    dated = start if dated_from is None else dated_from
    begins, ends = when(unit, dated, max(end, dated + 30)) if rule != "funded" else ("", "")
    if rule in ("event", "run") and not (begins or ends or roles):
        return
    implements = cited(mentions, start, end) if rule == "named" else ()
    label = label_of(unit.text[start:end])
    yield Activity(
        unit.path, start, end, cls, label, _STATUSES.get(rule, ""), rule, "", begins, ends, roles, implements
    )


def _contributions(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """ "Contributions to the Fund from A, B and C": one funding activity with its funders."""
    for fund in mentions:
        gap = _FROM.match(unit.text, fund.end) if is_organization(fund) else None
        givers = _givers(unit.text, gap.end(), mentions) if gap else []
        match = _CONTRIBUTIONS.search(unit.text, 0, fund.start) if givers else None
        if match:
            label = unit.text[match.start("noun") : fund.end]
            yield _gift(unit, match.start(), givers, label, ("hasBeneficiary", fund.things[0]))


def _received(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """ "Contributions were received from A, B and C"."""
    for match in _RECEIVED.finditer(unit.text):
        if givers := _givers(unit.text, match.end(), mentions):
            yield _gift(unit, match.start(), givers, label_of(unit.text[match.start() : givers[-1].end]))


def _givers(text: str, at: int, mentions: list[Mention]) -> list[Mention]:
    """The organizations that are enumerated right behind "from"."""
    behind = [m for m in mentions if is_organization(m) and m.start >= at]
    return enumerated(text, behind[0], behind) if behind and behind[0].start <= at + len("the ") else []


def _gift(unit: Unit, start: int, givers: list[Mention], label: str, *more: Role) -> Activity:
    roles = unique((*(("hasFunder", giver.things[0]) for giver in givers), *more))
    return Activity(
        unit.path, start, givers[-1].end, "FundingActivity", label, "completed", "contributions", roles=roles
    )
