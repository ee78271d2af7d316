"""A description as HTML: ordered lists number themselves, footnotes stand at the end and are linked."""

from html import escape

from builders.description import Item, pieces

_LISTS = {"number": "ol", "letter": 'ol type="a"', "roman": 'ol type="i"', "bullet": "ul"}
_DEPTH = {"number": 1, "letter": 2, "roman": 3, "bullet": 1}


def as_page(items: list[Item]) -> bytes:
    """The page, without furniture."""
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"></head>'
    return f"{head}<body>\n{body(items)}</body></html>".encode()


def body(items: list[Item]) -> str:
    """The elements of the page's body."""
    writer = _Writer()
    for item in items:
        writer.add(item)
    return writer.finish()


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[str] = []
        self.notes: list[str] = []
        self.number = 0

    def add(self, item: Item) -> None:
        depth = _DEPTH.get(item.kind, 0)
        if item.kind == "number":
            self.number = 1 if item.restart else self.number + 1
        self._close(depth)
        inner = self._inline(item)
        if not depth:
            tag = f"h{item.level}" if item.kind == "heading" else "p"
            self.parts.append(f"<{tag}>{inner}</{tag}>\n")
            return
        if len(self.open) == depth and item.kind != self.open[-1]:
            self._close(depth - 1)
        while len(self.open) < depth:
            start = f' start="{self.number}"' if item.kind == "number" else ""
            self.parts.append(f"<{_LISTS[item.kind]}{start}>")
            self.open.append(item.kind)
        value = f' value="{self.number}"' if item.kind == "number" else ""
        self.parts.append(f"<li{value}><p>{inner}</p>\n")

    def _close(self, depth: int) -> None:
        while len(self.open) > depth:
            kind = self.open.pop()
            self.parts.append(f"</li></{_LISTS[kind].split()[0]}>\n")

    def _inline(self, item: Item) -> str:
        shown = ""
        for kind, words in pieces(item.text):
            if kind == "note":
                name = f"fn{len(self.notes) + 1}"
                self.notes.append(f'<p id="{name}"><sup>{words}</sup> {escape(item.notes[words])}</p>')
                shown += f'<sup><a href="#{name}">{words}</a></sup>'
            else:
                shown += f"<strong>{escape(words)}</strong>" if kind == "bold" else escape(words)
        return shown

    def finish(self) -> str:
        self._close(0)
        notes = "\n".join(self.notes)
        return "".join(self.parts) + (f'<section class="footnotes">\n{notes}\n</section>\n' if notes else "")
