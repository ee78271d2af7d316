"""Inline markup out of a line of text: emphasis, links, tags and footnote markers."""

import html
import re

from loaders.document import Marker
from loaders.triggers import Regex

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

# Markup that leaves its inner text (group "inner") or nothing.
_IMAGE = Regex(r"!\[[^\]]*\]\([^)]*\)")
_LINK = Regex(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_AUTOLINK = Regex(r"<((?:https?|mailto):[^>\s]+)>")
_TAG = Regex(r"</?(?:b|i|u|em|strong|span|sub|p|div|a)(?:\s[^>]*)?>", re.IGNORECASE)
_BREAK = Regex(r"<br\s*/?>", re.IGNORECASE)
_STRONG = Regex(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = Regex(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*(?![\w*])")
_UNDERSCORE = Regex(r"(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)")
_ESCAPE = Regex(r"\\([$&\\`_{}\[\]()#+\-.!~|>])")

# A footnote's marker: <sup>2</sup>, ², asterisks after a word that no emphasis opened, or [2] at a word.
_MARKER = Regex(
    r"<sup>\s*(\d{1,3}|\*+)\s*</sup>|([⁰¹²³⁴-⁹]{1,3})|(?<=\S)((?:\\?\*){1,3})(?=\s|$)|(?<=[^\s\[\]])\[(\d{1,2})\](?=[\s.,;:)]|$)"
)


_PLAIN = re.compile(r"[^]<*_\\&\xad⁰¹²³⁴-⁹]*")  # none of the signs that one of the patterns above needs


def clean(raw: str) -> tuple[str, tuple[Marker, ...]]:
    """The text of a line of Markdown or plain text, and the footnote markers in it.

    >>> clean("**Item 4** of the [agenda](http://example.org)<sup>2</sup>, *adopted*")
    ('Item 4 of the agenda, adopted', (Marker(offset=20, key='2'),))
    """
    return (" ".join(raw.split()), ()) if _PLAIN.fullmatch(raw) else _take_markers(_strip_markup(raw))


def _strip_markup(raw: str) -> str:
    text = _IMAGE.sub("", raw)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _BREAK.sub(" ", text)
    text = _TAG.sub("", text)
    text = _STRONG.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\1", text)
    text = _UNDERSCORE.sub(r"\1", text)
    text = _ESCAPE.sub(r"\1", text)
    text = html.unescape(text).replace("\u00ad", "")
    return " ".join(text.split())


def _take_markers(text: str) -> tuple[str, tuple[Marker, ...]]:
    pieces, markers, end, length = [], [], 0, 0
    for match in _MARKER.finditer(text):
        pieces.append(text[end : match.start()])
        length += match.start() - end
        end = match.end()
        key = match[1] or (match[2] or "").translate(SUPERSCRIPTS) or (match[3] or match[4]).replace("\\", "")
        markers.append(Marker(length, key))
    pieces.append(text[end:])
    return "".join(pieces).replace("\\*", "*").strip(), tuple(markers)


def is_bold(raw: str) -> bool:
    """Whether all of a line is set in bold."""
    text = raw.strip()
    return text.endswith(("*", ">")) and bool(re.fullmatch(r"(?:\*\*[^*]+\*\*|<b>[^<]+</b>)\s*", text))


# Two bold runs that touch, or a bold run that opens in the middle of a word: headings printed without a line break.
_GLUED = Regex(r"(?<=\S)\*{4}(?=\S)")
_GLUED_OPEN = Regex(r"^(?P<plain>[^*]+[^\s*(“\"'])\*\*(?=[A-Z0-9])")


def split_glued(raw: str) -> list[str]:
    """The headings of a line that has several glued together.

    >>> split_glued("II. Implementation**A. Environment Programme**")
    ['II. Implementation', '**A. Environment Programme**']
    """
    if "**" not in raw:
        return [raw]
    match = _GLUED_OPEN.match(raw)
    head = []
    if match and raw.count("**") % 2 == 0:
        head, raw = [match["plain"]], raw[match.end("plain") :]
    parts = _GLUED.sub("**\x00**", raw).split("\x00")
    return [*head, *parts] if len(parts) > 1 or head else [raw]
