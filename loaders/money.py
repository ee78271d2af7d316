"""Funding flows and reported figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from loaders.dates import dates_of
from loaders.document import Unit
from loaders.findings import Mention
from loaders.sentences import sentence_around
from loaders.triggers import Regex
from loaders.wording import words_of

SPELT = {"half a": "0.5", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10"}
_AMOUNT = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s+(?P<{1}>million|billion|thousand))?"
_SIGN = Regex(
    r"(?P<sign>US\$|USD\s?|(?<![nA-Z])\$(?!A)|€|EUR\s?|CHF\s?|GBP\s?|£|(?:NOK|SEK|DKK|CAD|AUD|JPY|SwF|Sw F|NKr|SKr|DKr"
    rf"|Can\$|\$A|¥)\s?)\s?{_AMOUNT.format('a', 'as')}"
    rf"|(?:(?<![\w.,]){_AMOUNT.format('b', 'bs')}|\b(?P<spelt>{'|'.join(SPELT)})\s+(?P<spelt_scale>million|billion))"
    r"\s+(?P<word>(?:United States |US |Canadian |Australian )?dollars|euros?|Swiss francs|pounds sterling"
    r"|Norwegian kroner|Danish kroner|Swedish kronor|(?:Japanese )?yen|USD|EUR|CHF|NOK|SEK|DKK|CAD|AUD|JPY)(?!\w)"
)
CURRENCIES = {
    "US$": "USD", "USD": "USD", "$": "USD", "€": "EUR", "EUR": "EUR", "CHF": "CHF", "GBP": "GBP", "£": "GBP",
    "dollars": "USD", "US dollars": "USD", "United States dollars": "USD", "euro": "EUR", "euros": "EUR",
    "NOK": "NOK", "SEK": "SEK", "DKK": "DKK", "CAD": "CAD", "AUD": "AUD", "JPY": "JPY", "Norwegian kroner": "NOK",
    "SwF": "CHF", "Sw F": "CHF", "NKr": "NOK", "SKr": "SEK", "DKr": "DKK", "Can$": "CAD", "$A": "AUD", "¥": "JPY",
    "Swedish kronor": "SEK", "Danish kroner": "DKK", "Swiss francs": "CHF", "pounds sterling": "GBP", "yen": "JPY",
    "Canadian dollars": "CAD", "Australian dollars": "AUD", "Japanese yen": "JPY",
}  # fmt: skip
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_QUALIFIERS = (
    (Regex(r"(?:up to|a maximum of|not? more than|not (?:to )?exceed(?:ing)?)\s+$"), "up to"),
    (Regex(r"(?:over|more than|exceeding|at least)\s+$"), "over"),
    (Regex(r"(?:about|around|approximately|some|nearly|almost|roughly)\s+$"), "about"),
)
_STATUSES = (
    (Regex(r"\bpledg", re.IGNORECASE), "pledged"),
    (Regex(r"\bapprov", re.IGNORECASE), "approved"),
    (Regex(r"\breceived|\bcontributed|\bprovided", re.IGNORECASE), "received"),
    (Regex(r"\bbudget|\ballot|\ballocat", re.IGNORECASE), "budgeted"),
    (Regex(r"\brequest", re.IGNORECASE), "requested"),
)
_CONTRIBUTION = re.compile(r"\bcontributi", re.IGNORECASE)


@dataclass(frozen=True)
class Flow:
    """One stated amount of money; payer and payee are paths of organizations, empty when not said."""

    unit: str
    amount: str
    currency: str
    qualifier: str
    status: str
    payer: str
    payee: str
    begins: str
    ends: str


def find_flows(unit: Unit, mentions: list[Mention]) -> Iterator[Flow]:
    """The amounts of money that a unit states, each with who gives and who gets as far as its sentence says."""
    for match in _SIGN.finditer(unit.text) if _names_money(unit.text) else ():
        begin, end = _clause(unit.text, match.start())
        number = (match["a"] or match["b"] or SPELT[match["spelt"]]).replace(",", "")
        scale = SCALES.get(match["as"] or match["bs"] or match["spelt_scale"] or "", 1)
        currency = CURRENCIES[(match["sign"] or match["word"]).strip()]
        dates = [d for d in dates_of(unit) if begin <= d.begin < end]
        payer, payee = _ends(unit.text, begin, end, match.start(), mentions)
        yield Flow(
            unit.path,
            f"{(Decimal(number) * scale).normalize():f}",
            currency,
            _qualifier(unit.text[: match.start()]),
            _status(unit.text, begin, end, match.start()),
            payer,
            payee,
            dates[0].start if dates else "",
            dates[0].end if dates else "",
        )


_WORDS = frozenset(name.split()[-1] for name in CURRENCIES if name.split()[-1].islower())
_CODE = re.compile("|".join(re.escape(name) for name in CURRENCIES if name.split()[-1] not in _WORDS))


def _names_money(text: str) -> bool:
    """Whether a currency is named somewhere, by its sign or its word."""
    return not _WORDS.isdisjoint(words_of(text)) or _CODE.search(text) is not None


_CLAUSE_BREAK = Regex(r",?\s+and\s+(?=(?:the\s+)?[A-Z][^,.;]{2,60}?\s(?:pledged|contributed|provided|approved|gave)\b)")


def _clause(text: str, at: int) -> tuple[int, int]:
    """The clause around a place: its sentence, cut where another giver with a verb of its own begins."""
    begin, end = sentence_around(text, at)
    for match in _CLAUSE_BREAK.finditer(text, begin, end):
        if match.end() <= at:
            begin = match.end()
        elif match.start() > at:
            return begin, match.start()
    return begin, end


def _qualifier(before: str) -> str:
    return next((name for regex, name in _QUALIFIERS if regex.search(before)), "exact")


def _status(text: str, begin: int, end: int, at: int) -> str:
    """What became of an amount, by the word nearest to it in its clause; a mere "contribution" was received."""
    found = [(abs(m.start() - at), name) for regex, name in _STATUSES for m in regex.finditer(text, begin, end)]
    return min(found)[1] if found else "received" if _CONTRIBUTION.search(text, begin, end) else ""


_GIVES = Regex(
    r"(?:(?<!benefitted )(?<!benefited )\bfrom"
    r"|(?<!implemented )(?<!executed )(?<!managed )(?<!administered )"
    r"(?<!conducted )(?<!carried out )(?<!prepared )(?<!developed )(?<!organized )\bby|contribution of)\s+"
    r"(?:the\s+)?(?:Government of\s+(?:the\s+)?)?$"
)
_GETS = Regex(r"(?:(?:contribut\w+|pledg\w+|paid|transferred)(?:\s+[^,;.]{0,40})? (?:to|for)|Round of)\s+(?:the\s+)?$")


def _ends(text: str, begin: int, end: int, at: int, mentions: list[Mention]) -> tuple[str, str]:
    """Payer and payee: of several that the clause names, those nearest to the amount."""
    payers: list[tuple[int, str]] = []
    payees: list[tuple[int, str]] = []
    begin, end = max(begin, at - _FAR), min(end, at + _FAR)
    for mention in mentions:
        if not begin <= mention.start < end or len(mention.things) > 1 or not mention.things[0].path.startswith("org/"):
            continue
        before, found = text[begin : mention.start], (abs(mention.start - at), mention.things[0].path)
        if text[mention.end : at] == " (":  # "Austria (€100,000), Germany (€500,000)"
            payers.append((0, mention.things[0].path))
        elif _GETS.search(before):
            payees += [] if _SIGN.search(text[at + 8 : mention.start]) else [found]
        elif (text[mention.end : at] == " " and _GAVE.search(before)) or (
            found[0] < _NEAR and (_GIVES.search(before) or _GIVING.match(text[mention.end : end]))
        ):
            payers.append(found)
    return min(payers, default=(0, ""))[1], min(payees, default=(0, ""))[1]


_FAR = 1000  # beyond, nobody gives or gets an amount
_NEAR = 120  # characters between a giver and the amount
_GAVE = Regex(r"\b(?:contributed|pledged|provided|gave)\b.*(?<!\bto the )(?<!\bto )$", re.DOTALL)
_GIVING = Regex(
    r"\s+(?:Council\s+)?(?:[\w-]+\s+){0,8}?(?<!were )(?<!was )(?<!been )(?:provided|approved|pledged|contributed)\b"
    r"|\s+(?:\w+\s+){0,2}investments?\b"
)


# ---- observations -----------------------------------------------------------------------------------------------

_FIGURE = Regex(
    r"(?P<number>\d(?<![\w.,$€/-].)(?:\d{0,2}(?:,\d{3})+|\d*(?:\.\d+)?))\s?(?:(?P<percent>%|per cent\b)"
    r"|(?P<noun>Parties|parties|ratifications|signatories|national reports|reports|participants|submissions|members"
    r"|partners|countries|projects|users|followers|sessions|panelists)(?!\w))"
)


_YEAR = Regex(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Figure:
    """A reported figure: its value, its unit and the words that say of what; `as_of` when the text dates it."""

    unit: str
    value: str
    of: str
    measures: str
    as_of: str


_NUMBERS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_TIMES = Regex(
    rf"\b(?:met\s+(?P<times>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+times|(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+(?:online\s+|group\s+)?"
    r"(?P<what>meetings|calls|sessions))\b"
)


_DESIGNATED = Regex(
    r"\b(?:articles?|paragraphs?|annex(?:es)?|decisions?|resolutions?|sections?|chapters?|rules?)\s+"
    r"(?:[\w/.]+(?:,|\s+and)\s+)*$",
    re.IGNORECASE,
)


def _is_designation(unit: Unit, at: int) -> bool:
    """Whether the number at a place is part of a name, as in "article 14 calls upon"."""
    return _DESIGNATED.search(unit.text, max(0, at - 60), at) is not None


def _counted(unit: Unit) -> Iterator[Figure]:
    """ "met six times in 2020", "six online meetings and 10 group calls"."""
    for match in _TIMES.finditer(unit.text) if _TIMES.may_match(unit.text) else ():
        if match["count"] and _is_designation(unit, match.start("count")):
            continue
        begin, end = sentence_around(unit.text, match.start())
        number = match["times"] or match["count"]
        dates = [d for d in dates_of(unit) if match.end() <= d.begin < end]
        words = " ".join(unit.text[begin : match.end()].split()[-8:])
        value = str(_NUMBERS.get(number, number))
        yield Figure(unit.path, value, match["what"] or "meetings", words, dates[0].end if dates else "")


def find_figures(unit: Unit) -> Iterator[Figure]:
    """Percentages and counted things of a unit, and how often a group met."""
    yield from _counted(unit)
    for match in _FIGURE.finditer(unit.text):
        is_year = _YEAR.fullmatch(match["number"]) and not match["percent"]
        if is_year or _is_designation(unit, match.start()):
            continue
        begin, end = sentence_around(unit.text, match.start())
        before = unit.text[begin : match.start()].split()[-4:]
        after = unit.text[match.end() : end].split()[:3]
        dates = [d for d in dates_of(unit) if begin <= d.begin < end]
        words = " ".join([*before, match[0], *after]).strip(" ,;.")
        of = "per cent" if match["percent"] else match["noun"].lower()
        dated = dates[0].end if len(dates) == 1 else ""
        yield Figure(unit.path, match["number"].replace(",", ""), of, words, dated)
