"""Amounts in the rows of a table, whose caption or head names the currency: "Contributions (United States dollars)"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.document import Unit
from loaders.findings import Mention
from loaders.money import CURRENCIES, SCALES, Flow
from loaders.participants import organizations
from loaders.triggers import Regex

_NAMES = "|".join(re.escape(name) for name in sorted(CURRENCIES, key=len, reverse=True))
_UNIT = Regex(
    rf"\(\s*(?:in\s+)?(?:(?P<scale>thousand|million)s?\s+(?:of\s+)?)?(?P<currency>{_NAMES})\s*\)", re.IGNORECASE
)
_AMOUNT = re.compile(r"(?<![\d.,/-])(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0]\d{3})+)(?:\.\d+)?(?![\d/-]|,\d)")
_SUM = Regex(r"\b(?:[Tt]otal|[Ss]ubtotal|TOTAL)\s+$")
_GIVEN = Regex(r"\b(?:[Cc]ontribut|[Dd]onor|[Pp]ledge)")
_RECEIVED, _PLEDGED = Regex(r"\b[Rr]eceived\b"), Regex(r"\b[Pp]ledge")
_HEAD = 120  # characters in which the head of a table names its columns
_CODES = {name.casefold(): code for name, code in CURRENCIES.items()}


def find_listed(unit: Unit, mentions: list[Mention], above: str) -> Iterator[Flow]:
    """The amounts of a table below a caption, sums aside; in a table of contributions each is from whom its row names.

    >>> unit = Unit("p_2", "Paragraph", "", "Contributor Amount Norway 48,000 Total 48,000")
    >>> [(flow.amount, flow.currency) for flow in find_listed(unit, [], "Contributions (euros)")]
    [('48000', 'EUR')]
    """
    caption = above if len(above) < 2 * _HEAD and ")" in above else ""
    measure = _UNIT.search(unit.text, 0, _HEAD) or (_UNIT.search(caption) if caption else None)
    amounts = list(_AMOUNT.finditer(unit.text)) if measure else []
    if measure is None or len(amounts) < (1 if measure.string is not caption else 2):
        return
    said = f"{caption} {unit.text[:_HEAD]}"
    givers = organizations(unit.text, mentions) if _GIVEN.search(said) else []
    status = "pledged" if _PLEDGED.search(said) else "received" if givers or _RECEIVED.search(said) else ""
    for amount in amounts:
        if _SUM.search(unit.text, max(0, amount.start() - 20), amount.start()):
            continue
        number = Decimal(re.sub(r"[,\s]", "", amount[0])) * SCALES.get((measure["scale"] or "").casefold(), 1)
        before = [m for m in givers if m.end < amount.start()]
        payer = before[-1] if before and unit.text[before[-1].end : amount.start()].isspace() else None
        currency = _CODES[measure["currency"].casefold()]
        giver = payer.things[0].path if payer else ""
        yield Flow(unit.path, f"{number.normalize():f}", currency, "exact", status, giver, "", "", "")
