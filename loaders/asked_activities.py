"""What is asked for: one activity for each thing that an act, or a point below it, wants done."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.act_terms import Due, find_due
from loaders.activity_clauses import Activity, cited, label_of, object_of, when
from loaders.activity_words import EVENTS, Words
from loaders.acts import Act
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import Role, organizations, others, partners_before, unique
from loaders.triggers import Regex

VERB = (
    r"(?:further\s+|also\s+|(?!on)\w+ly\s+|continue\s+to\s+)*"
    r"(?P<verb>(?:continue|enhance|engage|undertake|develop|disseminate|make|prepare|provide|report|submit|collect|compile"
    r"|convene|organi[sz]e|facilitate|support|cooperate|collaborate|participate|contribute|review|update|revise|consider"
    r"|identify|assist|conduct|carry|hold|transmit|publish|share|establish|ensure|explore|promote|strengthen|implement|take"
    r"|keep|gather|raise|present|work|seek|draft|finali[sz]e|invite|inform|communicate|liaise|coordinate|monitor|maintain"
    r"|nominate|analyse|assess|design|translate|circulate|include|address|adopt|produce|launch|complete|evaluate|enter"
    r"|sign|issue|extend|integrate|incorporate|apply|respond|notify|designate|examine|determine|advise|join|oversee|enact"
    r"|recommend|expand|improve|increase|serve|initiate|request|test|bring|commission|elaborate|appoint|send|release|discuss"
    r"|elect|consult|reflect|mobili[sz]e|conclude|negotiate|sign|accelerate|adapt|add|allow|approach|arrange|attend|avoid"
    r"|build|call|carry|clarify|close|comment|compare|complement|comply|conserve|continue|create|deepen|define|deliver"
    r"|demonstrate|deploy|devote|direct|discourage|draw|emphasize|enable|endeavour|enforce|expedite|finance|follow|foster"
    r"|fund|give|guide|hire|inventory|investigate|invest|issue|lead|mainstream|manage|map|mitigate|name|offer|open"
    r"|operate|optimize|pay|phase|pilot|place|plan|pledge|post|prevent|prioritize|promulgate|protect|pursue|put|ratify|reach"
    r"|recruit|redouble|reduce|reinforce|remain|remove|replace|replenish|respect|restrict|resume|scale|secure|send|set"
    r"|simplify|speed|step|streamline|study|supply|synthesi[sz]e|tackle|target|track|train|undergo|uphold|use|utilize|verify"
    r"|withdraw|write|fill|return|reply|answer|supply|describe|indicate|confirm|register|file|pass|run|allocate|transfer|forward|refer|propose|select|encourage|host)(?![\w-]))"
)
_INFINITIVE = Regex(rf"(?:^|[\w)],?\s+)(?:and\s+|or\s+)?(?P<to>[Tt]o)\s+{VERB}")
_BARE = Regex(VERB, re.IGNORECASE)
_THAT = Regex(r"\s*(?:,[^,;]{3,90},)?\s*that\s+")
_SHOULD = Regex(rf"\s+(?:should\s+|shall\s+)?(?:continues?\s+to\s+)?{VERB}", re.IGNORECASE)
_TO_POINTS = re.compile(r"\bto:\s*$")
_TYPES = (
    (
        Regex(
            r"(?:continue(?: and enhance)?|enhance|Its)?\s*(?:to )?(?:cooperat|collaborat|coordinat)\w+"
            r"|\w+(?: and \w+)? cooperation|(?:continue to )?work with"
        ),
        "PartnershipActivity",
    ),
    (Regex(r"report\b|(?:submit|present|transmit|send)\b[^;]{0,80}\breport\b"), "Reporting"),
    (
        Regex(r"(?:inform|communicate|send|transmit|circulate|forward|share|distribute|disseminate|notify)\b"),
        "InformationSharing",
    ),
    (Regex(r"publish\b"), "PublicationActivity"),
    (Regex(r"bring\b[^;]{0,120}\bto the attention of"), "InformationSharing"),
    (
        Regex(
            r"make (?:[^,;]{0,60}\b(?:data|information|inputs|results)\b[^,;]{0,20}\bavailable"
            r"|available\b[^;]{0,60}\b(?:data|information|inputs|results|experiences?))"
        ),
        "InformationSharing",
    ),
    (Regex(r"make (?:[\w-]+ ){0,2}contributions?\b"), "FundingActivity"),
    (Regex(r"engage\b|make\b|participate\b"), "Activity"),
    (Regex(r"contribute to the .{0,30}[Ff]und\b|(?:provide|support) [^,;]{0,60}(?:financ|fund)"), "FundingActivity"),
)
_TO = Regex(r"[Tt]o\s")
_CONTINUED = Regex(r"[A-Z][a-z]+ing\s|Its\s(?:co-?operation|collaboration|work)\b")
_AND_TO = Regex(r"(?:,|;)?\s+and(?:,[^,;]{3,90},)?\s+(?:also\s+|further\s+)?$")


def of_act(unit: Unit, act: Act, number: int, mentions: list[Mention], words: Words, draft: bool) -> Iterator[Activity]:
    """What an act with an addressee asks for; of others, what a body decides to review itself."""
    if not act.asks:
        yield from _own_review(unit, act, f"{unit.path}/act_{number}", draft)
        return
    act_path = f"{unit.path}/act_{number}"
    decided = tuple(m.things[0] for m in mentions if act.decision and m.things[0].path == act.decision)[:1]
    spoken = len(act.verb_phrase) if unit.text.startswith(act.verb_phrase, act.start) else 0
    bare = _behind_that(unit.text, act.start + spoken, act.end, mentions)
    for start, end in _things_to_do(_masked(unit.text, mentions, "x"), act.start + spoken, act.end, bare):
        if unit.text[start:end].rstrip() == "continue to:" or _HEADS_POINTS.fullmatch(unit.text, start, end):
            continue
        implements = cited(mentions, start, end) or cited(mentions, act.start, act.end) or decided
        yield _one(unit, (start, end), act, act_path, mentions, words, draft, implements)


def _own_review(unit: Unit, act: Act, act_path: str, draft: bool) -> Iterator[Activity]:
    """ "Decides to review the plan at its eighth meeting"."""
    match = _REVIEWS.search(unit.text, act.start, act.end) if act.type in ("decide", "agree") else None
    if match:
        organizer = (("hasOrganizer", Thing(act.issuer)),) if act.issuer else ()
        span, status = (match.start("verb"), act.end), "proposed" if draft else "planned"
        yield Activity(
            unit.path, *span, "Review", label_of(unit.text[slice(*span)]), status, "own review",
            ends=act.due_date, roles=organizer, act=act_path,
        )  # fmt: skip


_REVIEWS = Regex(r"\bto\s+(?P<verb>(?:review|evaluate|assess)\b)")


def of_point(
    unit: Unit,
    act: Act,
    act_path: str,
    mentions: list[Mention],
    words: Words,
    draft: bool,
    above: str,
    partners: tuple[Role, ...] = (),
) -> Iterator[Activity]:
    """What a point "(a) To …" adds to an act, or "(a) Supporting …"; `above` is the text with the act, and the
    `partners` are those that it names for all its points."""
    for activity in _of_point(unit, act, act_path, mentions, words, draft, above):
        yield replace(activity, roles=unique((*activity.roles, *partners)))


def _of_point(
    unit: Unit, act: Act, act_path: str, mentions: list[Mention], words: Words, draft: bool, above: str
) -> Iterator[Activity]:
    if _CONTINUED.match(unit.text) and above.rstrip().endswith(("continue:", "continue to:")):
        yield _one(unit, (0, len(unit.text)), act, act_path, mentions, words, draft, cited(mentions, 0, len(unit.text)))
    bare = _BARE.match(unit.text) if _TO_POINTS.search(above) else None
    if not bare and not _TO.match(unit.text):
        if verb := _TO_DO_POINTS.search(above):
            thing = _one(unit, (0, len(unit.text)), act, act_path, mentions, words, draft, ())
            yield replace(thing, label=f"{verb['verb']} {label_of(_WHEN_FIRST.sub('', unit.text))}")
        return
    spans = _things_to_do(_masked(unit.text, mentions, "x"), 0, len(unit.text), bare)
    for index, (start, end) in enumerate(spans):
        if index and _GIVES_IT.match(unit.text, start, end):
            continue
        thing = _one(unit, (start, end), act, act_path, mentions, words, draft, cited(mentions, start, end))
        after = spans[index + 1] if index + 1 < len(spans) else (end, end)
        thing = replace(thing, due=_due_meeting(unit, (start, end), mentions))
        if not (thing.begins or thing.ends) and _GIVES_OUT.match(unit.text, *after):
            thing = replace(thing, ends=when(unit, *after)[1])
        yield thing


_TO_DO_POINTS = Regex(
    rf"\bto\s+(?!continue\b){VERB}(?:\s+(?:the\s+following|to\s+the\s+\w+))?(?:,[^:;]{{3,160}})?:\s*$"
)  # "are invited to nominate:"
_HEADS_POINTS = Regex(rf"{VERB}\s*:\s*")
_WHEN_FIRST = re.compile(r"^(?:By|Before|No later than)\s[^,]*,\s*")
# When the thing is to be given out is when it has to be there: "and to publish it by 30 September".
_GIVES_OUT = Regex(r"(?:[\w-]+\s+){1,2}(?:it|them|the results?|a draft|its results?|the findings)\b")
_GIVES_IT = Regex(r"(?:issue|publish|make|circulate|post|submit|send|transmit|disseminate|present)\s+(?:it|them)\b")


_INTENDS = Regex(
    r"\b(?:which|that|who)(?:\s+(?:now|also))?\s*:\s*$"
    r"|\b(?:will|would|shall|(?:is|are|plans?|intends?|proposes?|expects?|aims?) to"
    r"|(?:plan|intend|propose)s?)(?:,[^,:]{3,60},?)?\s*:\s*$"
)


def intended(
    unit: Unit, doers: tuple[Thing, ...], mentions: list[Mention], words: Words, above: str
) -> Iterator[Activity]:
    """What the points below "The secretariat would:" say that the `doers` are going to do."""
    bare = _BARE.match(unit.text)
    intends = (bare or _TO.match(unit.text)) and _INTENDS.search(above)
    for start, end in _things_to_do(_masked(unit.text, mentions, "x"), 0, len(unit.text), bare) if intends else ():
        cls = _class_of(unit.text, (start, end), mentions, words)
        begins, ends = when(unit, start, end)
        yield Activity(
            unit.path, start, end, cls, label_of(unit.text[start:end]), "planned", "intended", "", begins, ends,
            unique((*_doing(cls, doers), *others(unit.text, start, end, mentions))), cited(mentions, start, end),
            due=_due_meeting(unit, (start, end), mentions),
        )  # fmt: skip


def _due_meeting(unit: Unit, span: tuple[int, int], mentions: list[Mention]) -> Due:
    """The meeting that a thing is due for; when it is due on a day, that day is its end."""
    due = find_due(unit, *span, mentions)
    return due if due[1] else ("", "", "")


def _doing(cls: str, doers: tuple[Thing, ...]) -> tuple[Role, ...]:
    """The roles of those who do what is of a class: partners where they cooperate, else organizers."""
    return tuple(("hasPartner" if cls == "PartnershipActivity" else "hasOrganizer", doer) for doer in doers)


def _class_of(text: str, span: tuple[int, int], mentions: list[Mention], words: Words) -> str:
    """The class of what is to be done; a "Programme" in the name of an organization is none."""
    start, end = span
    own = object_of(_masked(text, organizations(text, mentions), " ")[start:end])
    phrase = text[start].lower() + text[start + 1 : end]
    return next((cls for verb, cls in _TYPES if verb.match(phrase)), "") or words.type_of(" ".join(own.split())[:110])


def _one(
    unit: Unit,
    span: tuple[int, int],
    act: Act,
    act_path: str,
    mentions: list[Mention],
    words: Words,
    draft: bool,
    implements: tuple[Thing, ...],
) -> Activity:
    start, end = span
    phrase = unit.text[start:end]
    cls = _class_of(unit.text, span, mentions, words)
    doing = _doing(cls, act.addressees)
    own = when(unit, start, end) if unit.kind == "ListItem" or cls in EVENTS else ("", "")
    begins, ends = own if unit.kind == "ListItem" or own[0] else ("", act.due_date)
    return Activity(
        unit.path,
        start,
        end,
        cls,
        label_of(phrase),
        "proposed" if draft else "requested",
        "asked for",
        begins=begins,
        ends=ends,
        roles=unique((*doing, *_beside(unit, act, start, mentions), *others(unit.text, start, end, mentions))),
        implements=implements,
        decision=act.decision,
        act=act_path,
    )


def _beside(unit: Unit, act: Act, start: int, mentions: list[Mention]) -> tuple[Role, ...]:
    """With whom: "requests the Panel, in consultation with WHO, to prepare …"."""
    here = act.start if act.start < start < act.end and unit.kind != "ListItem" else start
    return partners_before(unit.text, here, start, mentions)


def _behind_that(text: str, begin: int, end: int, mentions: list[Mention]) -> re.Match[str] | None:
    """The verb of "requested that the secretariat prepare …"."""
    that = _THAT.match(text, begin, end)
    asked = next((m for m in organizations(text, mentions) if that and 0 <= m.start - that.end() <= len("the ")), None)
    return _SHOULD.match(text, asked.end, end) if asked else None


def _masked(text: str, mentions: list[Mention], sign: str) -> str:
    """The text with a sign for each character of these names: "to prevent pollution" in one is not asked for."""
    for mention in mentions:
        text = text[: mention.start] + sign * (mention.end - mention.start) + text[mention.end :]
    return text


def _things_to_do(text: str, begin: int, end: int, bare: re.Match[str] | None = None) -> list[tuple[int, int]]:
    """The clauses of the things to be done: from the first infinitive, and from every one that "and to" adds to it.

    `bare` is the first infinitive where there is no "to", or where it stands above the text.
    """
    found = list(_INFINITIVE.finditer(text, begin, end))
    last = max((i for i, match in enumerate(found) if _AND_TO.search(text[: match.start("to")])), default=0)
    starts: list[int] = [bare.start("verb")] if bare else []
    for index, match in enumerate(found):
        before = text[: match.start("to")]
        if not starts or _AND_TO.search(before) or (index < last and before.endswith(", ")):
            starts.append(match.start("verb"))
    return list(zip(starts, [*starts[1:], end], strict=False))
