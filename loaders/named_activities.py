"""What is named as part of a sentence: titled events, meetings that are held, what is funded, what is due."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from loaders.activity_clauses import LONGEST_LABEL, Activity, cited, label_of, sentences, when
from loaders.activity_words import Words
from loaders.dates import find_dates
from loaders.document import Unit
from loaders.findings import Mention
from loaders.participants import Role, enumerated, is_organization, others, unique
from loaders.triggers import Regex

_TITLED = Regex(
    r"[“\"](?P<title>[^”\"]{8,160})[”\"],?\s+(?:\(|(?:held\s+|took place\s+)?on\s+)"
    r"(?P<date>\d{1,2}[^;,.”“()]{5,40}?\d{4})"
)
_QUOTED = Regex(r"[“\"][^”\"]*[”\"]")
_ATTENDS = Regex(
    r"\b(?:attend(?:ed|ing)?|participat(?:ed|es|ing) in|took part in|taking part in|spoke at|remarks at"
    r"|(?:hold|holds|held|convene|convened|convenes|host|hosts|hosted) (?:the|its|their))\b[^.;]*$"
)
_IS_HELD = Regex(
    r"[^.;]{0,120}?(?:\b(?:held|convened|scheduled|convene)\s+(?!an?\b|the\b|its\b|two\b|three\b|several\b|series\b)"
    r"|\b(?:took|takes?|taking) place\b|\b(?:was|were|is|are|be|been) (?:\w+ )?(?:held|convened|scheduled)\b)"
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
    r"(?P<noun>(?:\w+[ -]){0,4}(?:reports?|plans?|submissions?))(?:,? which|, which\s[^.;]{3,140},)?\s+"
    r"(?:(?:is|are|was|were)\s+)?(?P<due>due)\s+(?:on|by)\s+[^,;.]{6,30}"
)
_DUE = Regex(r"\sdue\s+(?:on|by)\s")
_DEADLINE = Regex(
    r"\b[Dd]eadline for (?:the )?(?P<noun>[^.;]{4,120}?)(?:,[^,;.]{3,40})?\s+(?:is|was|has been|had been|will be)\s+"
    r"(?:(?:set|fixed) (?:for|at)\s+|extended (?:to|until)\s+|(?:the )?end of\s+)?(?=\d|[A-Z])"
)
_EVENT = Regex(
    r"(?P<noun>\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en"
    r"|\d{1,2}|whose|its|their|[Ss]everal|[Aa]nother|[Ff]urther|[Aa]dditional)\s+"
    r"(?:(?!(?<!of )(?:the|an?)\b)[\w-]+\s+){0,6}?"
    r"(?:workshops?|webinars?|trainings?|seminars?|sessions?|consultations?|round-?tables?|side events?|meetings?"
    r"|conference|symposium|courses?|missions?)\b[^.;]{0,120}?),?\s+"
    r"(?:(?:(?:was|were|will be|(?:is )?(?:expected |due |envisaged )?to be|ha[sd] been|have been)\s+)?"
    r"(?:held|convened|organi[sz]ed|conducted)"
    r"|(?:took|will take|to take) place"
    r"|(?:(?:originally|initially|tentatively|provisionally|now)\s+)?(?:scheduled|planned) for)"
    r"\s+(?:by\s+(?:the\s+)?[A-Z][^.;]{2,80}?\s+)?(?:online\s+|virtually\s+|in person\s+)?"
    r"(?:(?:in|over|during|within) the [\w ]{3,40}(?:, the \w+)?\s+)?"
    r"(?:in\s+(?P<place>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*)(?:,\s+[A-Z]\w+)?,?\s+)?"
    r"(?:(?:on|from|in|at|between|during(?:\s+the\s+week\s+of)?)\s+"
    r"(?=\d|[A-Z]|the (?:premises|headquarters|margins))|(?=\d|(?:Jan|Feb|Ma|Apr|Ju|Aug|Sep|Oct|Nov|Dec)\w* \d))"
)
_ITEM_EVENT = Regex(
    r"(?:[A-Z][\w’'/-]*(?:\s+(?!(?:of|on|for|to|from|at)\b)[\w’'/-]+){0,7}?\s+(?!of\b|on\b)|)"
    r"(?:[Ww]orkshops?|[Ww]ebinars?|[Tt]rainings?|[Ss]eminars?|[Cc]onsultations?|[Rr]ound-?tables?|[Ss]ide[ -]events?"
    r"|[Mm]eetings?|[Ss]essions?|[Ss]ymposium|[Cc]ourses?|[Mm]issions?|[Dd]ialogues?|[Cc]onference)\b"
)
_FINITE = Regex(r"\b(?:is|are|has|have|may|shall|should|would|agreed|requested|decided)\b")
_PASSIVE_END = re.compile(r"(?<!which )\b(?:was|were|been|be) \w+\s+(?:on|in)\s+$")
_TOOK_PLACE = Regex(r"\b(?:held|convened|organi[sz]ed|conducted|place|(?:scheduled|planned) for)\b")
_CONTRIBUTIONS = Regex(r"(?P<noun>(?:[\w-]+\s+){0,2}contributions?\s+(?:to|for)\s+(?:the\s+)?)$")
_FROM = Regex(
    r"(?:\s+(?:(?:has|have|had)\s+been|were|was)\s+(?:received|made|provided|pledged))?\s+(?:from|by)\s+(?:the\s+)?(?:Governments?\s+of\s+(?:the\s+)?)?"
)


def titled(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """“Title” on 15 October 2020: one event each, of the class named before the list of titles.

    A list item says behind the date who takes part.
    """
    for match in _TITLED.finditer(unit.text) if "“" in unit.text or '"' in unit.text else ():
        dates = list(find_dates(match["date"]))
        if not dates:
            continue
        before = unit.text[max(0, match.start() - 250) : match.start()]
        cls = words.last_type(_QUOTED.sub("", before))
        cls = "Webinar" if cls in ("Meeting", "Activity") else cls
        label = " ".join(match["title"].split()[: LONGEST_LABEL + 2])
        begins, ends = dates[0].start, dates[0].end
        item = unit.kind == "ListItem" and not match.start()
        roles = unique(others(unit.text, match.end(), len(unit.text), mentions)) if item else ()
        yield Activity(
            unit.path, match.start(), match.end(), cls, label, "completed", "titled event", "", begins, ends, roles
        )


def dated_item(unit: Unit, mentions: list[Mention], chapeau: tuple[Role, ...], words: Words) -> Iterator[Activity]:
    """A list item that begins with what it was, and has its day: "Regional workshop on plastics, Dakar, 3 May 2024".

    Those whom the `chapeau` above it names take part.
    """
    match = _ITEM_EVENT.match(unit.text) if unit.kind == "ListItem" else None
    if match is None:
        return
    days = [date for date in find_dates(unit.text) if date.precise and date.begin > match.end()]
    if not days or _FINITE.search(unit.text, match.end(), days[0].begin):
        return
    roles = unique((*others(unit.text, 0, len(unit.text), mentions), *chapeau))
    begins, ends = when(unit.text, days[0].begin, len(unit.text))
    cls, label = words.type_of(match[0]), label_of(unit.text)
    yield Activity(unit.path, 0, len(unit.text), cls, label, "", "dated item", "", begins, ends, roles)


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
            begins, ends = when(unit.text, held.end(), held.end() + 45) if held else ("", "")
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
    return bool(before or _IS_HELD.match(text, mention.end))


def named(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """ "A project funded by …", "a desk study would …", "reports, due by …", "a workshop, held in …"."""
    yield from _contributions(unit, mentions)
    funded, due, event = "funded by" in unit.text, " due " in unit.text, _TOOK_PLACE.may_match(unit.text)
    signed, run = _SIGNED.may_match(unit.text), " by " in unit.text
    for begin, end in sentences(unit.text):
        for match in _FUNDED_NOUN.finditer(unit.text, begin, end) if funded else ():
            cls = "Project" if match["noun"].startswith("project") else "Programme"
            yield from _part(unit, mentions, (match.start("noun"), end), cls, "funded")
        for match in _SIGNED_NOUN.finditer(unit.text, begin, end) if signed else ():
            if not _PASSIVE_END.search(match["noun"]):
                yield from _part(unit, mentions, match.span(), "PartnershipActivity", "signed", match.end("noun"))
        for match in _RUN_NOUN.finditer(unit.text, begin, end) if run and _RUN.search(unit.text, begin, end) else ():
            span, cls = (match.start("noun"), end), words.type_of(match["noun"])
            yield from _part(unit, mentions, span, cls, "run", match.end("noun"))
        for match in _DUE_NOUN.finditer(unit.text, begin, end) if due and _DUE.search(unit.text, begin, end) else ():
            yield from _part(unit, mentions, match.span(), words.last_type(match["noun"]), "due", match.start("due"))
        for match in _DEADLINE.finditer(unit.text, begin, end) if "eadline" in unit.text else ():
            yield from _due(unit, mentions, match, end, words)
        took_place = event and _TOOK_PLACE.search(unit.text, begin, end)
        for match in _EVENT.finditer(unit.text, begin, end) if took_place else ():
            span = match.start("noun"), end
            if any(m.things[0].path.startswith("meeting/") and 0 <= m.start - span[0] < 5 for m in mentions):
                continue
            yield from _part(unit, mentions, span, words.type_of(match["noun"]), "event", match.end())
    for regex, row in words.strong.of(unit.text):
        spans = [(m.start(), end) for begin, end in sentences(unit.text) for m in regex.finditer(unit.text, begin, end)]
        if spans:
            yield from _part(unit, mentions, (spans[0][0], spans[-1][1]), row["type"], "named")


def _due(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    """What a deadline is for: "the deadline for the submission of reports was 31 December"."""
    due = next((date.end for date in find_dates(unit.text) if date.begin >= match.end()), "")
    cls = words.last_type(match["noun"])
    for told in _part(unit, mentions, (match.start("noun"), end), cls, "due") if due else ():
        yield replace(told, begins="", ends=due)


_STATUSES = {"named": "proposed"}


def _part(
    unit: Unit, mentions: list[Mention], span: tuple[int, int], cls: str, rule: str, dated_from: int = 0
) -> Iterator[Activity]:
    """The activity of a part of a sentence; an event has the date behind its verb, and is none without one."""
    start, end = span
    roles = unique(others(unit.text, start, end, mentions))
    if rule == "funded" and not any(role == "hasFunder" for role, _ in roles):
        return
    begins, ends = when(unit.text, dated_from or start, max(end, dated_from + 30)) if rule != "funded" else ("", "")
    if rule in ("event", "run") and not (begins or ends or roles):
        return
    implements = cited(mentions, start, end) if rule == "named" else ()
    label = label_of(unit.text[start:end])
    yield Activity(
        unit.path, start, end, cls, label, _STATUSES.get(rule, ""), rule, "", begins, ends, roles, implements
    )


def _contributions(unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
    """ "Contributions to the Fund from A, B and C": one funding activity with its funders."""
    for fund in mentions if "ontribution" in unit.text else ():
        gap = _FROM.match(unit.text, fund.end) if is_organization(fund) else None
        givers = [m for m in mentions if gap and is_organization(m) and m.start >= gap.end()]
        if gap is None or not givers or givers[0].start > gap.end() + 4:
            continue
        match = _CONTRIBUTIONS.search(unit.text, 0, fund.start)
        if match is None:
            continue
        list_ = enumerated(unit.text, givers[0], givers)
        roles = [*(("hasFunder", m.things[0]) for m in list_), ("hasBeneficiary", fund.things[0])]
        label = unit.text[match.start("noun") : fund.end]
        yield Activity(
            unit.path, match.start(), list_[-1].end, "FundingActivity", label, "completed", "contributions",
            roles=unique(roles),
        )  # fmt: skip
