"""The pieces that entities are made of: dates, texts, and rows with children."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from server.informea.schema import Row, Value

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
ORDER = re.compile(r"\d+$")
Values = dict[str, Value]
Text = tuple[str, str]


def order_of(number: str) -> int | None:
    """Where a decision stands among those of its meeting: `MC-5/12` -> 12."""
    found = ORDER.search(number)
    return int(found[0]) if found else None


def moment(day: str) -> datetime:
    """Midnight that begins a date, month or year."""
    return datetime.fromisoformat((day + "-01-01")[:10])


def last_moment(day: str) -> datetime:
    """Midnight that begins the last day of a date, month or year."""
    first = moment(day)
    if len(day) == len("2025"):
        return first.replace(month=12, day=31)
    if len(day) == len("2025-11"):
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first


def joined(paragraphs: list[str]) -> list[Text]:
    """The running text as one value in English; none when it is not in the store."""
    return [("en", "\n\n".join(paragraphs))] if paragraphs else []


def with_english(texts: list[Text], label: str) -> list[Text]:
    """The texts, with the label for English when there is none."""
    return texts if any(language == "en" for language, _ in texts) else [("en", label), *texts]


def text_children(texts: Iterable[Text]) -> list[Values]:
    """Texts as language and value, in the languages that the API knows."""
    return [{"id": code, "language": code, "value": value} for code, value in texts if code in LANGUAGES]


def make_row(values: Values, **navigations: list[Values]) -> Row:
    """An entity with its children; the id of a child begins with its parent's: `MC-5-3-en`."""
    found = {
        name: [Row(cleaned({**child, "id": f"{values['id']}-{child['id']}"})) for child in children]
        for name, children in navigations.items()
    }
    return Row(cleaned(values), found)


def cleaned(values: Values) -> Values:
    """The same without characters that cannot stand in XML."""
    return {name: ILLEGAL.sub("", value) if isinstance(value, str) else value for name, value in values.items()}
