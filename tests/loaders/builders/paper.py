"""A description as PDF: page numbers, a running header from the second page on, footnotes under a rule."""

from dataclasses import dataclass, field

from fpdf import FPDF

from builders.description import Counter, Item, pieces

_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 523.0, 90.0, 760.0
_BODY, _SMALL, _RAISED = 11.0, 9.0, 0.6
_SIZES = {1: 16.0, 2: 14.0, 3: 12.6}
_LEADING = 1.2
_WITH_HANGING = {"letter": 36.0, "roman": 54.0, "bullet": 36.0}

Word = list[tuple[str, bool, bool]]
"""A word as pieces of (text, bold, raised)."""


@dataclass
class _Line:
    words: list[Word] = field(default_factory=list)
    width: float = 0.0


def as_pdf(items: list[Item], header: str = "UNEP/XX/COP.9/4", width: float = _RIGHT - _LEFT) -> bytes:
    """The PDF file; a narrower `width` gives more lines and pages."""
    writer = _Writer(header, width)
    for item in items:
        writer.add(item)
    return writer.finish()


class _Writer:
    def __init__(self, header: str, width: float) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.core_fonts_encoding = "cp1252"
        self.pdf.set_auto_page_break(False)
        self.header, self.width = header, width
        self.counter = Counter()
        self.notes: list[tuple[str, list[_Line]]] = []
        self.y = 0.0
        self._page()

    def add(self, item: Item) -> None:
        size = _SIZES.get(item.level, _BODY)
        label = self.counter.label(item) or ("•" if item.kind == "bullet" else "")
        indent = _WITH_HANGING.get(item.kind, 0.0)
        words = _words(([("text", f"{label} ")] if label else []) + pieces(item.text), item.kind == "heading")
        keys = [words_ for kind, words_ in pieces(item.text) if kind == "note"]
        self.y += 0.6 * size
        for line in self._wrapped(words, size, self.width - indent):
            wanted = [key for key in keys if any(text == key for word in line.words for text, _, _ in word)]
            notes = [(key, self._note(key, item.notes[key])) for key in wanted]
            height = sum(len(lines) for _, lines in [*self.notes, *notes]) * _SMALL * _LEADING + 14
            if self.y + size * _LEADING > _BOTTOM - height:
                self._page()
            self.y += size * _LEADING
            self._draw(line, _LEFT + indent, self.y, size)
            self.notes.extend(notes)

    def _note(self, key: str, text: str) -> list[_Line]:
        return self._wrapped(_words([("note", key), ("text", f" {text}")], False), _SMALL, self.width)

    def _wrapped(self, words: list[Word], size: float, width: float) -> list[_Line]:
        lines = [_Line()]
        for word in words:
            wide = self._width(word, size)
            if lines[-1].words and lines[-1].width + wide + size * 0.25 > width:
                lines.append(_Line())
            lines[-1].words.append(word)
            lines[-1].width += wide + size * 0.25
        return lines

    def _width(self, word: Word, size: float) -> float:
        return sum(self._styled(bold, raised, size).get_string_width(text) for text, bold, raised in word)

    def _styled(self, bold: bool, raised: bool, size: float) -> FPDF:
        self.pdf.set_font("Times", "B" if bold else "", size * (_RAISED if raised else 1))
        return self.pdf

    def _draw(self, line: _Line, x: float, y: float, size: float) -> None:
        for word in line.words:
            for text, bold, raised in word:
                self._styled(bold, raised, size).text(x, y - (0.35 * size if raised else 0), text)
                x += self.pdf.get_string_width(text)
            x += size * 0.25

    def _page(self) -> None:
        self._foot()
        self.pdf.add_page()
        self.y = _TOP
        number = self.pdf.page_no()
        self._styled(False, False, _SMALL).text(_LEFT, 40, self.header if number > 1 else "")
        self.pdf.text(300, 810, str(number))

    def _foot(self) -> None:
        y = _BOTTOM - sum(len(lines) for _, lines in self.notes) * _SMALL * _LEADING
        if self.notes:
            self.pdf.line(_LEFT, y - 8, _LEFT + 100, y - 8)
        for _, lines in self.notes:
            for line in lines:
                y += _SMALL * _LEADING
                self._draw(line, _LEFT, y, _SMALL)
        self.notes = []

    def finish(self) -> bytes:
        self._foot()
        return bytes(self.pdf.output())


def _words(found: list[tuple[str, str]], bold: bool) -> list[Word]:
    words: list[Word] = [[]]
    for kind, text in found:
        if kind == "note":
            words[-1].append((text, False, not text.startswith("*")))
            continue
        for place, part in enumerate(text.split(" ")):
            if place:
                words.append([])
            if part:
                words[-1].append((part, bold or kind == "bold", False))
    return [word for word in words if word]
