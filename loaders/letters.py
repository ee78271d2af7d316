"""Letters: paragraphs, bullets and points between a salutation and a signature."""

import re

from loaders import numbering
from loaders.document import Block
from loaders.units import UnitBuilder

_SALUTATION = re.compile(
    r"(?:Dear |Excellenc(?:y|ies)\b|Your Excellency|Sir\b|Madam\b|To whom it may concern)"
    r"(?:[^.]|(?<=\b(?:Mr|Ms|Dr))\.|(?<=\b(?:Mrs|H\.E))\.|(?<=\bProf)\.|(?<=\b[A-Z])\.){0,160}[,:]?"
)
CLOSING = re.compile(
    r"(?:Yours (?:sincerely|faithfully|truly)|Sincerely(?: yours)?|(?:With )?(?:Best|Kind|Warm) regards|Respectfully)"
    r"\b.{0,40}",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(r"(?:Subject|Re|Object)\s*:", re.IGNORECASE)


def looks_like_letter(blocks: list[Block]) -> bool:
    """Whether a salutation stands near the top."""
    return any(_SALUTATION.fullmatch(block.text) for block in blocks[:15])


class LetterBuilder(UnitBuilder):
    """Reads a letter: header, title (the subject), para 1 …, bullets, signature."""

    def read(self, blocks: list[Block]) -> None:
        """Build all units from the blocks."""
        salutation = next(i for i, block in enumerate(blocks) if _SALUTATION.fullmatch(block.text))
        closing = next((i for i, b in enumerate(blocks) if i > salutation and CLOSING.fullmatch(b.text)), len(blocks))
        self._header(blocks[: salutation + 1])
        for block in blocks[salutation + 1 : closing]:
            self._body(block)
        self.joined("signature", [block for block in blocks[closing:] if block.kind != "footnote"])
        for block in blocks[closing:]:
            if block.kind == "footnote":
                self.footnote(block)

    def _header(self, blocks: list[Block]) -> None:
        self.joined("header", [block for block in blocks if not _SUBJECT.match(block.text)])
        self.joined("title", [block for block in blocks if _SUBJECT.match(block.text)])

    def _body(self, block: Block) -> None:
        if block.kind == "footnote" or self.is_star_note(block):
            self.footnote(block)
        elif block.kind in ("bullet", "starred"):
            self.bullet(block, self.section)
        elif block.kind == "heading" or _is_heading(block):
            self.heading(block, "")
        elif (item := numbering.PARAGRAPH.fullmatch(block.text)) and self._lists():
            self.plain += 1
            self.add(f"p_{self.plain}", "ListItem", f"para {self.plain}", block, item[2], self.section)
        elif not self.announced_point(block):
            unit = self.unnumbered(f"para {self.plain + 1}", block, "")
            self.section = unit.path

    def _lists(self) -> bool:
        """Whether the paragraph before announces a list, or is a member of one."""
        return bool(self.units) and (self.units[-1].kind == "ListItem" or self.units[-1].text.endswith(":"))


def _is_heading(block: Block) -> bool:
    """Whether a line stands above paragraphs: "B. Nominations of experts", or a few words that no sentence ends."""
    numbered = numbering.OUTLINE.fullmatch(block.text)
    return len(block.text) < (120 if numbered else 60) and block.text[:1].isupper() and block.text[-1] not in ".,;:?!)"
