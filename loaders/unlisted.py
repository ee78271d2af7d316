"""Bodies that the registry does not list, by the form of their names.

Those of governments are named with their country, "the Ministry of Health of Peru", and groups with what they work on,
"the small intersessional working group on used tyres".
"""

import re
from collections.abc import Iterator

from loaders.attributions import HOUSE
from loaders.findings import Finding, Thing
from loaders.triggers import Regex
from loaders.units import slug

_HEAD = Regex(
    r"\b(?:Ministry|Department|Directorate(?:[ -]General)?|Federal (?:Office|Ministry|Agency|Institute)"
    r"|Geological Survey|National (?:Agency|Institute|Commission|Authority|Council|Bureau)"
    r"|(?:National )?Environment(?:al)? (?:(?:Protection|Management|Affairs) )?(?:Agency|Authority|Council|Commission)"
    r"|(?:Chemicals|Food and Drug|Medicines|Public Health) (?:Agency|Authority|Administration|Institute)"
    r"|(?:National )?Customs (?:Service|Administration|Authority)|(?:National )?Bureau of Standards)\b"
)
_COUNTRY_BEHIND = Regex(r"(?:\s+(?:(?:of|for|on|and|the)\s+)*[A-Z][\w’'-]+){0,10},\s+")  # "Ministry of Health, Norway"
_REST_OF_NAME = Regex(r"(?:\s+(?:(?:of|for|on|and|the)\s+)*[A-Z][\w’'-]+){0,8}")
_LEADS_ITEM = Regex(r"(?:\s+\([^()]*\))?[.:]\s")
_STATE = Regex(r"(?:(?:[A-Z]\w+ )?Republic|Kingdom|State) of ")
# "Ministry of Environment Republic of Peru"
_STATE_BEHIND = Regex(r"(?:\s+(?:(?:of|for|on|and|the)\s+)*[A-Z][\w’'-]+){0,10},?\s+")
_TO_COUNTRY = Regex(r"(?:,?\s+(?:(?:of|for|on|and|the)\s+)*[A-Z][\w’'-]+){0,10}\s+of\s+(?:the\s+)?")
_GROUP = Regex(
    r"(?<![\w-])"
    r"(?:(?:[Ss]mall|[Ii]ntersessional|[Aa]d hoc|[Ii]nformal|[Oo]pen-ended|[Tt]echnical|[Ee]xpert|[Jj]oint)\s+)*"
    r"(?:[Ww]orking|[Ee]xpert|[Cc]ontact|[Dd]rafting|[Tt]ask|[Ss]teering|[Ll]iaison|[Aa]dvisory)\s+"
    r"(?:group|force|team|committee)\s+on\s+(?:the\s+)?"
    r"[\w-]+(?:\s+(?!(?:established|set|which|who|that|to|in|at|by|with|for|from|on|as|until|after"
    r"|since|before|pursuant|whose|was|were|is|are|has|had|have|will|would|shall|should"
    r"|may|met|held|and\s+(?:the|to|its|of)|under|during|co-?chaired|led)\b)[\w-]+){0,7}"
)
# What other bodies are called further on, "the Ministry": each means the last one of its kind.
_KINDS = (
    "Academy|Agency|Alliance|Association|Bank|Department|Federation|Foundation|Institute|Institution|Ministry|Network"
    "|Organization"
)
_KIND = Regex(rf"[Tt]he\s+(?P<kind>{_KINDS}|Centre|centre)\b(?!\s+(?:of|for|on|in)\b|\s+[A-Z]|’|')")
_KIND_IN_NAME = Regex(rf"\b(?:{_KINDS}|Centre)\b")
LAST_OF_ITS_KIND = "last of its kind"
_GROUP_AGAIN = Regex(
    r"(?:[Tt]he|[Tt]hat|[Ii]ts)\s+(?P<group>(?:(?:small|intersessional|ad hoc|informal|open-ended|technical)\s+)+"
    r"(?:(?:working|expert|contact|drafting|task|steering|liaison|advisory)\s+)?(?:group|force|team|committee))\b"
    r"(?!\s+(?:on|of|for)\b)"
)
GROUP_AGAIN = "group named before"
# Behind these words a group is named that a decision makes.
ESTABLISHED = Regex(r"\b(?:[Ee]stablish(?:e[sd]|ing)?|[Cc]reat(?:e[sd]?|ing)|[Ss]et(?:s|ting)?\s+up)\s+an?\s+$")
# What such a group is called further on.
_SHORT = ("working group", "expert group", "task force", "task team", "liaison group", "group")


def find_governments(text: str, names: list[Finding]) -> Iterator[Finding]:
    """Each body of a government whose name ends with one of the countries among the names, or of the one that an item
    is about: "Benin: the project is executed by the Ministry of Health".
    """
    heads = list(_HEAD.finditer(text)) if _HEAD.may_match(text) else []
    countries = [name for name in names if name.values[0][0] == "countries"] if heads else []
    about = next((text[n.start : n.end] for n in countries if _is_about(text, n)), "")
    for head in heads:
        end = next((name.end for name in countries if _is_of(text, head.end(), name)), 0)
        if end:
            yield Finding(head.start(), end, "unlisted", "body of a government", text=text[head.start() : end])
        elif about and (whole := _REST_OF_NAME.match(text, head.end())):
            body = f"{text[head.start() : whole.end()]} of {about}"
            yield Finding(head.start(), whole.end(), "unlisted", "body of a government", text=body)


