"""What is due: reports "due on 31 March", comments "to be sent by 30 June", a deadline that is told in passing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from loaders.activity_clauses import Activity
from loaders.activity_words import Words
from loaders.acts import Act
from loaders.asked_activities import VERB
from loaders.dates import DateSpan, dates_of
from loaders.document import Unit
from loaders.findings import Mention
from loaders.named_activities import part
from loaders.sentences import sentence_at, sentences
from loaders.triggers import Regex, Regexes

_DUE_NOUN = Regex(
    r"(?P<noun>(?:\w+[ -]){0,4}(?i:reports?|plans?|submissions?|nominations?|applications?|responses?|comments"
    r"|contributions))"
    r"(?:\s+(?:for|of|on|under|from)\s[^,;.]{3,60}?|,? which|)(?:,\s+[a-z][^.;]{3,140},)?\s+"
    r"(?:(?:(?:is|are|was|were|had been|fall|fell|falling)\s+)?(?P<due>due)\s+(?:on|by)"
    r"|(?:should|must|are to)\s+(?:reach|be (?:sent|submitted|transmitted|received)\b)[^,;.]{0,80}?\s(?P<late>by))"
    r"\s+[^,;.]{6,30}"
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
_DEADLINE = Regex(r"\b(?:[Dd]eadline|[Cc]losing date)\b")
_DEADLINE_NOUN = Regex(
    r"\b(?:[Dd]eadline|[Cc]losing date) for (?:the )?(?P<noun>[^.;]{4,120}?)(?:,[^,;.]{3,40})?"
    r"\s+(?:is|was|has been|had been|will be)\s+"
    r"(?:(?:set|fixed) (?:for|at)\s+|extended (?:to|until)\s+|(?:the )?end of\s+)?(?=\d|[A-Z])"
)


def _due(unit: Unit, mentions: list[Mention], match: re.Match[str], end: int, words: Words) -> Iterator[Activity]:
    said = max(match.start("due"), match.start("late"))
    return part(unit, mentions, match.span(), words.last_type(match["noun"]), "due", said)


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
    (_DUE, (_DUE_NOUN, _due)),
    (_FORM, (_RETURNED, _returned)),
    (_SUBMISSION, (_SUBMISSION_NOUN, _returned)),
    (_TO_BE, (_TO_BE_NOUN, _returned)),
    (_DEADLINE, (_DEADLINE_NOUN, _deadline)),
))  # fmt: skip


def due(unit: Unit, mentions: list[Mention], words: Words) -> Iterator[Activity]:
    """ "Reports, due by 31 March", "the deadline for comments was 30 June"."""
    for gate, (noun, tell) in _NOUNS.of(unit.text):
        for begin, end in sentences(unit.text):
            for match in noun.finditer(unit.text, begin, end) if gate.search(unit.text, begin, end) else ():
                yield from tell(unit, mentions, match, end, words)


# "inviting them to supply information by", "comments are welcome until", "they had until", "the call closes on".
_WANTED = Regex(
    rf"(?:\b(?:will|would)\s+need\s[^.;:]{{0,120}}?|\b(?:to|must|should|shall|will|can|could|may|please)\s+(?:also\s+|then\s+)?{VERB}[^.;:]{{0,160}}?"
    r"|\b(?:to|must|should|shall|can|may|is|are|that (?:it|they))\s+be\s+[a-z]+(?:ed|t|n)\b[^.;:]{0,100}?"
    r"|\b(?:must|should|shall|(?:is|are) to)\s+have\s[^.;:]{3,120}?"
    r"|\b(?:is|are|was|were|be|been)\s+(?:also\s+|now\s+)?(?:invited|welcome|awaited|expected|sought|requested|open|due|ready|accepted)"
    r"\b[^.;:]{0,60}?"
    r"|\blet\s+(?:me|us|the\s[Ss]ecretariat)\s+(?:know|have)\b[^.;:]{0,60}?"
    r"|\b(?:had|have|has|(?:was|were|is|are|been) given)|\bfor comments?"
    r"),?\s+(?:by|until|before|(?:no|not) later than)\s+(?:the\s+end\s+of\s+)?$"
    r"|\b(?:clos(?:e[sd]?|ing)|f[ae]ll(?:s|ing)? due)\s+on\s+$"
)
_BY = Regex(r"\b(?:(?:by|until|before|later than)\s+(?:the\s+end\s+of\s+)?|(?:clos(?:e[sd]?|ing)|due)\s+on\s+)$")
_ALREADY = Regex(r"\b(?:had|have|has)\s+(?:\w+\s+)?(?!until|to\b)\w+(?:ed|n|t)\b[^.;:]*$")
_CLAUSE = Regex(r"(?:^|[,;:(–]\s+|\b(?:and|but|that)\s+)(?=\S[^,;:(–]*$)")


def in_passing(
    unit: Unit, mentions: list[Mention], acts: list[Act], told: list[Activity], words: Words
) -> Iterator[Activity]:
    """What is wanted by a day that neither an act nor an activity of the unit has: "to reach us by 30 June 2024"."""
    known = {*(act.due_date for act in acts), *(day for one in told for day in (one.begins, one.ends))}
    for date in dates_of(unit):
        if date.end in known or not _BY.search(unit.text, max(0, date.begin - 30), date.begin):
            continue
        begin, end = sentence_at(unit.text, date.begin)
        wanted = _WANTED.search(unit.text, begin, date.begin)
        if wanted and _is_day(date, wanted[0]) and not _ALREADY.search(wanted[0]):
            start = _thing_before(unit.text, begin, wanted)
            cls = words.type_of(unit.text[wanted.start() : date.begin])
            cls = cls if cls != "Activity" else words.last_type(unit.text[start : wanted.start()])
            for one in part(unit, mentions, (start, end), cls, "due", wanted.start()):
                yield replace(one, begins="", ends=date.end)


def _is_day(date: DateSpan, said: str) -> bool:
    return date.precise or "end of" in said


def _thing_before(text: str, begin: int, wanted: re.Match[str]) -> int:
    """Where what is wanted begins: with the verb of "to supply …", with the clause of "comments are invited"."""
    if verb := _TO_DO.match(text, wanted.start()):
        return verb.end()
    clause = _CLAUSE.search(text[begin : wanted.start()])
    return begin + clause.end() if clause else begin


_TO_DO = Regex(r"(?:to|please|could|can|will|may)\s+(?!be\s)(?:also\s+|then\s+)?")


_FOR_MEETING = Regex(
    r"(?:\bin (?:good )?time for|\bready for|\bfor (?:its |their )?(?:consideration|adoption|approval)"
    r"(?:\s+and\s+[\w ]{3,30}?)?\s+(?:at|by|to)"
    r"|\b(?:will|is to|are to|would|to)\s+(?:also\s+|then\s+)?(?:be\s+)?"
    r"(?:present|submit|launch|report|put|laid|lay)\w*[^.;]{0,80}?\s(?:at|to|by|before|for))\s+(?:the\s+(?:[A-Z][^.;,]{3,90}\s+at\s+)?|its\s+|their\s+)?$"
)
_LONGEST_LEAD = 200


def due_at_meeting(unit: Unit, told: Activity, mentions: list[Mention]) -> Activity:
    """The activity with the meeting that it is to be ready for: "guidance for consideration by COP-6"."""
    if told.due[1] or told.slug.startswith("meeting/"):
        return told
    for mention in mentions:
        thing = mention.things[0]
        if thing.path.startswith("meeting/") and told.start < mention.start < told.end:
            before = _FOR_MEETING.search(unit.text, max(told.start, mention.start - _LONGEST_LEAD), mention.start)
            if before:
                return replace(told, due=("", thing.path, unit.text[before.start() : mention.end].strip()))
    return told
