"""Activities: who does what, when, with whom and under which mandate.

Ways of telling that are read: what a decision asks for (one activity for each thing to be done), what a list item names
("Submission of information by …"), what a sentence tells of an organization ("The secretariat organized a workshop"),
titled events with a date, meetings that are held, and what is funded or due. Activities of the registry are known by
their names wherever they are told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.registry import Registry
from loaders.activity_words import Row, is_passive, load_words
from loaders.acts import Act
from loaders.dates import find_dates
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import Role, actor_before, funders, is_organization, others, subject, unique

if TYPE_CHECKING:
    from loaders.analysis import Analysis

LONGEST_LABEL = 11
_WITH_OUTPUT = {"Study", "Reporting", "GuidanceDevelopment", "PublicationActivity", "Review", "Activity"}
_UNTOLD = ("Heading", "Section", "Footnote", "PreambularParagraph")


@dataclass(frozen=True)
class Activity:
    """One activity as one place tells it; `slug` (or a meeting's path) when it is known. Paths are below the base."""

    unit: str
    start: int
    end: int
    cls: str
    label: str
    status: str
    rule: str
    slug: str = ""
    begins: str = ""
    ends: str = ""
    roles: tuple[Role, ...] = ()
    implements: tuple[Thing, ...] = ()
    outputs: tuple[Thing, ...] = ()
    decision: str = ""
    act: int = 0


class ActivityFinder:
    """Finds the activities of an analysed document."""

    def __init__(self, registry: Registry) -> None:
        self.words = load_words()
        self.known = [(activity, _any_of((activity.name, *activity.aliases))) for activity in registry.activities]
        self.dated = {f"meeting/{meeting.slug}" for meeting in registry.meetings}

    def find(self, analysis: "Analysis") -> list[Activity]:
        """All activities, in reading order; of one class in one clause only the first stays."""
        found: list[Activity] = []
        for unit in analysis.document.units:
            if unit.kind not in _UNTOLD:
                told = sorted(self._of_unit(analysis, unit), key=lambda a: (a.start, -a.end, a.rule))
                found.extend(self._known(analysis.home, unit, _without_repeats(told)))
        return found

    def _of_unit(self, analysis: "Analysis", unit: Unit) -> Iterator[Activity]:
        mentions, acts = analysis.mentions[unit.path], analysis.acts.get(unit.path, [])
        for number, act in enumerate(acts, 1):
            yield from self._asked(analysis, unit, act, number, mentions)
        if unit.instrument:
            return
        yield from self._titled(unit)
        yield from self._meetings(unit, mentions)
        if unit.kind == "ListItem":
            yield from self._nominal(analysis, unit, mentions, _item_clauses(unit.text))
            return
        yield from self._nominal(analysis, unit, mentions, _inline_list(unit.text))
        yield from self._narrated(unit, mentions, acts)
        yield from self._named(unit, mentions)

    # ---- what decisions ask for

    def _asked(
        self, analysis: "Analysis", unit: Unit, act: Act, number: int, mentions: list[Mention]
    ) -> Iterator[Activity]:
        if act.addressee is None:
            return
        draft = any(i.path == unit.instrument and i.draft for i in analysis.document.instruments)
        starts = _asked_starts(unit.text, act)
        for start, end in zip(starts, [*starts[1:], act.end][: len(starts)], strict=True):
            phrase = unit.text[start:end]
            cls = self._asked_type(phrase)
            doer = "hasPartner" if cls == "PartnershipActivity" else "hasOrganizer"
            yield Activity(
                unit.path,
                start,
                end,
                cls,
                _label(phrase),
                "proposed" if draft else "requested",
                "asked for",
                roles=unique(((doer, act.addressee), *others(unit.text, start, end, mentions))),
                implements=_cited(mentions, start, end) or _cited(mentions, act.start, act.end),
                decision=act.decision,
                act=number,
            )

    def _asked_type(self, phrase: str) -> str:
        """The class of what is to be done: cooperating and reporting by their verb, all else by its object."""
        for verb, cls in _ASKED_TYPES:
            if verb.match(phrase):
                return cls
        return self.words.type_of(_without_adjunct(phrase)[:110])

    # ---- list items

    def _nominal(
        self, analysis: "Analysis", unit: Unit, mentions: list[Mention], starts: list[int]
    ) -> Iterator[Activity]:
        matches = [found for at in starts if (found := self._nominal_at(unit.text, at))]
        chapeau = _of_chapeau(analysis, unit)
        decided = [m.things[0].path for m in mentions if m.things[0].path.startswith("decision/")]
        for index, (match, row) in enumerate(matches):
            end = matches[index + 1][0].start() if index + 1 < len(matches) else len(unit.text)
            phrase = unit.text[match.start() : end]
            begins, ends = _when(unit.text, match.start(), end)
            yield Activity(
                unit.path,
                match.start(),
                end,
                row.get("type") or self.words.type_of(phrase[:90]),
                _label(phrase),
                "requested" if decided else "proposed",
                "list item",
                begins=begins,
                ends=ends,
                roles=unique((*others(unit.text, match.start(), end, mentions), *chapeau)),
                implements=_cited(mentions, 0, len(unit.text)),
                decision=decided[0] if len(decided) == 1 else "",
            )

    def _nominal_at(self, text: str, at: int) -> tuple[re.Match[str], Row] | None:
        return next(((match, row) for regex, row in self.words.nominal if (match := regex.match(text, at))), None)

    # ---- sentences

    def _narrated(self, unit: Unit, mentions: list[Mention], acts: list[Act]) -> Iterator[Activity]:
        spans = list(sentences(unit.text))
        for begin, end in spans:
            if any(act.start < end and begin < act.end for act in acts) or _SUGGESTS.search(unit.text, begin, end):
                continue
            verbs = self.words.verbs_in(unit.text, begin, end)
            actor = actor_before(unit.text, spans, begin, mentions)
            told: tuple[Role, ...] = ()
            for index, (match, row) in enumerate(verbs):
                stop = verbs[index + 1][0].start() if index + 1 < len(verbs) else end
                role = row.get("role", "hasOrganizer")
                found = subject(unit.text, begin, match.start(), mentions, role, actor)
                doers = found or (tuple((role, thing) for _, thing in told) if match[0].endswith("ing") else ())
                told = found or told
                if doers:
                    yield self._one(unit, mentions, match, row, (begin, stop, end), doers)

    def _one(
        self,
        unit: Unit,
        mentions: list[Mention],
        match: re.Match[str],
        row: Row,
        place: tuple[int, int, int],
        doers: tuple[Role, ...],
    ) -> Activity:
        begin, stop, end = place
        start, before = match.start(), unit.text[begin : match.start()]
        passive = is_passive(unit.text, begin, start)
        about = (
            self.words.last_type(before[-90:]) if passive else self.words.type_of(unit.text[match.end() : stop][:80])
        )
        cls = row.get("type") or about
        begins, ends = _when(unit.text, start, stop)
        if not begins and not ends:
            begins, ends = _when(unit.text, begin, start)
        roles = (*doers, *others(unit.text, start, stop, mentions), *funders(unit.text, begin, end, mentions))
        return Activity(
            unit.path,
            start,
            stop,
            cls,
            _label(_noun_before(before) + " " + match[0] if passive else unit.text[start:stop]),
            row.get("status") or _status(before, match[0]),
            "told",
            begins=begins,
            ends=ends,
            roles=unique(roles),
            implements=_cited(mentions, begin, end),
            outputs=_documents(mentions, start, stop) if cls in _WITH_OUTPUT else (),
        )

    # ---- events, meetings, and what is named without a verb of its own

    def _titled(self, unit: Unit) -> Iterator[Activity]:
        """“Title” on 15 October 2020: one event each, of the class named before the list of titles."""
        for match in _TITLED.finditer(unit.text):
            dates = list(find_dates(match["date"]))
            if not dates:
                continue
            before = unit.text[max(0, match.start() - 250) : match.start()]
            cls = self.words.last_type(_QUOTED.sub("", before))
            cls = "Webinar" if cls in ("Meeting", "Activity") else cls
            label = " ".join(match["title"].split()[: LONGEST_LABEL + 2])
            begins, ends = dates[0].start, dates[0].end
            yield Activity(
                unit.path, match.start(), match.end(), cls, label, "completed", "titled event", "", begins, ends
            )

    def _meetings(self, unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
        """Meetings that are told of as events: held, attended, with their dates; and "meetings of" a body."""
        for mention in mentions:
            thing = mention.things[0]
            if len(mention.things) > 1:
                continue
            around = unit.text[max(0, mention.start - 60) : mention.end + 120]
            if thing.path.startswith("meeting/") and _HELD.search(around):
                known = thing.path in self.dated
                held = _HELD_ON.match(unit.text, mention.end)
                begins, ends = ("", "") if known or not held else _when(unit.text, held.end(), held.end() + 45)
                yield Activity(
                    unit.path, mention.start, mention.end, "Meeting", "", "", "meeting", thing.path, begins, ends
                )
            elif is_organization(mention) and (match := _MEETINGS_OF.search(unit.text[: mention.start])):
                label = unit.text[match.start() : mention.end]
                roles = (("hasOrganizer", thing),)
                yield Activity(
                    unit.path, match.start(), mention.end, "Meeting", label, "", "meetings of a body", roles=roles
                )

    def _named(self, unit: Unit, mentions: list[Mention]) -> Iterator[Activity]:
        """ "A project funded by …", "a desk study would …", "reports, due by …": named as part of a sentence."""
        for begin, end in sentences(unit.text):
            for match in _FUNDED_NOUN.finditer(unit.text, begin, end):
                cls = "Project" if match["noun"].startswith("project") else "Programme"
                yield from self._part(unit, mentions, (match.start("noun"), end), cls, "funded", "")
            for match in _DUE_NOUN.finditer(unit.text, begin, end):
                cls = self.words.last_type(match["noun"])
                yield from self._part(unit, mentions, (match.start(), match.end()), cls, "due", "")
            for regex, row in self.words.strong:
                if match_ := regex.search(unit.text, begin, end):
                    yield from self._part(unit, mentions, (match_.start(), end), row["type"], "named", "proposed")

    def _part(
        self, unit: Unit, mentions: list[Mention], span: tuple[int, int], cls: str, rule: str, status: str
    ) -> Iterator[Activity]:
        start, end = span
        roles = unique(others(unit.text, start, end, mentions))
        if rule == "funded" and not any(role == "hasFunder" for role, _ in roles):
            return
        begins, ends = _when(unit.text, start, end) if rule != "funded" else ("", "")
        label = _label(unit.text[start:end])
        implements = _cited(mentions, start, end) if rule == "named" else ()
        yield Activity(unit.path, start, end, cls, label, status, rule, "", begins, ends, roles, implements)

    # ---- the registry

    def _known(self, home: str, unit: Unit, told: list[Activity]) -> list[Activity]:
        """Registered activities take the place of what was told with their names, or stand beside it."""
        result = list(told)
        for record, regex in self.known:
            match = regex.search(unit.text)
            if match is None or (record.regime and home not in ("", record.regime)):
                continue
            same = [a for a in result if a.cls == record.cls and not a.slug and _touch(a, match)]
            if same:
                told_here = replace(same[0], slug=record.slug, label=record.name, rule="registry")
                result[result.index(same[0])] = told_here
                result = [a for a in result if a not in same[1:]]
            else:
                start, end = match.span()
                result.append(Activity(unit.path, start, end, record.cls, record.name, "", "registry", record.slug))
        return result


_SUGGESTS = re.compile(r"\bmay wish to\b|\bshall\b")
_INFINITIVE = re.compile(
    r"(?:^|[\w)],?\s+)(?:and\s+|or\s+)?(?P<to>to)\s+(?:further\s+|also\s+|(?!on)\w+ly\s+|continue\s+to\s+)*"
    r"(?P<verb>(?:continue|enhance|engage|undertake|develop|disseminate|make|prepare|provide|report|submit|collect|compile"
    r"|convene|organi[sz]e|facilitate|support|cooperate|collaborate|participate|contribute|review|update|revise|consider"
    r"|identify|assist|conduct|carry|hold|transmit|publish|share|establish|ensure|explore|promote|strengthen|implement|take"
    r"|keep|gather|raise|present|work|seek|draft|finali[sz]e|invite|inform|communicate|liaise|coordinate|monitor|maintain"
    r"|nominate|analyse|assess|design|translate|circulate|include|address|adopt)(?![\w-]))"
)
_ASKED_TYPES = (
    (
        re.compile(
            r"(?:continue(?: and enhance)?|enhance)?\s*(?:to )?(?:cooperat|collaborat|coordinat)\w+"
            r"|\w+(?: and \w+)? cooperation"
        ),
        "PartnershipActivity",
    ),
    (re.compile(r"report\b"), "Reporting"),
    (re.compile(r"engage\b|make\b|participate\b"), "Activity"),
    (re.compile(r"contribute to the .{0,30}Fund"), "FundingActivity"),
)
_TITLED = re.compile(r"[“\"](?P<title>[^”\"]{8,160})[”\"],?\s+(?:held\s+)?on\s+(?P<date>\d{1,2}[^;,.”“]{6,40}?\d{4})")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_STATUS = (
    (re.compile(r"\b(?:will|plans? to|is to|are to|to be|scheduled|envisaged)\b[^.]*$"), "planned"),
    (re.compile(r"\b(?:would|could|might|considering|proposed)\b[^.]*$"), "proposed"),
)
_FUNDED_NOUN = re.compile(
    r"(?<![\w-])(?P<noun>(?:projects?|programmes?)(?:[^.;,]{0,60}?(?:,? which (?:is|are))?\s+)funded by)"
)
_DUE_NOUN = re.compile(
    r"(?P<noun>(?:\w+[ -]){0,4}(?:reports?|plans?|submissions?))(?:,? which)?\s+"
    r"(?:(?:is|are|was|were)\s+)?due\s+(?:on|by)\s+[^,;.]{6,30}"
)
_HELD = re.compile(
    r"\b(?:held|took place|tak(?:e|es|ing) place|conven(?:ed|e|es)|attend(?:ed)?|participat(?:ed|ing) in|scheduled)\b"
)
_HELD_ON = re.compile(
    r"[^.;]{0,60}?\b(?:held|took place|taking place|convened)\b(?:\s+online)?(?:\s+in\s+\w+)?\s*(?=(?:on|from|in)\s)"
)
_MEETINGS_OF = re.compile(r"(?<!third )(?<!first )(?<!second )(?<![\w-])(?:regular\s+)?meetings of\s+(?:the\s+)?$")
_AND_TO = re.compile(r"(?:,|;)?\s+and\s+(?:also\s+|further\s+)?$")
_INCLUDES = re.compile(r"\b(?:activities|measures|actions|work)\s+(?:\w+\s+)?includ(?:e|es|ed)\s+")
_ADJUNCT = re.compile(r"^(?P<verb>\w+(?: and \w+)?),\s[^;]*?,\s(?=(?:an?|the)\s)")
_CLAUSE = re.compile(
    r"\s[–-]+\s+|[,;]\s+(?:and\s+|as well as\s+(?:on\s+)?)?(?:related\s+(?=review))?|\band\s+(?=submission|advancing)"
)


def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def _touch(activity: Activity, match: re.Match[str]) -> bool:
    return activity.start <= match.end() and match.start() <= activity.end


def _asked_starts(text: str, act: Act) -> list[int]:
    """Where the things to be done begin: the first infinitive, and every one that "and to" adds to it."""
    starts: list[int] = []
    for match in _INFINITIVE.finditer(text, act.start, act.end):
        if not starts or _AND_TO.search(text[: match.start("to")]):
            starts.append(match.start("verb"))
    return starts


def _without_adjunct(phrase: str) -> str:
    """A phrase without what is put between verb and object: "undertake, using …, a desk study"."""
    return _ADJUNCT.sub(r"\g<verb> ", phrase)


def _item_clauses(text: str) -> list[int]:
    """Where a clause of a list item may begin: at its head, behind a dash, and behind each comma."""
    return [0, *(match.end() for match in _CLAUSE.finditer(text))]


def _inline_list(text: str) -> list[int]:
    """Where the members of a list begin that a sentence of activities spells out, parted by semicolons."""
    match = _INCLUDES.search(text)
    if match is None or text.count(";") < 2:
        return []
    return [match.end(), *(m.end() for m in re.finditer(r";\s+(?:and\s+)?", text) if m.start() > match.end())]


def _of_chapeau(analysis: "Analysis", unit: Unit) -> tuple[Role, ...]:
    """Whom the paragraph above a list item names as taking part in all of its items."""
    if unit.kind != "ListItem":
        return ()
    invited = [act.addressee for act in analysis.acts.get(unit.parent, []) if act.addressee]
    if invited:
        return tuple(("hasParticipant", thing) for thing in invited)
    named = [m.things[0] for m in analysis.mentions.get(unit.parent, []) if is_organization(m)]
    return (("hasPartner", named[0]),) if named else ()


def _label(phrase: str) -> str:
    """A short name in the text's own words: its first words up to the end of the clause."""
    words = re.split(r"[;:.(“]|,\s", _without_adjunct(phrase.strip()))[0].split()
    return " ".join(words[:LONGEST_LABEL]).rstrip(",") or " ".join(phrase.split()[:3])


def _noun_before(before: str) -> str:
    """The subject of a passive: "A webinar was" -> "A webinar"."""
    words = re.sub(r"\s*\b(?:was|were|is|are|has|have|had|been|being|be|will|also|currently)\b\s*", " ", before).split()
    return " ".join(words[-8:])


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends."""
    start = 0
    for match in re.finditer(r"(?<=[a-z0-9)”\"’])[.;](?:\s+)(?=[A-Z“\"])", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _cited(mentions: list[Mention], start: int, end: int) -> tuple[Thing, ...]:
    """The provisions and decisions cited in a span."""
    found = {m.things[0].path: m.things[0] for m in mentions if m.cites and start <= m.start < end}
    return tuple(
        thing
        for path, thing in found.items()
        if path.startswith("decision/") or (path.startswith("treaty/") and path.count("/") > 1)
    )


def _documents(mentions: list[Mention], start: int, end: int) -> tuple[Thing, ...]:
    """The documents cited in a span: what a study or report came to."""
    found = {m.things[0].path: m.things[0] for m in mentions if m.cites and start <= m.start < end}
    return tuple(thing for path, thing in found.items() if path.startswith("doc/"))


def _when(text: str, start: int, end: int) -> tuple[str, str]:
    """Begin and end of the first date in a span; "Since 2020" has no end, "by 30 June" no begin."""
    for date in find_dates(text):
        if not start <= date.begin < end:
            continue
        before = text[max(start, date.begin - 14) : date.begin].casefold()
        if re.search(r"\bsince\s+(?:\w+\s+)?$", before):
            return date.start, ""
        if re.search(r"\b(?:by|until|before|due on)\s+$", before):
            return "", date.end
        return date.start, date.end
    return "", ""


def _status(before: str, verb: str) -> str:
    for regex, status in _STATUS:
        if regex.search(before):
            return status
    ongoing = verb.endswith(("ing", "es")) or re.search(r"\b(?:is|are|continue[sd]?)\s+\w*\s*$", before)
    return "ongoing" if ongoing else "completed"


def _without_repeats(told: list[Activity]) -> list[Activity]:
    """Of activities of one class that overlap in place, told in different ways, the first stays."""
    kept: list[Activity] = []
    for activity in told:
        if not any(
            a.start <= activity.start < a.end and a.rule != activity.rule and a.cls == activity.cls for a in kept
        ):
            kept.append(activity)
    return kept
