"""What is named as part of a sentence: meetings that are held, what is funded, run or signed."""

import re
from collections.abc import Callable, Iterator

from loaders.activity_clauses import Activity, cited, label_of, when
from loaders.activity_words import Words
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import OF_GOVERNMENTS, Role, enumerated, funders, is_organization, others, unique
from loaders.sentences import sentence_at, sentences
from loaders.triggers import Regex, Regexes

_FUNDED = Regex(r"\bfunded by\b")
_FUNDED_NOUN = Regex(
    r"(?<![\w-])(?P<noun>(?:projects?|programmes?)(?:[^.;,]{0,60}?(?:,? which (?:is|are))?\s+)funded by)"
)
_RUN_NOUN = Regex(
    r"(?<![\w-])(?P<noun>(?:projects?|programmes?|evaluations?|assessments?|surveys?|missions?|inventor(?:y|ies)|stud(?:y|ies)|reviews?|audits?)\b"
    r"(?:\bof (?:the |its )?(?:projects?|programmes?)\b"
    r"|(?!\b(?:would|could|will|to be|proposed|is|are|was|were|ha[sd]|have|projects?|programmes?)\b)[^.;:()]){0,140}?"
    r",?\s+(?:(?:which|that) (?:is|are|was|were) )?(?:being )?(?:jointly )?"
    r"(?P<verb>executed|implemented|conducted|carried out|undertaken|led|(?:co-)?f(?:und|inanc)ed)"
    r"(?:\s+in\s+(?:[A-Z]\w+\s+)?\d{4})? by)\s"
)
_RUN = Regex(
    r"\s(?:executed|implemented|conducted|carried out|undertaken|led|(?:co-)?f(?:und|inanc)ed)"
    r"(?:\s+in\s+(?:[A-Z]\w+\s+)?\d{4})? by\s"
)
_SIGNED = Regex(r"\b(?:signed|concluded|renewed|extended)\b")
_SIGNED_NOUN = Regex(
    r"\b(?P<noun>(?:memorand(?:um|a) of (?:understanding|cooperation)|letters? of (?:agreement|intent)"
    r"|(?:cooperation |partnership |framework )?agreements?|(?:working )?arrangements?|joint work ?plans?)\b"
    r"[^.;:]{0,140}?,?\s+(?:which (?:was|were) )?(?:signed|concluded|renewed|extended)\s+(?:on|in)\s+(?=\d|[A-Z]))"
)
_GOES_ON = Regex(r"\b(?:continued|continues|deepened|intensified|expanded|was strengthened)\b")
_GOES_ON_NOUN = Regex(
    r"(?P<noun>\b(?:[Cc]o-?operation|[Cc]ollaboration|[Cc]oordination|[Ee]ngagement)(?: and [a-z]+)?"
    r" with\s[^.;:]{3,120}?)"
    r"\s(?:has\s+)?(?:continued|continues|deepened|intensified|expanded|was strengthened)\b"
)
_PASSIVE_END = re.compile(r"(?<!which )\b(?:was|were|been|be) \w+\s+(?:on|in)\s+$")
_RECEIVED = Regex(
    r"\b(?:[\w-]+\s+)?[Cc]ontributions\s+(?:(?:were|have been|had been)\s+(?:also\s+|gratefully\s+)?)?"
    r"(?:received|provided|made)"
    rf"\s+(?:from|by)\s+{OF_GOVERNMENTS}"
)
_CONTRIBUTIONS = Regex(r"(?P<noun>(?:[\w-]+\s+){0,2}contributions?\s+(?:to|for)\s+(?:the\s+)?)$")
_THANKS = Regex(
    rf"(?:\b(?:[Aa]ppreciation|[Tt]hanks|[Gg]ratitude|[Gg]rateful)\*?\s+to|\b[Tt]hank(?:s|ed)?\*?)\s+{OF_GOVERNMENTS}"
)
_SUPPORT = Regex(
    r"(?:\s*\([^()]*\))?,?\s+for\s+(?:(?:its|their|the|generous|continued|further)\s+)*"
    r"(?P<noun>(?:(?:generous|voluntary|financial|in-kind)\s+)+(?:support|assistance|contributions?)|contributions?)"
    r"(?:\s+(?:that\s+)?(?:they|it)\s+(?:had\s+|have\s+|has\s+)?provided)?(?:\s+(?:to|for)\s+(?:the\s+)?)?"
)
_FROM = Regex(
    r"(?:\s+(?:(?:has|have|had)\s+been|were|was)\s+(?:received|made|provided|pledged))?"
    rf"\s+(?:from|by)\s+{OF_GOVERNMENTS}"
)


def named(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """ "A project funded by …", "a desk study would …"."""
    if "ontribution" in unit.text:
        yield from _contributions(unit, mentions)
        yield from _received(unit, mentions)
    yield from thanked(unit, mentions)
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
    return part(unit, mentions, (match.start("noun"), end), words.type_of(match["noun"]), "run", match.start("verb"))


def _goes_on(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, _: Words) -> Iterator[Activity]:
    return part(unit, mentions, match.span(), "PartnershipActivity", "goes on", match.end("noun"))


_Tell = Callable[[Unit, list[Mention], re.Match[str], int, Words], Iterator[Activity]]
# What a sentence needs, the noun that is sought in it, and what it tells.
_NOUNS = Regexes[tuple[Regex, _Tell]]((
    (_FUNDED, (_FUNDED_NOUN, _funded)),
    (_SIGNED, (_SIGNED_NOUN, _signed)),
    (_RUN, (_RUN_NOUN, _run)),
    (_GOES_ON, (_GOES_ON_NOUN, _goes_on)),
))  # fmt: skip


_STATUSES = {"named": "proposed"}


def part(
    unit: Unit, mentions: list[Mention], span: tuple[int, int], cls: str, rule: str, dated_from: int | None = None
) -> Iterator[Activity]:
    """The activity of a part of a sentence; an event has the date behind its verb, and is none without one."""
    start, end = span
    paying = funders(unit.text, sentence_at(unit.text, start)[0], end, mentions) if rule == "event" else ()
    roles = unique((*others(unit.text, start, end, mentions), *paying))
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


def thanked(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """ "Expresses its appreciation to A and B for their financial support to C": one funding activity."""
    for match in _THANKS.finditer(unit.text):
        givers = _givers(unit.text, match.end(), mentions)
        support = _SUPPORT.match(unit.text, givers[-1].end) if givers else None
        if support:
            served = [m for m in mentions if is_organization(m) and m.start == support.end()]
            roles = (("hasBeneficiary", served[0].things[0]),) if served else ()
            label = label_of(f"{support['noun']} from {unit.text[givers[0].start : givers[-1].end]}")
            yield _gift(unit, match.start(), givers, label, *roles)


def _givers(text: str, at: int, mentions: list[Mention]) -> list[Mention]:
    """The organizations that are enumerated right behind "from"."""
    behind = [m for m in mentions if is_organization(m) and m.start >= at]
    return enumerated(text, behind[0], behind) if behind and behind[0].start <= at + len("the ") else []


def _gift(unit: Unit, start: int, givers: list[Mention], label: str, *more: Role) -> Activity:
    roles = unique((*(("hasFunder", giver.things[0]) for giver in givers), *more))
    return Activity(
        unit.path, start, givers[-1].end, "FundingActivity", label, "completed", "contributions", roles=roles
    )
