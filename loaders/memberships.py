"""Memberships: the role, organization and country in which a text names a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.registry import Registry
from loaders.context import home_regime
from loaders.document import Document, Unit
from loaders.findings import Mention, Thing
from loaders.persons import ROLES, PersonFinder, PersonMention
from loaders.presiding import Office, offices
from loaders.triggers import Regex

_PRESIDES = Regex(r"\b(?:re-?)?(?:elected|appointed)\b|\b(?:co-?)?chaired by\b|\bserved as\b", re.IGNORECASE)
_OF_NO_NAME = Regex(  # "established a drafting group, chaired by Ms. Doe"
    r"\b(?:group|team|committee|panel|session|segment|event|meeting|workshop|webinar|table|discussion|dialogue|[Bb]oard)"
    r"(?:\s+of\s+the\s+[\w ]{3,40})?,?\s+"
    r"(?:(?:which|that|and)\s+)?(?:(?:was|were|is|are)\s+)?(?:co-?)?(?:chaired|led|moderated|facilitated) by\s+"
    r"(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?$"
)
_FROM = Regex(  # ", gender focal point of Peru,"
    r",\s+(?:the\s+)?[^,;.()]{3,60}?\b(?:of|for)\s+(?:the\s+)?(?P<country>[A-Z][\w’' -]+?)(?=[,;.]|\s+and\b|$)"
)
_WRITE_TO = Regex(r"\(\S+@\S+\)")  # "Ms. Doe coordinates the workshops (doe@example.org)": of those who write this
_SERVED = Regex(r"\b(?:officers|[Bb]ureau|elected|served)\b")
_CONTACT = Regex(r"\b(?:contact|write\s+to|get\s+in\s+touch\s+with|addressed\s+to)\s[^.;]*$")
_OF_BODY = Regex(r",?\s+(?:\(|[^,;()]{0,60}\b(?:of|at|from|with)\s+(?:the\s+)?)|,\s+(?:the\s+)?")
_OF_HOUSE = Regex(r",?\s+(?:of|from)\s+(?:the\s+)?|\s+\(")
_PRONOUN = Regex(r"(?:It|They|Its|Their)\b")
_OFFICER = Regex(r"\bExecutive Secretary(?P<of> of (?:the )?)?(?:[A-Z][\w ,]+)?,\s+(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?$")
_SIGNS_FOR = Regex(r"\bExecutive Secretary\s*\n\s*(?:the\s+)?")
_HEAD_OF = Regex(r",\s+(?:the\s+)?(?:Deputy\s+|Acting\s+)?Executive Secretary of (?:the\s+)?")
_APPOSITION_HEAD = r"(?:\s+\([^()]*\))?,\s+(?:who\s|(?:the\s+)?[A-Z](?![A-Za-z]{1,3}\.))"
_APPOSITION = Regex(_APPOSITION_HEAD)
_TITLE = Regex(rf"{_APPOSITION_HEAD}[^;]*?\b(?:of|at|for)\b[^;]*?(?=,\s+[a-z]|$)")

# A conference of the parties has presidents; whoever bears one of these titles bears it elsewhere.
_NEVER_OF_A_CONFERENCE = ("Co-chair", "Director General", "Director", "Executive Director", "Executive Secretary")


@dataclass(frozen=True)
class Membership:
    """A person in a role; `organization` and `country` are paths below the base, empty when not said."""

    unit: str
    person: Thing
    organization: str
    role: str
    country: str


@dataclass(frozen=True)
class MembershipFinder:
    """Finds the memberships of the persons that are found in a unit."""

    registry: Registry
    persons: PersonFinder

    def find(
        self, document: Document, unit: Unit, persons: list[PersonMention], mentions: dict[str, list[Mention]]
    ) -> Iterator[Membership]:
        """Each person's role, organization and country as the words around the name give them."""
        presiding = offices(unit, [(p.start, p.end) for p in persons], mentions[unit.path], self._is_body)
        houses = _houses(unit.text, persons, mentions[unit.path])
        for index, person in enumerate(persons):
            country = self.persons.state_behind(unit, person)
            if not country and (match := _FROM.match(unit.text, person.end)):
                country = self.persons.country(match["country"])
            if office := presiding.get(person.start):
                yield from self._of_office(unit, person, office, f"org/{country}" if country else "", mentions)
                continue
            if any(later.thing == person.thing for later in persons[index + 1 :]):
                continue
            begin, end = _around(unit, person, persons)
            role = _role(unit.text[begin : person.start], unit.text[person.end : end])
            theirs = {start for start, house_of in houses.items() if house_of != person.start}
            own = {**mentions, unit.path: [m for m in mentions[unit.path] if m.start not in theirs]}
            organization = self._organization(document, unit, person, (begin, end), role, own)
            state = f"org/{country}" if country else ""
            if role not in ("", *_NEVER_OF_A_CONFERENCE) or not self._is_conference(organization):
                yield Membership(unit.path, person.thing, organization, role, state)
            behind = next((m for m in mentions[unit.path] if unit.text[person.end : m.start] == " ("), None)
            if behind and self._is_body(behind.things[0].path) and behind.things[0].path != organization:
                yield Membership(unit.path, person.thing, behind.things[0].path, "", state)

    def _of_office(
        self, unit: Unit, person: PersonMention, office: Office, state: str, mentions: dict[str, list[Mention]]
    ) -> Iterator[Membership]:
        """The office itself, and the house that the name is followed by: "Mr. Doe, of WHO, was elected Chair of …"."""
        if office.organization:
            yield Membership(unit.path, person.thing, office.organization, office.role, state)
        for mention in mentions[unit.path]:
            own = len(mention.things) == 1 and _OF_HOUSE.fullmatch(unit.text, person.end, mention.start)
            path = mention.things[0].path
            if own and self._is_body(path) and path != office.organization:
                yield Membership(unit.path, person.thing, path, "", state)
                break

    def _organization(
        self,
        document: Document,
        unit: Unit,
        person: PersonMention,
        around: tuple[int, int],
        role: str,
        mentions: dict[str, list[Mention]],
    ) -> str:
        """The organization nearest to the name in its sentence or line, else the last one of the sentence before."""
        begin, end = around
        by_office = self._by_office(document, unit, begin, end, person, mentions[unit.path])
        if by_office is not None:
            return by_office
        bodies = self._bodies(mentions[unit.path])
        near = [m for m in bodies if begin <= m.start < end]
        if _PRESIDES.search(unit.text, begin, end):  # over what, not where from: "Ms. Doe (World Bank) was elected"
            near = [m for m in near if unit.text[m.start - 1] != "("]
        if not role and self.persons.state_behind(unit, person):
            near = [m for m in near if m.start < person.start]  # "Ms. Doe (Peru) had informed the secretariat"
        if near:
            return min(near, key=lambda m: max(m.start - person.end, person.start - m.end)).things[0].path
        earlier = [m for m in bodies if m.start < begin]
        if unit.path.endswith("signature"):
            publisher = document.info.publisher
            return f"org/{publisher}" if publisher and not earlier and _signs(document, unit, person) else ""
        if earlier:
            return _of_last_sentence(unit.text, begin, earlier).things[0].path
        return self._announced(document, unit, mentions)

    def _by_office(
        self, document: Document, unit: Unit, begin: int, end: int, person: PersonMention, mentions: list[Mention]
    ) -> str | None:
        """The organization that an office or an address tells, empty where they tell that it is none; else None."""
        head = _HEAD_OF.match(unit.text, person.end)
        if head and (own := self._secretariat_of(unit, head.end(), mentions)):
            return own
        if officer := _OFFICER.search(unit.text, begin, person.start):
            named = officer["of"] and self._secretariat_of(unit, officer.end("of"), mentions)
            home = self.registry.secretariat_of(home_regime(self.registry, document.info))
            if named or (home and not officer["of"]):
                return named or f"org/{home}"
        office = _SIGNS_FOR.search(unit.text, person.end, end) if unit.path.endswith("signature") else None
        if office and (own := self._secretariat_of(unit, office.end(), mentions)):
            return own
        source, led = _FROM.match(unit.text, person.end), _OF_NO_NAME.search(unit.text, begin, person.start)
        if (led and not any(m.start <= led.start() < m.end for m in mentions)) or (
            source and self.persons.country(source["country"])
        ):
            return ""
        asks = _WRITE_TO.search(unit.text, person.end, end + 60) or _CONTACT.search(unit.text, begin, person.start)
        if asks and document.info.kind == "Letter":
            bodies = [m for m in mentions if self._is_body(m.things[0].path)]
            named_so = next((m for m in bodies if _OF_BODY.fullmatch(unit.text, person.end, m.start)), None)
            sender = f"org/{document.info.publisher}" if document.info.publisher else ""
            return named_so.things[0].path if named_so else sender
        return None

    def _secretariat_of(self, unit: Unit, at: int, mentions: list[Mention]) -> str:
        """The secretariat of the treaty named at a place: whose Executive Secretary a person is."""
        treaties = [
            m.things[0].path
            for m in mentions
            if at - 4 <= m.start <= at + 40 and m.things[0].path.startswith("treaty/")
        ]
        if not treaties:
            return ""
        regime = self.registry.treaty(treaties[0].removeprefix("treaty/")).regime or ""
        parent = self.registry.regime(regime).parent if regime and len(treaties) > 1 else None
        slug = self.registry.secretariat_of(parent or regime)
        return f"org/{slug}" if slug else ""

    def _announced(self, document: Document, unit: Unit, mentions: dict[str, list[Mention]]) -> str:
        """The last organization of the nearest paragraph above that ends in a colon: "The members are:"."""
        index = document.units.index(unit)
        for above in reversed(document.units[max(0, index - 8) : index]):
            if above.text.rstrip().endswith(":"):
                bodies = self._bodies(mentions[above.path])
                members = [m for m in bodies if re.search(r"\bmembers of\s+(?:the\s+)?$", above.text[: m.start])]
                if not bodies and _SERVED.search(above.text):
                    body = self.registry.body_meeting(document.info.meeting)
                    return f"org/{body}" if body else ""
                return (members or bodies)[-1].things[0].path if bodies else ""
        return ""

    def _is_conference(self, path: str) -> bool:
        slug = path.removeprefix("org/")
        return self.registry.knows("organizations", slug) and self.registry.organization(slug).name.startswith(
            "Conference of the Parties"
        )

    def _bodies(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions of exactly one organization that a person can be of."""
        return [m for m in mentions if len(m.things) == 1 and self._is_body(m.things[0].path)]

    def _is_body(self, path: str) -> bool:
        """Whether a person can be of it: an organization that is neither a State nor a group of States."""
        slug = path.removeprefix("org/")
        if not path.startswith("org/") or self.registry.knows("countries", slug):
            return False
        known = self.registry.knows("organizations", slug)
        return not known or self.registry.organization(slug).cls != "PartyGroup"


def _houses(text: str, persons: list[PersonMention], mentions: list[Mention]) -> dict[int, int]:
    """Where an organization begins that a name is followed by, "Mr. Doe, of WHO", and where that name does."""
    return {m.start: p.start for p in persons for m in mentions if _OF_HOUSE.fullmatch(text, p.end, m.start)}


def _of_last_sentence(text: str, begin: int, earlier: list[Mention]) -> Mention:
    """The organization that opened the nearest sentence before that names one, and does not go on with "It was …"."""
    starts = [0, *(m.end() for m in re.finditer(r"[.;:]\s+(?=[A-Z])", text[:begin]))]
    opening = [(start, next((m for m in earlier if m.start >= start), None)) for start in reversed(starts)]
    named = [(start, mention) for start, mention in opening if mention]
    return next((mention for start, mention in named if not _PRONOUN.match(text, start)), named[0][1])


def _signs(document: Document, unit: Unit, person: PersonMention) -> bool:
    """Whether the person stands above the addressees of a letter, or under a foreword."""
    addressed = re.search(r"^To:", unit.text, re.MULTILINE)
    return addressed is None or person.start < addressed.start()


def _around(unit: Unit, person: PersonMention, persons: list[PersonMention]) -> tuple[int, int]:
    """The words that tell of a name: its line and the next in a signature, elsewhere its sentence, and of that only
    what leads from the person before to the name when a title is part of it: "and from the President, Ms. Example"."""
    if unit.path.endswith("signature"):
        start = unit.text.rfind("\n", 0, person.start) + 1
        line_end = unit.text.find("\n", person.end)
        if line_end >= 0 and re.match(r"\n(?:To|Cc|CC)\s*:", unit.text[line_end:]):
            return start, line_end
        next_end = unit.text.find("\n", line_end + 1) if line_end >= 0 else -1
        return start, next_end if next_end >= 0 else len(unit.text)
    begins = [
        m.end()
        for m in re.finditer(r"(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)\.\s+(?=[A-Z])", unit.text)
        if m.end() <= person.start
    ]
    ends = [
        m.start()
        for m in re.finditer(r"(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)\.(?:\s+(?=[A-Z])|$)", unit.text)
        if m.start() >= person.end
    ]
    begin, end = begins[-1] if begins else 0, ends[0] if ends else len(unit.text)
    titles = [_TITLE.match(unit.text, p.end) for p in persons if begin < p.end <= person.start]
    begin = max((title.end() for title in titles if title and title.end() <= person.start), default=begin)
    title = _APPOSITION.match(unit.text, person.end)
    if title and all(p.start != title.end() - 1 for p in persons):
        return person.start, min((p.start for p in persons if person.end <= p.start < end), default=end)
    others = [other.end for other in persons if begin < other.end <= person.start]
    own = max(others, default=begin)
    if (others or any(begin < other.start < end for other in persons if other.start > person.start)) and _role(
        unit.text[own : person.start], ""
    ):
        return own, person.end
    return begin, end


def _role(before: str, after: str) -> str:
    """The role that follows the name first, else the one that stands before it last."""
    if re.match(r"[\s,(]", after):
        following = [(m.start(), role) for regex, role in ROLES if (m := regex.search(after[:120]))]
        if following:
            return min(following, key=lambda found: found[0])[1]
    leading = [(m.end(), -m.start(), role) for regex, role in ROLES for m in regex.finditer(before)]
    return max(leading, default=(0, 0, ""))[2]
