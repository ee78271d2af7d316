"""What providers of the InforMEA API really send, read into one shape: plain values and lists of children."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

Fields = Mapping[str, Any]

STAMP = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
LANGUAGES = {
    "english": "en",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "russian": "ru",
    "arabic": "ar",
    "chinese": "zh",
}
MIME_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "htm": "text/html",
    "txt": "text/plain",
}
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BLANK = re.compile("\n{3,}")
TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def read_page(body: bytes) -> tuple[list[Fields], int | None]:
    """The rows of an answer, and how many there are in all where it says so; ValueError when it is not JSON.

    >>> read_page(b'{"value": [{"id": "a"}]}')
    ([{'id': 'a'}], None)
    """
    data = json.loads(body.decode("utf-8-sig"))
    inner = data.get("d", data) if isinstance(data, dict) else data
    count = inner.get("__count", inner.get("odata.count")) if isinstance(inner, dict) else None
    if isinstance(inner, dict):
        inner = inner.get("results", inner.get("value"))
    if not isinstance(inner, list):
        raise ValueError("there is no list of rows in it")
    if any(not isinstance(row, dict) for row in inner):
        raise ValueError("a row is not an object")
    return inner, int(count) if count is not None and str(count).isdigit() else None


def children(row: Fields, *names: str) -> list[Fields]:
    """A navigation under one of its names: results, a bare list, bare strings; none when it is deferred.

    >>> children({"title": ["Waste"]}, "title", "titles")
    [{'value': 'Waste'}]
    """
    for name in names:
        held = row.get(name)
        if isinstance(held, dict):
            held = held.get("results", [] if "__deferred" in held else [held])
        if isinstance(held, str):
            held = [held]
        if isinstance(held, list) and held:
            found = [child if isinstance(child, dict) else {"value": child} for child in held if child is not None]
            return [child for child in found if set(child) - {"__metadata", "__deferred"}]
    return []


def texts(row: Fields, *names: str) -> dict[str, str]:
    """Language to text of a navigation; a text that names no language is English, an empty one is left out."""
    found: dict[str, str] = {}
    for child in children(row, *names):
        value = text(child, "value")
        if value:
            found.setdefault(language(child.get("language")), value)
    return found


def text(row: Fields, name: str) -> str:
    """A value as clean text: entities resolved, also those escaped twice, and white space set right.

    >>> text({"value": " Caf&amp;eacute;\u00a0&lt;3 "}, "value")
    'Café <3'
    """
    value = row.get(name)
    if value is None or isinstance(value, dict | list | bool):
        return ""
    whole = clean(html.unescape(html.unescape(str(value))))
    return BLANK.sub("\n\n", "\n".join(" ".join(line.split()) for line in whole.splitlines())).strip()


def clean(value: str) -> str:
    """Without control characters and halves of surrogate pairs."""
    return ILLEGAL.sub("", value)


def language(value: object) -> str:
    """`English`, `EN` or `en` -> `en`; what is no language at all counts as English."""
    name = str(value or "en").strip().lower().replace("_", "-")
    code = LANGUAGES.get(name, name)
    return code if TAG.fullmatch(code) and len(code.split("-")[0]) == 2 else "en"


def day(value: object) -> str:
    """`/Date(1384878704000)/`, or an ISO date and time, as the day in UTC; empty when it is neither.

    >>> day("/Date(1384878704000+0000)/")
    '2013-11-19'
    """
    stamp, iso = STAMP.fullmatch(str(value)), DAY.fullmatch(str(value))
    try:
        if stamp:
            return datetime.fromtimestamp(int(stamp[1]) / 1000, UTC).date().isoformat()
        return date.fromisoformat(iso[1]).isoformat() if iso else ""
    except (ValueError, OverflowError, OSError):
        return ""


def truth(value: object) -> bool:
    """`true` as a value or as a word."""
    return value is True or str(value).lower() in ("true", "1")


def files(row: Fields) -> Iterator[tuple[str, str, str, str]]:
    """Address, media type, language and name of each file that has an address."""
    for child in children(row, "files", "file"):
        url = text(child, "url") or text(child, "value")
        kind = text(child, "mimeType").lower()
        if url.startswith(("http://", "https://")):
            name = text(child, "filename")
            kind = MIME_TYPES.get(kind.lstrip("."), kind) or MIME_TYPES.get(name.rpartition(".")[2].lower(), "")
            yield url, kind, language(child.get("language")), name
