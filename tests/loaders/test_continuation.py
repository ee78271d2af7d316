"""What a page break or a footnote cut in two is one again; what ends stays apart."""

import pytest

from loaders.continuation import join_cut, without_running_heads
from loaders.document import Block, Marker

LONG = "The secretariat prepared a note on the survey of works. The note was sent to the members of the group and"


def texts(*blocks: Block) -> list[str]:
    return [block.text for block in join_cut(list(blocks))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, "to the observers that had asked for it."),
        ("A paragraph that is long enough to be cut by the page", "goes on in lower case."),
        ("The Conference of the Parties shall consider the long-", "term effects."),
        ("The Conference of the Parties shall publish its findings by", "31 March 2027;"),
        ("3. The Conference of the Parties considered the work of the United Nations Industrial Development", "Fund."),
        ("Noting the work done by the United Nations Industrial Development and by all the others that are", "Here,"),
    ],
)
def test_a_cut_paragraph_is_made_whole(first: str, second: str) -> None:
    glue = "" if first.endswith("-") else " "
    assert texts(Block(first), Block(second)) == [first + glue + second]


def test_a_footnote_in_the_cut_follows_the_paragraph() -> None:
    note = Block("See above.", "footnote", key="1")
    assert texts(Block(LONG), note, Block("to the observers.")) == [f"{LONG} to the observers.", "See above."]


def test_markers_move_with_their_text() -> None:
    second = Block("to the observers.", markers=(Marker(16, "2"),))
    assert join_cut([Block(LONG), second])[0].markers == (Marker(len(LONG) + 1 + 16, "2"),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Block("A paragraph that has come to its end with a full stop."), Block("and another.")),
        (Block("The following activities were carried out in the year:"), Block("to hold a meeting")),
        (
            Block(
                "Conference of the Parties, fifth meeting, Geneva, November 2025, item 4 (f) of the provisional agenda"
            ),
            Block("Matters for action by the Conference of the Parties: capacity-building and technical assistance"),
        ),
        (
            Block("Matters for action by the Conference of the Parties: capacity-building and technical assistance"),
            Block("Report on the activities of the secretariat that were undertaken in the years of the biennium"),
        ),
        (Block(LONG), Block("12. A numbered paragraph")),
        (
            Block("Recalling its resolutions, which were adopted in the years from 2001 to 2025, and all the rest,1"),
            Block("Noting the work of others,"),
        ),
        (Block(LONG), Block("(b) A point of a list")),
        (Block(LONG), Block("B. A heading")),
        (Block(LONG), Block("to be bold", bold=True)),
        (Block("Short heading"), Block("in lower case")),
        (Block(LONG, "heading"), Block("to the observers.")),
        (Block(LONG), Block("a bullet", "bullet")),
    ],
)
def test_what_starts_anew_stays_apart(first: Block, second: Block) -> None:
    assert texts(first, second) == [first.text, second.text]


def test_a_heading_ends_the_search() -> None:
    blocks = Block(LONG), Block("A heading", "heading"), Block("to the observers.")
    assert texts(*blocks) == [block.text for block in blocks]


COVER = Block("Distr.: General UNEP/MC/COP.9/1 12 May 2030")


@pytest.mark.parametrize("head", ["UNEP/MC/COP.9/1", "UNEP/MC/COP.9/1 Page 4", "Page 4", "1/5", "UNEP/MC/COP.9/1 4/12"])
def test_a_running_head_is_left_out(head: str) -> None:
    assert without_running_heads([COVER, Block(LONG), Block(head), Block("goes on.")]) == [
        COVER,
        Block(LONG),
        Block("goes on."),
    ]


@pytest.mark.parametrize("text", ["UNEP/MC/COP.9/2", "4", "Page", "Annex", "1. One/two"])
def test_what_only_looks_like_a_running_head_stays(text: str) -> None:
    assert without_running_heads([COVER, Block(text)]) == [COVER, Block(text)]


def test_a_footnote_of_a_symbol_stays() -> None:
    note = Block("UNEP/MC/COP.9/1", "footnote", key="*")
    assert without_running_heads([COVER, note]) == [COVER, note]


def test_a_cover_without_blank_lines_does_not_run_into_the_title() -> None:
    cover = (
        "Conference of the Parties to the Minamata Convention on Mercury Ninth meeting Geneva Item 4 (e) of the "
        "provisional agenda* Matters for consideration: mercury waste and more that is said of it here"
    )
    title = "A title that is as long as the titles of these documents are when they say all that they have to say"
    assert texts(Block(cover), Block(title)) == [cover, title]
