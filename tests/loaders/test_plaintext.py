"""Bytes -> text, text -> blocks."""

import pytest

from loaders import plaintext
from loaders.errors import LoadError


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Genève\n".encode(), "Genève\n"),
        (b"\xef\xbb\xbfwith a mark", "with a mark"),
        (b"\xff\xfe" + "Genève".encode("utf-16-le"), "Genève"),
        (b"\xfe\xff" + "Genève".encode("utf-16-be"), "Genève"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read(content: bytes, text: str) -> None:
    assert plaintext.decode(content, "a.txt") == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"first\nsecond\nGen\xe8ve\n", ["a.txt", "UTF-8", "0xE8", "line 3"]),
        (b"\x93quoted\x94", ["0x93", "line 1"]),
        (b"one\ntwo \x00 three", ["NUL", "line 2"]),
        (b"", ["empty"]),
        (b" \n\t\n", ["empty"]),
        (b"\xff\xfea", ["UTF-16"]),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, words: list[str]) -> None:
    with pytest.raises(LoadError) as caught:
        plaintext.decode(content, "a.txt")
    assert all(word in str(caught.value) for word in words)


def test_a_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plaintext, "MAX_BYTES", 10)
    with pytest.raises(LoadError, match="11 bytes, more than the limit of 10"):
        plaintext.decode(b"hello world", "a.txt")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one\ntwo\n\nthree", [("paragraph", "one two"), ("paragraph", "three")]),
        ("# Title\nwords", [("heading", "Title"), ("paragraph", "words")]),
        ("## 1.1 Mandate ##\n\nwords", [("heading", "1.1 Mandate"), ("paragraph", "words")]),
        ("above\n\n---\n\nbelow", [("paragraph", "above"), ("paragraph", "below")]),
        ("- one\n- two", [("bullet", "one"), ("bullet", "two")]),
        ("• one\n• two", [("bullet", "one"), ("bullet", "two")]),
        ("– one\n– two", [("bullet", "one"), ("bullet", "two")]),
        ("1. One\n2. Two", [("paragraph", "1. One"), ("paragraph", "2. Two")]),
        ("1. The meeting of\n12. May is over", [("paragraph", "1. The meeting of 12. May is over")]),
        (
            "1. To:\n(a) Hold;\n(b) Tell",
            [("paragraph", "1. To:"), ("paragraph", "(a) Hold;"), ("paragraph", "(b) Tell")],
        ),
        ("<sup>1</sup> See above.", [("footnote", "See above.")]),
        ("¹ See above.", [("footnote", "See above.")]),
        (r"\* Reissued.", [("starred", "Reissued.")]),
        ("I. Introduction ........ 3", [("contents", "I. Introduction ........ 3")]),
        ("**I. Work****A. Past**", [("paragraph", "I. Work"), ("paragraph", "A. Past")]),
        ("Crlf one\r\n\r\ntwo", [("paragraph", "Crlf one"), ("paragraph", "two")]),
        (
            "The Conference,\n    Recalling A,\nand B,\n    Noting C,",
            [("paragraph", "The Conference,"), ("paragraph", "Recalling A, and B,"), ("paragraph", "Noting C,")],
        ),
        ("(a) Held in Dakar,\n    Senegal", [("paragraph", "(a) Held in Dakar, Senegal")]),
        ("    Work in Rome,\nItaly, and\n    Geneva", [("paragraph", "Work in Rome, Italy, and Geneva")]),
        ("1.\nThe first\n2. The second", [("paragraph", "1. The first"), ("paragraph", "2. The second")]),
        ("II. Work\nA.\nPast\nyears\n1.\nOne", [("paragraph", w) for w in ("II. Work", "A. Past years", "1. One")]),
        ("A group of\n3\nmembers", [("paragraph", "A group of 3 members")]),
        (
            "7/9. Ponds\nThe Council,\nRecalling A,\nDeeply concerned that B\nDraws near,1\n1. Urges C;\n1\n\nSee D.",
            [
                ("paragraph", w)
                for w in ("7/9. Ponds", "The Council,", "Recalling A,", "Deeply concerned that B Draws near,1")
            ]
            + [("paragraph", "1. Urges C;"), ("footnote", "See D.")],
        ),
        ("It ends.\nAnnex\nTerms\n1. One", [("paragraph", w) for w in ("It ends.", "Annex", "Terms", "1. One")]),
        (
            "UNEP/EA.7/5\n\n1. It was seen.1 It goes on to the\n1 See A.\n2\nUNEP/EA.7/5\nend.",
            [
                ("paragraph", "UNEP/EA.7/5"),
                ("paragraph", "1. It was seen.1 It goes on to the"),
                ("footnote", "See A."),
                ("paragraph", "end."),
            ],
        ),
        (
            "It met in 2009.1\n\n* UNEP/EA.7/1.\n1 See A.",
            [("paragraph", "It met in 2009.1"), ("starred", "UNEP/EA.7/1."), ("footnote", "See A.")],
        ),
        ("**Jane Doe**\nChair", [("paragraph", "Jane Doe"), ("paragraph", "Chair")]),
        ("2) Two\n3) Three", [("bullet", "Two"), ("bullet", "Three")]),
        (
            "A trans-\nboundary long-\nterm view, of the long-term",
            [("paragraph", "A transboundary long-term view, of the long-term")],
        ),
        ("Taken note of;3\n\n3 See the annex.", [("paragraph", "Taken note of;3"), ("paragraph", "3 See the annex.")]),
    ],
)
def test_lines_make_blocks(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in plaintext.read(text)] == blocks


@pytest.mark.parametrize(
    ("text", "key"), [("<sup>12</sup> See.", "12"), ("³ See.", "3"), (r"\*\* See.", "**"), ("* See.", "*")]
)
def test_a_footnote_knows_its_marker(text: str, key: str) -> None:
    assert plaintext.read(text)[0].key == key


def test_blocks_know_their_line_and_level() -> None:
    blocks = plaintext.read("one\n\n\n### Deep\n\nlast")
    assert [(block.line, block.level) for block in blocks] == [(1, 0), (4, 3), (6, 0)]
