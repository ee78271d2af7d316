"""What a saved web page holds besides its text: menus, headers, cookie notices and the like, by general rules."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_DROPPED = {
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "svg", "iframe", "object", "video",
    "audio", "canvas", "input", "textarea", "dialog", "map", "title", "meta", "link", "del",
}  # fmt: skip
_OUTER = {"header", "footer", "aside", "form"}
_ROLES = {
    "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "menubar", "toolbar",
}  # fmt: skip
_NAMES = re.compile(
    r"cookies?|consent|gdpr|breadcrumbs?|menu|menubar|navbar|nav|navigation|sidebar|social|share|sharing|addthis|pager"
    r"|pagination|masthead|banner|skip|skiplink|search|login|toolbar|related|newsletter|popup|modal|offcanvas|sr|hidden"
    r"|languages?|lang|print|tabs|footer|copyright",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTE_NAMES = re.compile(r"_?(?:[a-z-]+[-_])?(?:footnotes?|endnotes?|fn|ftn|edn)(?:ref)?(?:[-_:]?\w*)?", re.IGNORECASE)
_LISTS = {"ul", "ol", "div", "section", "table", "p", "dl", "menu"}
_COMMANDS = re.compile(
    r"(?:download|print|share|back|next|previous|prev|read more|view|top|home|tweet|e-?mail|subscribe|follow)\b.{0,40}"
    r"|pdf|word|html|[«‹<»›>←→\s]+",
    re.IGNORECASE,
)
_BETWEEN_LINKS = re.compile(r"[|·]")
_MOST = 0.5
_LINKED = 0.75
_ENOUGH_MAIN = 0.2


@dataclass
class _Measure:
    """How much text an element holds, how much of it in links, and in how many."""

    size: int = 0
    linked: int = 0
    links: int = 0


def strip_furniture(body: etree._Element) -> etree._Element:
    """The element that holds a page's own text, with everything else taken out of it."""
    for element in list(_elements(body)):
        if element.tag in _DROPPED or _is_hidden(element):
            _remove(element)
    titles = [item for item in body.iter("h1") if _own_size(item) and not _is_home_link(item)]
    _remove_furniture(body)
    main = _main(body)
    _remove_lists(main)
    if titles and next(main.iter("h1"), None) is None:
        _put_first(main, titles[-1])
    return main


def is_note_place(element: etree._Element) -> bool:
    """Whether an element is, or leads to, a footnote by its role, class, identifier or address."""
    role = element.get("role") or ""
    address = element.get("href") or ""
    names = [*(element.get("class") or "").split(), element.get("id") or "", address[1:] * address.startswith("#")]
    return role.startswith(("doc-footnote", "doc-endnote", "doc-noteref")) or any(
        _NOTE_NAMES.fullmatch(name) for name in names
    )


def _remove_furniture(body: etree._Element) -> None:
    measures = _measure(body)
    most = _MOST * measures[body].size
    holders = {parent for item in body.iter("main", "article") for parent in item.iterancestors()}
    for element in list(_elements(body)):
        if _is_furniture(element) and measures[element].size < most and element not in holders:
            _remove(element)


def _remove_lists(main: etree._Element) -> None:
    measures = _measure(main)
    most = _MOST * measures[main].size
    for element in list(_elements(main)):
        measure = measures[element]
        if measure.size < most and (_is_link_list(element, measure) or _is_command(element, measure)):
            _remove(element)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter():
        if isinstance(element.tag, str) and element is not root:
            yield element


def _measure(root: etree._Element) -> dict[etree._Element, _Measure]:
    """The measure of every element, summed up from the inside."""
    measures: dict[etree._Element, _Measure] = defaultdict(_Measure)
    for element in reversed(list(root.iter())):
        measure = measures[element]
        if isinstance(element.tag, str):
            measure.size += _length(element.text)
        if element.tag == "a" and element.get("href") and not is_note_place(element):
            measure.linked, measure.links = measure.size, 1
        parent = element.getparent()
        if parent is not None and element is not root:
            outer = measures[parent]
            outer.size += measure.size + _length(element.tail)
            outer.linked += measure.linked
            outer.links += measure.links
    return measures


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _own_size(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _remove(element: etree._Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def _put_first(main: etree._Element, title: etree._Element) -> None:
    _remove(title)
    title.tail, main.text = main.text, None
    main.insert(0, title)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _is_home_link(title: etree._Element) -> bool:
    """Whether a heading is only a link, as the name of a site is."""
    return sum(map(_own_size, title.iter("a"))) == _own_size(title)


def _is_furniture(element: etree._Element) -> bool:
    if is_note_place(element):
        return False
    if element.tag in _OUTER and not _inside_text(element):
        return True
    if (element.get("role") or "") in _ROLES:
        return True
    words = re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}")
    return any(_NAMES.fullmatch(word) for word in words if word)


def _inside_text(element: etree._Element) -> bool:
    """Whether an element stands in the text of the page: in an article, or in a main part that has none."""
    around = [parent for parent in element.iterancestors() if parent.tag in ("main", "article")]
    beside = element.tag == "aside" and all(parent.find(".//article") is not None for parent in around)
    return bool(around) and not beside


def _main(body: etree._Element) -> etree._Element:
    """The main element, or the only article, when it holds a good part of the text."""
    measures = _measure(body)
    marked = [item for item in _elements(body) if item.tag == "main" or item.get("role") == "main"]
    articles = list(body.iter("article"))
    for candidates in (marked, articles):
        if len(candidates) == 1 and measures[candidates[0]].size >= _ENOUGH_MAIN * measures[body].size:
            return candidates[0]
    return body


def _is_link_list(element: etree._Element, measure: _Measure) -> bool:
    if element.tag not in _LISTS or is_note_place(element):
        return False
    return measure.links >= 3 and measure.linked >= _LINKED * measure.size


def _is_command(element: etree._Element, measure: _Measure) -> bool:
    """A block that is nothing but links to do something: print, share, go back."""
    if element.tag not in ("p", "div", "li") or not measure.links:
        return False
    words = " ".join("".join(str(text) for text in element.itertext()).split())
    commands = [part.strip(" «‹<»›>←→") for part in _BETWEEN_LINKS.split(words)]
    linked = measure.linked + words.count("|") + words.count("·") >= measure.size
    return linked and all(not part or _COMMANDS.fullmatch(part) for part in commands)
