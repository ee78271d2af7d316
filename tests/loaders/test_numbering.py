"""Printed numbers: roman or letter, letter or small roman."""

import pytest

from loaders.numbering import Outline, Points, roman_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I", 1),
        ("IV", 4),
        ("IX", 9),
        ("XIV", 14),
        ("XXVIII", 28),
        ("XLII", 42),
        ("vi", 6),
        ("", 0),
        ("A", 0),
        ("IB", 0),
    ],
)
def test_roman_values(text: str, value: int) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize(
    ("printed", "places"),
    [
        (["I", "II", "III"], ["I", "II", "III"]),
        (["I", "A", "B", "II", "A"], ["I", "I.A", "I.B", "II", "II.A"]),
        (["A", "B", "C"], ["A", "B", "C"]),
        (["II", "G", "H", "I", "J"], ["II", "II.G", "II.H", "II.I", "II.J"]),
        (["I", "B", "C", "D", "II"], ["I", "I.B", "I.C", "I.D", "II"]),
        (["IV", "A", "B", "V", "VI"], ["IV", "IV.A", "IV.B", "V", "VI"]),
        (["IV", "U", "V"], ["IV", "IV.U", "IV.V"]),
    ],
)
def test_an_outline_of_roman_and_lettered_headings(printed: list[str], places: list[str]) -> None:
    outline = Outline()
    assert [outline.place(number) for number in printed] == places


@pytest.mark.parametrize(
    ("printed", "paths"),
    [
        ("a b c", ["a", "b", "c"]),
        ("a i ii b", ["a", "a/i", "a/ii", "b"]),
        ("a b i ii iii c", ["a", "b", "b/i", "b/ii", "b/iii", "c"]),
        ("f g h i j", ["f", "g", "h", "i", "j"]),
        ("g h i", ["g", "h", "i"]),
        ("u v w x y", ["u", "v", "w", "x", "y"]),
        ("a i ii iii iv v vi b", ["a", "a/i", "a/ii", "a/iii", "a/iv", "a/v", "a/vi", "b"]),
        ("i ii iii", ["i", "ii", "iii"]),
        ("y z aa ab", ["y", "z", "aa", "ab"]),
    ],
)
def test_points_and_the_points_below_them(printed: str, paths: list[str]) -> None:
    points = Points()
    assert ["/".join(points.place(mark)) for mark in printed.split()] == paths
