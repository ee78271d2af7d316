"""Blocks -> a structured document: which style it is written in, and its units."""

from loaders.continuation import join_cut, without_running_heads
from loaders.document import Block, Document, DocumentInfo
from loaders.errors import LoadError
from loaders.letters import LetterBuilder, looks_like_letter
from loaders.numbered import NumberedBuilder, looks_numbered
from loaders.reports import ReportBuilder
from loaders.units import UnitBuilder, host_footnotes


def structure(info: DocumentInfo, blocks: list[Block], sha256: str = "") -> Document:
    """The document that the blocks make; LoadError when there is nothing to read in them."""
    if not blocks:
        raise LoadError(f"{info.file}: no text in this file")
    whole = join_cut(without_running_heads(blocks))
    builder = _read(info, whole)
    host_footnotes(builder.units)
    return Document(info, builder.units, builder.instruments, sha256, builder.notes)


def _read(info: DocumentInfo, blocks: list[Block]) -> UnitBuilder:
    builder: LetterBuilder | NumberedBuilder | ReportBuilder
    if looks_like_letter(blocks):
        builder = LetterBuilder()
    elif looks_numbered(blocks):
        builder = NumberedBuilder(info)
    else:
        builder = ReportBuilder(info)
    builder.read(blocks)
    return builder
