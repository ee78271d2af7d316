"""A description as DOCX as Word saves it: automatic numbers, styles based on styles, footnotes in a part."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from builders.description import Item, pieces

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Heading1"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Numberedbase"><w:name w:val="Numbered base"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Normalnumber"><w:name w:val="Normal_number"/>
<w:basedOn w:val="Numberedbase"/></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"""
_LEVELS = """<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Normalnumber"/>
<w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>"""
_SECTION = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
_BULLETS = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>'


def as_docx(items: list[Item]) -> bytes:
    """The DOCX file."""
    writer = _Writer()
    paragraphs = "".join(writer.paragraph(item) for item in items)
    return package(paragraphs + _SECTION, writer.numbering(), "".join(writer.notes))


def package(body: str, numbering: str = "", notes: str = "", styles: str = _STYLES, settings: str = "") -> bytes:
    """A DOCX file with these contents of its parts."""
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": styles,
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f"{notes}</w:footnotes>",
        "word/settings.xml": f'<w:settings xmlns:w="{W}">{settings}</w:settings>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>UNEP/XX/COP.9/4</w:t></w:r></w:p></w:hdr>',
    }
    kinds = ("styles", "numbering", "footnotes", "settings", "header1")
    parts["word/_rels/document.xml.rels"] = _relations([(kind.rstrip("1"), f"{kind}.xml") for kind in kinds])
    parts["_rels/.rels"] = _relations([("officeDocument", "word/document.xml")])
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{place}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


class _Writer:
    def __init__(self) -> None:
        self.notes: list[str] = []
        self.lists = 1

    def paragraph(self, item: Item) -> str:
        """An item as a paragraph; an annex starts a section, where footnotes count anew."""
        if item.kind == "number" and item.restart:
            self.lists += 1
        section = paragraph("", _SECTION) if item.kind == "heading" and item.text == "Annex" else ""
        return section + paragraph(
            "".join(self._piece(item, piece) for piece in pieces(item.text)), self._properties(item)
        )

    def _properties(self, item: Item) -> str:
        if item.kind == "heading":
            return f'<w:pStyle w:val="Heading{item.level}"/>'
        if item.kind == "bullet":
            return '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr>'
        if item.kind == "number" and self.lists == 1:
            return '<w:pStyle w:val="Normalnumber"/>'
        level = {"number": 0, "letter": 1, "roman": 2}.get(item.kind)
        return "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.lists}"/></w:numPr>'

    def _piece(self, item: Item, piece: tuple[str, str]) -> str:
        kind, words = piece
        if kind != "note":
            return run(words, "<w:b/>" if kind == "bold" else "")
        place = len(self.notes) + 1
        custom = words.startswith("*")
        own = run(words, '<w:rStyle w:val="FootnoteReference"/>') if custom else "<w:r><w:footnoteRef/></w:r>"
        text = paragraph(own + run(f" {item.notes[words]}"))
        self.notes.append(f'<w:footnote w:id="{place}">{text}</w:footnote>')
        mark = ' w:customMarkFollows="1"' if custom else ""
        shown = f"<w:t>{words}</w:t>" if custom else ""
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        return f'<w:r>{style}<w:footnoteReference{mark} w:id="{place}"/>{shown}</w:r>'

    def numbering(self) -> str:
        """The lists: number 1 by style, the others restarting it, 99 with bullets."""
        restarts = "".join(
            f'<w:num w:numId="{place}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for place in range(2, self.lists + 1)
        )
        return (
            f'<w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="9">{_BULLETS}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{restarts}'
            '<w:num w:numId="99"><w:abstractNumId w:val="9"/></w:num>'
        )