def _is_about(text: str, country: Finding) -> bool:
    """Whether an item is about a country, "Benin: …", or its speaker is from there."""
    return (not country.start and _LEADS_ITEM.match(text, country.end) is not None) or (
        _SPEAKS_FOR.search(text, max(0, country.start - 40), country.start) is not None
    )


_SPEAKS_FOR = Regex(r"\b(?:[Rr]epresentative|[Dd]elegate|[Oo]bserver|[Mm]ember)\s+(?:of|from|for)\s+(?:the\s+)?$")
_HEAD_BEHIND = Regex(
    r"(?:n|ian)?\s+(?:National\s+)?(?:Environment(?:al)?\s+(?:(?:Management|Protection)\s+)?(?:Agency|Authority|Commission|Council)"
    r"|Revenue Authority|Bureau of Standards|Standards Authority)\b"
)


def _is_of(text: str, head: int, country: Finding) -> bool:
    """Whether a country ends the name that begins with a head: behind "of", or behind a comma at the end of a line, or
    with a "Republic of" of its own."""
    ends_line = text[country.end : country.end + 1] in ("", "\n", ")")
    behind = _STATE_BEHIND if _STATE.match(text, country.start) else _COUNTRY_BEHIND
    listed = ends_line and behind.fullmatch(text, head, country.start)
    return bool(listed or _TO_COUNTRY.fullmatch(text, head, country.start))


def find_agencies(text: str, names: list[Finding]) -> Iterator[Finding]:
    """Bodies of governments whose name begins with the country: "the Zambia Environmental Management Agency"."""
    for name in names:
        if name.values[0][0] == "countries" and (head := _HEAD_BEHIND.match(text, name.end)):
            yield Finding(
                name.start, head.end(), "unlisted", "body of a government", text=text[name.start : head.end()]
            )


def find_groups(text: str, names: list[Finding]) -> Iterator[Finding]:
    """Each group with what it works on, none of whose words are part of a known name."""
    for match in _GROUP.finditer(text) if _GROUP.may_match(text) else ():
        if not any(name.start < match.end() and match.start() < name.end for name in names):
            yield Finding(match.start(), match.end(), "unlisted", "group with a topic", text=match[0])


def find_universities(text: str, names: list[Finding]) -> Iterator[Finding]:
    """Each university with its place, "the University of Ghana", none of whose words are part of a known name."""
    for match in _UNIVERSITY.finditer(text) if _UNIVERSITY.may_match(text) else ():
        known = (n for n in names if n.values[0][0] != "countries")
        if not any(name.start < match.end() and match.start() < name.end for name in known):
            yield Finding(match.start(), match.end(), "unlisted", "university", text=match[0])


_UNIVERSITY = Regex(
    r"\bUniversity\s+of\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s+(?:and\s+)?[A-Z][\w’'-]+){0,3}"
    r"|\b(?!(?:The|A)\s)(?:[A-Z][\w’'-]+\s+){1,3}University\b"
)


def find_kinds(text: str) -> Iterator[Finding]:
    """ "The Ministry", "the Network": whichever was named before."""
    for match in _KIND.finditer(text) if _KIND.may_match(text) else ():
        yield Finding(match.start(), match.end(), "implicit", LAST_OF_ITS_KIND, text=match["kind"].capitalize())


def find_groups_again(text: str) -> Iterator[Finding]:
    """ "The small intersessional working group": the one that was named before with what it works on."""
    for match in _GROUP_AGAIN.finditer(text) if _GROUP_AGAIN.may_match(text) else ():
        yield Finding(match.start(), match.end(), "implicit", GROUP_AGAIN, text=match["group"])


def kind_of(name: str) -> str:
    """The word by which a body of this name may be meant, "Ministry" for "Ministry of Health"; else empty."""
    head = re.split(r"\s(?:of|for|on|to)\s", name, maxsplit=1)[0]
    found = [match[0] for match in _KIND_IN_NAME.finditer(head)]
    return found[-1] if found else ""


_CLASSES = {"group with a topic": "SubsidiaryBody", HOUSE: "Organization", "university": "Organization"}


def body_named(finding: Finding) -> Thing:
    """The node of a body, by its printed name."""
    name = " ".join(finding.text.split())
    cls = _CLASSES.get(finding.rule, "GovernmentBody")
    return Thing(f"org/{slug(name.lower(), 80)}", cls, "", name[0].upper() + name[1:])


def is_short_for(form: str, group: Thing) -> bool:
    """Whether a bare form, "the working group", may mean a group."""
    return form in _SHORT and form in group.label.casefold()
