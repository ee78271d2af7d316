"""What the text above a point says of it: who does what it tells, who takes part, what is asked in its points."""

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.activity_clauses import Activity, when
from loaders.acts import Act
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.participants import Role, enumerated, is_organization, organizations, partners_before, subject
from loaders.sentences import sentences
from loaders.triggers import Regex

if TYPE_CHECKING:
    from loaders.analysis import Analysis


def text_above(analysis: "Analysis", unit: Unit) -> str:
    """The text of which a point is a part; empty for other units."""
    known = unit.kind == "ListItem" and unit.parent in analysis.mentions  # an instrument is no unit
    return analysis.document.unit(unit.parent).text if known else ""


def act_above(analysis: "Analysis", unit: Unit) -> tuple[Act | None, str]:
    """The last act with an addressee of the paragraph whose points these are, and its path."""
    if unit.kind != "ListItem" or not unit.parent:
        return None, ""
    acts = analysis.acts.get(unit.parent, [])
    for number, act in reversed(list(enumerate(acts, 1))):
        if act.asks:
            return act, f"{unit.parent}/act_{number}"
    return None, ""


def partners_above(analysis: "Analysis", unit: Unit, act: Act) -> tuple[Role, ...]:
    """With whom an act wants its points done: "requests the secretariat, jointly with UNEP:"."""
    text = text_above(analysis, unit)
    return partners_before(text, act.start, len(text), analysis.mentions.get(unit.parent, []))


def taking_part(analysis: "Analysis", unit: Unit, does: tuple[Thing, ...]) -> tuple[Role, ...]:
    """Whom the paragraph above a list item names as taking part in all of its items: else its `doers`, if any."""
    invited = [thing for act in analysis.acts.get(unit.parent, []) if act.asks for thing in act.addressees]
    if invited:
        return tuple(("hasParticipant", thing) for thing in invited)
    mentions = [m for m in analysis.mentions.get(unit.parent, []) if is_organization(m)]
    text = text_above(analysis, unit)
    if announced := _announced(text, analysis.mentions.get(unit.parent, [])):
        return announced
    if does:
        return tuple(("hasOrganizer", thing) for thing in does)
    last = sentences(text)[-1][0] if text.rstrip().endswith(":") else 0
    meetings = [m for m in analysis.mentions.get(unit.parent, []) if m.things[0].path.startswith("meeting/")]
    free = [m for m in mentions if not any(meeting.start <= m.start < meeting.end for meeting in meetings)]
    named: list[Thing] = [m.things[0] for m in free if m.start >= last]
    if _DID.search(text):
        return tuple(("hasOrganizer", thing) for thing in named)
    return (("hasPartner", named[0]),) if named else ()


def _announced(text: str, mentions: list[Mention]) -> tuple[Role, ...]:
    """Who holds what a paragraph announces: "The Secretariat will hold the webinars listed below. …:"."""
    for begin, end in sentences(text) if _ANNOUNCES.may_match(text) and text.rstrip().endswith(":") else ():
        if match := _ANNOUNCES.search(text, begin, end):
            return subject(text, begin, match.start(), mentions, "hasOrganizer", None)
    return ()


_ANNOUNCES = Regex(
    r"\b(?:hold|organi[sz]e|offer|convene|conduct|run|host|deliver)(?:s|ing|d|ed)?\s[^.;:]{0,120}?"
    r"\b(?:(?:listed|set out|described) below|following|as follows)\b"
)


def in_period(analysis: "Analysis", unit: Unit, activity: Activity) -> Activity:
    """An activity of a point without a date in the period of the text above: "In 2025, the areas would:"."""
    above = analysis.document.unit(unit.parent) if text_above(analysis, unit) else None
    dated = activity.begins or activity.ends or activity.rule not in _OF_POINTS
    if above is None or dated or not above.text.rstrip().endswith(":"):
        return activity
    begin, end = sentences(above.text)[-1]
    begins, ends = when(above, begin, end) if not _SINCE.search(above.text, begin, end) else ("", "")
    return replace(activity, begins=begins, ends=ends)


_OF_POINTS = ("included", "intended", "list item", "told")
_SINCE = Regex(r"\bsince\b|\bdated\b|\bof \d{1,2} [A-Z]")


def doers(analysis: "Analysis", unit: Unit) -> tuple[Thing, ...]:
    """Who does what the points below "UNEP and WHO have also:" tell; "it" is who the sentence is about."""
    text = text_above(analysis, unit)
    if not text.rstrip().endswith(":"):
        return ()
    told, mentions = sentences(text), analysis.mentions.get(unit.parent, [])
    here = organizations(text, mentions, told[-1][0])
    if not here and len(told) > 1 and _IT_DOES.search(text, told[-1][0]):
        begin, end = told[-2]
        subject = [m for m in organizations(text, mentions, begin, end) if m.start - begin <= len("The ")]
        return subject[0].things if subject else ()
    if here and _IT_HAS.search(text, here[-1].end):
        return here[0].things
    for first in here:
        list_ = enumerated(text, first, here)
        if list_[-1] is here[-1] and _HAS.fullmatch(text, list_[-1].end):
            return tuple(mention.things[0] for mention in list_)
    return ()


_DOES = (
    r"(?:\s+(?:has|have|had|also|is|are|will|would|shall|should|together|to|(?:plan|intend|propose|expect|aim)s?"
    r"|\w+ly))*"
)
_BEGINS = (
    r"(?:\s+(?:offer|organi[sz]e|hold|provide|deliver|convene|produce|prepare|publish|develop|support|implement|undertake"
    r"|conduct|carry\s+out|launch|offered|organi[sz]ed|held|provided|delivered|convened))?"
)
_HAS = Regex(rf"(?:,[^,:]*,)?{_DOES}{_BEGINS}(?:,[^:]*)?\s*:\s*")
_IT_HAS = Regex(r"\b(?:it|they)(?:\s+(?:has|have|had|also|is|are|\w+ly))*\s*:\s*$")
_IT_DOES = Regex(rf"\b(?:[Ii]t|[Tt]hey){_DOES}(?:,[^,:]*,?)?\s*:\s*$")
_DID = Regex(
    r"\b(?:(?:co-)?organi[sz]ed|held|convened|hosted|conducted|undertook|carried out|developed|prepared|produced"
    r"|launched|published)\s*:\s*$"
)
