"""The text of a paragraph cut at its mentions, so that a page can mark them."""

from dataclasses import dataclass

from server.evaluation.tables import Row


@dataclass(frozen=True)
class Passage:
    """A stretch of text; `mention` is the row of the mention that it is, None between mentions."""

    text: str
    mention: Row | None = None


def split_text(text: str, mentions: list[Row]) -> list[Passage]:
    """The whole text in order. Of overlapping mentions the one that starts first is marked, the longest of those.

    `mentions` come by start, the longest first, as the query sorts them.
    """
    passages: list[Passage] = []
    done = 0
    for row in mentions:
        start, end = int(row["start"].value), int(row["end"].value)
        if start < done or end > len(text) or text[start:end] != row["surface"].value:
            continue
        if start > done:
            passages.append(Passage(text[done:start]))
        passages.append(Passage(text[start:end], row))
        done = end
    if done < len(text):
        passages.append(Passage(text[done:]))
    return passages
