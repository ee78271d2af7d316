"""Finding what is no name: implicit forms, meetings by number, lists of treaties, organs of several treaties."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.registry import Registry
from loaders.findings import Finding, without_overlaps
from loaders.triggers import Regex
from loaders.wording import words_of

# ---- implicit forms: "the secretariat", "the Partnership" ------------------------------------------------------

# Forms that need no article before them: "Secretariat staff", "Convention secretariat".
_FREE = Regex(r"(?:\w+ )?[Ss]ecretariat")
# Forms that a regime alone explains; of other single words ("the Fund") the full name must have come before.
_STRUCTURAL = Regex(r"(?:\w+ )?secretariat|conference(?: of the parties)?|cop|bureau|parties", re.IGNORECASE)
_ARTICLE = (
    r"(?:[Tt]he|[Ii]ts|[Tt]his|[Oo]ur|[Tt]heir|[Aa]n?)\s+(?:entire\s+|same\s+)?"
    r"(?:(?<=[Tt]he )(?:new|newly elected|current|incoming|outgoing|previous|full)\s+)?"
)
_ARTICLE_BEFORE = re.compile(rf"(?<![\w-]){_ARTICLE}$")
_LONGEST_ARTICLE = _LONGEST_ACRONYM = 40  # characters
_GENERIC = r"(?:Programme|Partnership|Fund|Convention|Committee|Secretariat|Conference)\b"
# "the WTO secretariat", "secretariat support"
_OTHERS_SECRETARIAT = (Regex(r"\b[A-Z]{2,}s?\s+$"), Regex(r"\s+(?:support|services|functions)\b"))
_CAPITAL = Regex(r"\s+[A-Z]")  # "the Programme Management Officer" is no programme
_OF_CONVENTION = r"(?:\s+(?:of|to)\s+the\s+Convention(?!\s+(?:on|for|concerning)\b)(?!\w))"


@dataclass(frozen=True)
class ImplicitForms:
    """Every bare form that means a record only by context, with the organizations it may mean."""

    regex: Regex
    candidates: dict[str, tuple[str, ...]]
    begins: dict[str, set[tuple[frozenset[str], str]]]  # by a form's longest word: all its words, and how it begins

    def find(self, text: str) -> Iterator[Finding]:
        """The bare forms in a text; `text` of the finding is the key of `candidates`."""
        starts = self._starts(text) if self.regex.may_match(text) else ()
        for match in self.regex.tried_at(text, starts):
            form = match["form"]
            structural = _is_structural(form)
            end = match.end() if structural else match.end("form")
            indefinite = (match["article"] or "").strip().lower() in ("a", "an")
            if needs_antecedent(form) and (indefinite or _CAPITAL.match(text, end)):
                continue
            if indefinite and (structural or form.casefold().endswith("group")):
                continue
            if not match["article"] and _is_of_others(text, match.start(), end):
                continue
            if match["article"] or (match["of"] and structural) or _FREE.fullmatch(form):
                yield Finding(match.start(), end, "implicit", "implicit name", text=form.casefold())

    def _starts(self, text: str) -> Iterator[int]:
        """Where the first word of a form begins, and where the article before it does."""
        words = words_of(text)
        rows = (row for word in self.begins.keys() & {"", *words} for row in self.begins[word])
        for begin in {begin for needs, begin in rows if needs <= words}:
            at = text.find(begin)
            while at >= 0:
                yield at
                if lead := _ARTICLE_BEFORE.search(text, max(0, at - _LONGEST_ARTICLE), at):
                    yield lead.start()
                at = text.find(begin, at + 1)


def _is_of_others(text: str, start: int, end: int) -> bool:
    """Whether the words around a form without an article say that it is another body, or none."""
    before, after = _OTHERS_SECRETARIAT
    return bool(before.search(text, max(0, start - _LONGEST_ACRONYM), start) or after.match(text, end))


def needs_antecedent(form: str) -> bool:
    """Whether a bare form means something only after its full name: "the Fund", but not "the secretariat"."""
    return " " not in form and not _is_structural(form)


@lru_cache(maxsize=256)  # there are few forms
def _is_structural(form: str) -> bool:
    """Whether a regime alone explains a form."""
    return _STRUCTURAL.fullmatch(form) is not None


def implicit_forms(registry: Registry) -> ImplicitForms:
    """The forms of all organizations of the registry; a small letter in a form also matches a capital."""
    found: dict[str, list[str]] = defaultdict(list)
    patterns = set()
    begins = defaultdict[str, set[tuple[frozenset[str], str]]](set)
    for organization in registry.organizations:
        for form in organization.implicit:
            bare = re.sub(r"^the ", "", form, flags=re.IGNORECASE)
            patterns.add(_either_case(bare))
            needs, first = words_of(bare), bare.split(" ")[0]
            longest = max(needs, key=lambda word: (len(word), word), default="")
            begins[longest] |= {(needs, first), (needs, first[0].upper() + first[1:])}
            if organization.slug not in found[bare.casefold()]:
                found[bare.casefold()].append(organization.slug)
    words = "|".join(sorted(patterns, key=lambda form: (-len(form), form)))
    regex = Regex(
        rf"(?<![\w-])(?P<article>{_ARTICLE})?"
        rf"\b(?P<form>{words or '(?!)'})(?![\w-])"
        rf"(?:(?P<of>{_OF_CONVENTION})|(?!\s+of\s+(?:the\s+|an?\s+)?(?!{_GENERIC})[A-Z])(?!\s+of\s+(?:that|those|another|each|such)\b))"
    )
    return ImplicitForms(regex, {form: tuple(slugs) for form, slugs in found.items()}, begins)


def _either_case(form: str) -> str:
    """A pattern in which small first letters may be capitals: "secretariat" also matches "Secretariat"."""
    words = [f"[{w[0]}{w[0].upper()}]{re.escape(w[1:])}" if w[0].islower() else re.escape(w) for w in form.split(" ")]
    return r"\ ".join(words)


_CONVENTION = Regex(r"(?:Convention|Protocol|Agreement)(?!s?\s+(?:on|for|concerning)\b)(?![\w-])")
_THIS_BEFORE = Regex(r"(?<![\w-])(?:[Tt]h(?:e|is)|[Oo]ur)\s+(?:present\s+)?$")
_THAT_BEFORE = Regex(r"(?<![\w-])(?:[Tt]hat|[Tt]he latter)\s+$")
_LONGEST_THIS = 16
THAT_TREATY = "that Convention"
_BOTH = Regex(r"(?<![\w-])(?:[Bb]oth|(?:[Tt]he )?[Tt]wo)\s+[Ss]ecretariats\b")


def find_conventions(text: str) -> Iterator[Finding]:
    """ "the Convention": the treaty that the document, its section or the sentence is about."""
    for match in _CONVENTION.finditer(text) if _CONVENTION.may_match(text) else ():
        if this := _THIS_BEFORE.search(text, max(0, match.start() - _LONGEST_THIS), match.start()):
            yield Finding(this.start(), match.end(), "implicit", "the Convention", text=match[0].casefold())
        elif that := _THAT_BEFORE.search(text, max(0, match.start() - _LONGEST_THIS), match.start()):
            yield Finding(that.start(), match.end(), "implicit", THAT_TREATY, text=match[0].casefold())
    for match in _BOTH.finditer(text) if _BOTH.may_match(text) else ():
        yield Finding(match.start(), match.end(), "implicit", "both secretariats", text="both secretariats")


# ---- meetings ---------------------------------------------------------------------------------------------------

_NTH = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth)|\d{1,2}(?:st|nd|rd|th)"
)
_ORDINAL = Regex(rf"(?<![\w-])(?:{_NTH})(?!\w)", re.IGNORECASE)
_MEETING = Regex(r"(?:meeting|session)s?(?![\w-])", re.IGNORECASE)
_NTH_BEFORE = Regex(
    rf"(?<![\w-])(?P<nth>{_NTH})(?P<more>(?:,\s*(?:{_NTH}))*,?\s+and\s+(?:{_NTH}))?\s+"
    r"(?:regular\s+|ordinary\s+|resumed\s+|(?P<extra>extraordinary\s+))?$",
    re.IGNORECASE,
)
_LONGEST_NTH = 120
_SHORT_MEETING = Regex(
    r"(?<![\w/.-])(?P<body>C[Oo]P|MOP|CMA|CMP|OEWG|PAG|INC|UNEA|ICCM|ICC|POPRC|CRC)[- ]?"
    r"(?P<number>\d{1,2})(?![\w/.]\d|\w)"
)


def find_meetings(text: str) -> Iterator[Finding]:
    """ "COP-5", "its fifth meeting", "the first, second and third meetings": one finding per meeting."""
    for match in _SHORT_MEETING.finditer(text) if _SHORT_MEETING.may_match(text) else ():
        values = (("body", match["body"]), ("number", match["number"]))
        body = match["body"].upper()
        yield Finding(match.start(), match.end(), "meeting", "meeting by its short name", values, text=body)
    for match in _MEETING.finditer(text) if _ORDINAL.may_match(text) else ():
        if number := _NTH_BEFORE.search(text, max(0, match.start() - _LONGEST_NTH), match.start()):
            words = [word[0] for word in re.finditer(_NTH, number[0], re.IGNORECASE)]
            nths = tuple(("extra" if number["extra"] else "nth", word) for word in words)
            yield Finding(number.start(), match.end(), "meeting", "meeting by its number", nths)


# ---- treaties in lists, and organs of treaties -----------------------------------------------------------------


_TREATY_KINDS = ("Convention", "Protocol", "Agreement")


@dataclass(frozen=True)
class TreatyLists:
    """Finds "Basel, Rotterdam and Stockholm conventions": each word is a treaty. `slugs` is by word and kind."""

    regex: Regex
    words: Regex
    capital: re.Pattern[str]
    slugs: dict[tuple[str, str], str]

    def find(self, text: str) -> Iterator[Finding]:
        """One name per treaty of the list."""
        may_match = self.words.may_match(text) and self.regex.may_match(text)
        begins = self.capital.finditer(text) if may_match else ()
        for match in self.regex.tried_at(text, [begin.start() for begin in begins]):
            kind = match["kind"].capitalize().removesuffix("s")
            words = [w for w in self.words.finditer(match[0]) if (w[0], kind) in self.slugs]
            for index, word in enumerate(words):
                last = index == len(words) - 1
                end = match.end() if last else match.start() + word.end()
                values = (("treaties", self.slugs[word[0], kind]),)
                yield Finding(match.start() + word.start(), end, "name", "list of treaties", values)


def treaty_lists(registry: Registry) -> TreatyLists:
    """The finder for the treaties that go by one word: Basel, Minamata, Rotterdam …"""
    slugs: dict[tuple[str, str], str] = {}
    for treaty in registry.treaties:
        word, _, kind = treaty.short.partition(" ")
        if kind in _TREATY_KINDS and word[0].isupper():
            slugs[word, kind] = treaty.slug
    words = "|".join(map(re.escape, sorted({word for word, _ in slugs})))
    regex = Regex(
        rf"(?<![\w-])(?:{words})\b(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+(?:the\s+)?|\s*/\s*)(?:{words}))+"
        r"(?:\s+\([A-Z]{2,5}\))?\s+(?P<kind>[Cc]onventions?|[Pp]rotocols|[Aa]greements|CONVENTIONS)(?![\w-])"
    )
    capital = re.compile(rf"[{''.join(sorted({word[0] for word, _ in slugs}))}](?<![\w-].)")
    return TreatyLists(regex, Regex(rf"\b(?:{words})\b"), capital, slugs)


_HEADS = {
    "Secretariat": Regex(r"[Ss](?<![\w-].)ecretariats?\s+(?:of|to|for)\s+(?:both\s+)?(?:the\s+)?"),
    "GoverningBody": Regex(r"[Cc](?<![\w-].)onferences?\s+of\s+the\s+[Pp]arties\s+(?:of|to|under)\s+(?:the\s+)?"),
    "RegionalCentre": Regex(
        r"(?<![\w-])(?:[Rr]egional(?:,?\s+(?:and\s+)?(?:sub-?regional|coordinating))*)\s+cent(?:re|er)s?\s+(?:of|under|to|for)\s+(?:the\s+)?"
    ),
    "PartyGroup": Regex(r"[Pp](?<![\w-].)arties\s+to\s+(?:the\s+)?"),
}
_AND = Regex(
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+\([A-Z]{2,5}\)\s+and\s+)(?:(?:of|to)\s+)?(?:the\s+)?(?:[Ss]ecretariat\s+of\s+the\s+)?"
)


@dataclass(frozen=True)
class Organs:
    """Composes organs of treaties: "secretariats of the Minamata Convention and the Basel … conventions"."""

    by_class: dict[tuple[str, str], str]
    joint: dict[tuple[str, frozenset[str]], str]
    secretariats: dict[str, str]

    def find(self, text: str, names: list[Finding]) -> Iterator[Finding]:
        """An organ for each treaty that follows a head such as "secretariats of the"."""
        heads = [(cls, match) for cls, head in _HEADS.items() for match in head.finditer(text)]
        alone = without_overlaps(names) if heads else []
        treaties = {n.start: n for n in alone if n.values and n.values[0][0] == "treaties"}
        served = {n.start: n for n in alone if n.values and n.values[0][1] in self.secretariats}
        for cls, match in heads:
            members = {**treaties, **served} if cls == "Secretariat" else treaties
            following = list(_run(text, match.end(), members))
            yield from self._compose(cls, match.start(), following)
            whole = next(
                (n for n in alone if n.start == match.start() and match[0].lower().startswith("secretariats")), None
            )
            more = _AND.match(text, whole.end) if whole else None
            others = list(_run(text, more.end(), members)) if more else []
            yield from self._compose(cls, others[0].start if others else 0, others)

    def _compose(self, cls: str, start: int, treaties: list[Finding]) -> Iterator[Finding]:
        groups = list(self._grouped(cls, treaties))
        for group, slug in groups:
            begin = start if group[0] is treaties[0] else group[0].start
            yield Finding(begin, group[-1].end, "name", "organ of a treaty", (("organizations", slug),))

    def _grouped(self, cls: str, treaties: list[Finding]) -> Iterator[tuple[list[Finding], str]]:
        index = 0
        while index < len(treaties):
            for size in range(min(4, len(treaties) - index), 0, -1):
                group = treaties[index : index + size]
                slugs = frozenset(finding.values[0][1] for finding in group)
                only = next(iter(slugs))
                own = self.by_class.get((cls, only)) or (self.secretariats.get(only) if cls == "Secretariat" else None)
                listed = all(finding.rule == "list of treaties" for finding in group)
                slug = (self.joint.get((cls, slugs)) if listed else None) if size > 1 else own
                if slug:
                    yield group, slug
                    index += size
                    break
            else:
                index += 1


def _run(text: str, at: int, treaties: dict[int, Finding]) -> Iterator[Finding]:
    while at in treaties:
        yield treaties[at]
        gap = _AND.match(text, treaties[at].end)
        if gap is None:
            return
        at = gap.end()


def organs(registry: Registry) -> Organs:
    """The organs that act for one regime, and those that act for several together."""
    by_class: dict[tuple[str, str], str] = {}
    joint: dict[tuple[str, frozenset[str]], str] = {}
    treaty_of = {
        treaty.regime: treaty.slug for treaty in reversed(registry.treaties) if treaty.regime and not treaty.parent
    }
    members = defaultdict(set)
    for regime in registry.regimes:
        if regime.parent and regime.slug in treaty_of:
            members[regime.parent].add(treaty_of[regime.slug])
    for organization in registry.organizations:
        if organization.cls not in _HEADS or (
            organization.cls == "GoverningBody" and not organization.slug.endswith("-cop")
        ):
            continue
        slugs = {treaty_of[regime] for regime in organization.acts_for if regime in treaty_of}
        for regime_slug in organization.acts_for:
            slugs |= members.get(regime_slug, set())
        if len(slugs) == 1:
            by_class.setdefault((organization.cls, next(iter(slugs))), organization.slug)
        elif slugs and organization.cls != "GoverningBody":  # each conference decides for itself
            joint.setdefault((organization.cls, frozenset(slugs)), organization.slug)
    for treaty in registry.treaties:
        for cls in _HEADS:
            wider = by_class.get((cls, treaty_of.get(treaty.regime or "", "")))
            if wider and cls == "Secretariat":
                by_class.setdefault((cls, treaty.slug), wider)
    return Organs(by_class, joint, _own_secretariats(registry))


def _own_secretariats(registry: Registry) -> dict[str, str]:
    """The one secretariat that a fund, partnership or process has; bodies that run several are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for organization in registry.organizations:
        if organization.cls == "Secretariat" and organization.unit_of:
            found[organization.unit_of].append(organization.slug)
    wide = ("UNEntity", "Secretariat")
    return {
        slug: secretariats[0]
        for slug, secretariats in found.items()
        if len(secretariats) == 1 and registry.organization(slug).cls not in wide
    }
