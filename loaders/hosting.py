"""Footnotes put behind the blocks that hold their markers, wherever the format keeps them."""

from collections import defaultdict, deque
from collections.abc import Iterable

from loaders.document import Block
from loaders.runs import Passage


def place_notes(read: Iterable[Passage]) -> list[Block]:
    """The blocks with every footnote after the block that holds its marker.

    A link tells which footnote is meant; without links the first footnote of the marker's key that is left.
    """
    everything = list(read)
    notes = _notes(everything)
    linked = {anchor: note for note in reversed(notes) for anchor in note.anchors}
    wanted = {target for passage in everything for target in passage.targets}
    loose: dict[str, deque[Passage]] = defaultdict(deque)
    for note in notes:
        if wanted.isdisjoint(note.anchors):
            loose[note.block.key].append(note)
    hosted: set[int] = set()
    blocks: list[list[Block]] = []
    note_ids = {id(note) for note in notes}
    for passage in everything:
        if id(passage) in note_ids:
            continue
        found = [linked[target] for target in passage.targets if target in linked]
        known = {note.block.key for note in found}
        keys = [marker.key for marker in passage.block.markers if marker.key not in known]
        found += [loose[key].popleft() for key in keys if loose[key]]
        blocks.append([passage.block, *(note.block for note in found if id(note) not in hosted)])
        hosted.update(map(id, found))
    return _with_unhosted(everything, blocks, note_ids, hosted)


def _notes(everything: list[Passage]) -> list[Passage]:
    """The footnotes, with those after asterisks that end the text."""
    end = len(everything)
    while end and everything[end - 1].block.kind in ("footnote", "starred"):
        end -= 1
    return [note for place, note in enumerate(everything) if note.block.kind == "footnote" or place >= end]


def _with_unhosted(
    everything: list[Passage], hosts: list[list[Block]], note_ids: set[int], hosted: set[int]
) -> list[Block]:
    """All blocks in order; footnotes without a marker stay where they stood."""
    blocks: list[Block] = []
    following = iter(hosts)
    for passage in everything:
        if id(passage) not in note_ids:
            blocks.extend(next(following))
        elif id(passage) not in hosted:
            blocks.append(passage.block)
    return blocks
