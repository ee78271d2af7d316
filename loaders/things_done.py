"""What a verb tells of that is not its object: "a project, which UNIDO carries out", "gave $5,000 for a workshop"."""

from loaders.activity_words import Words
from loaders.noun_phrases import head_of
from loaders.triggers import Regex

_WHICH = Regex(
    r"(?<!\bunder)(?<!\bfor)(?<!\bof)(?<!\bto)(?<!\bfrom)(?<!\bwith)(?<!\bin)(?<!\bby)(?<!\bat)(?<!\bon)(?<!\bthrough)(?<!\bduring)"
    r",?\s+(?:and\s+)?(?:which|that)\s+(?:the\s+|our\s+|its\s+|their\s+)?$"
)
_FOR_WHICH = Regex(r"\b(?:for|to|towards|of|from|with)\s+which\s+(?:the\s+|our\s+)?$")
_GOES_ON = Regex(r"\band\s+(?:which|that)\s+(?:the\s+)?$")
_GIVES = Regex(
    r"(?:provid|contribut|pledg|grant|approv|paid|pays|paying|gave|gives|giving|made|makes|allocat|earmark|met|bore|cover)"
)
_NO_NOUN = Regex(
    r"\b(?:said|stated|reported|noted|informed|agreed|decided|recalled|requested|that|is|are|was|were|of)\s*$"
)
_NOUN = Regex(
    r"(?<![\w-])(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]everal|[Aa]nother)\s+\w"
)
_VERB = Regex(
    r"\b(?:is|are|was|were|has|have|had|will|would|shall|should|may|could|be|been|\w+ed\s+(?:an?|the|in|at|on|by))\b"
)
_LONGEST = 200  # characters of a noun with what belongs to it


def thing_done(text: str, begin: int, doer: int, words: Words) -> tuple[int, str] | None:
    """Where the noun of an activity begins, and the noun, that a doer is busy with behind "which", or None."""
    which = _WHICH.search(text, max(begin, doer - 30), doer)
    if which is None or _NO_NOUN.search(text, max(begin, which.start() - 20), which.start() + 1):
        return None
    nouns = _NOUN.finditer(text, max(begin, which.start() - _LONGEST), which.start())
    named = [n.start() for n in nouns if words.type_of(head_of(text[n.start() : which.start()])) != "Activity"]
    whole = [at for at in named if not _VERB.search(text, at, which.start())]  # "The review of the workshop, which"
    at = whole[0] if whole else named[-1] if named else -1
    return (at, text[at : which.start()]) if named else None


def thing_paid(text: str, verb: int, end: int, words: Words) -> tuple[int, str] | None:
    """Where the event or project begins, and its noun, that money is given for behind a verb; else None."""
    match = _FOR.match(text, verb, end)
    paid = match is not None and words.type_of(head_of(text[match.end() : end])) in _PAID_FOR
    return (match.end(), text[match.end() : end]) if match and paid else None


_FOR = Regex(r"[^.;,]{0,70}?\d[^.;]{0,50}?\s(?:for|to|towards)\s+(?=(?:an?|one|two|three|four)\s)")
_PAID_FOR = ("Project", "Programme", "Training", "Workshop", "Webinar", "Meeting", "Study", "PublicationActivity")


def goes_on(text: str, begin: int, doer: int) -> bool:
    """Whether a doer does something with what the clause before was about, too: "… and that UNIDO will host"."""
    return _GOES_ON.search(text, max(begin, doer - 30), doer) is not None


def gives_for(text: str, begin: int, doer: int, verb: str) -> bool:
    """Whether a clause says who pays for what is before it: "a study, for which Japan provided $20,000"."""
    return bool(_GIVES.match(verb)) and _FOR_WHICH.search(text, max(begin, doer - 30), doer) is not None
