"""Dates to the precision that the text gives."""

import pytest

from loaders.dates import find_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 17 June 2021", [("2021-06-17", "2021-06-17")]),
        ("on June 17, 2021", [("2021-06-17", "2021-06-17")]),
        ("on the 3rd June 2021", [("2021-06-03", "2021-06-03")]),
        ("in June 2023", [("2023-06", "2023-06")]),
        ("in 2023", [("2023", "2023")]),
        ("from 14 to 16 June 2022", [("2022-06-14", "2022-06-16")]),
        ("on 14 and 15 June 2022", [("2022-06-14", "2022-06-15")]),
        ("14–16 June 2022", [("2022-06-14", "2022-06-16")]),
        ("from 30 October to 3 November 2023", [("2023-10-30", "2023-11-03")]),
        ("30 October–3 November 2023", [("2023-10-30", "2023-11-03")]),
        ("from 29 December 2022 to 2 January 2023", [("2022-12-29", "2023-01-02")]),
        ("between January and September 2022", [("2022-01", "2022-09")]),
        ("from 24 February to 28 February 2025", [("2025-02-24", "2025-02-28")]),
        ("from 4 March 2025 through 17 June 2025", [("2025-03-04", "2025-06-17")]),
        ("from 14 through 16 June 2022", [("2022-06-14", "2022-06-16")]),
        ("January through March 2022", [("2022-01", "2022-03")]),
        ("from January 2022 to March 2023", [("2022-01", "2023-03")]),
        ("in two parts, on 13–15 July and 16 July 2020", [("2020-07-13", "2020-07-16")]),
        ("on 1–3 July 2020 and 5–8 July 2021", [("2020-07-01", "2020-07-03"), ("2021-07-05", "2021-07-08")]),
        ("on 18, 19 and 22 March 2021", [("2021-03-18", "2021-03-22")]),
        ("in February, March and April 2025", [("2025-02", "2025-04")]),
        ("June 21 – 23, 2022", [("2022-06-21", "2022-06-23")]),
        ("from October 31 to November 13, 2021", [("2021-10-31", "2021-11-13")]),
        ("in the biennium 2024–2025", [("2024", "2025")]),
        ("from 2024 to 2028", [("2024", "2028")]),
        ("on 5 May 2020 and in July 2021", [("2020-05-05", "2020-05-05"), ("2021-07", "2021-07")]),
        ("on 6 March and 19 June 2024", [("2024-03-06", "2024-03-06"), ("2024-06-19", "2024-06-19")]),
        ("on 28 February and 1 March 2024", [("2024-02-28", "2024-03-01")]),
        ("in 2021, by 31 March", [("2021", "2021"), ("2021-03-31", "2021-03-31")]),
        ("In 2020 it met from September to December", [("2020", "2020"), ("2020-09", "2020-12")]),
        ("In 2020 it met in July.", [("2020", "2020"), ("2020-07", "2020-07")]),
        ("from 2018 to 2022, by 31 March", [("2018", "2022")]),
        ("on 31 February 2021", []),
        ("the 2030 Agenda", []),
        ("MC/COP5/2023/190", []),
        ("E/2021/58", []),
        ("2,023 grams and 2020%", []),
        ("in May, on 5 June", []),
        ("it may 2 of them", []),
    ],
)
def test_dates_of_a_text(text: str, dates: list[tuple[str, str]]) -> None:
    assert [(date.start, date.end) for date in find_dates(text)] == dates


def test_a_day_without_a_year_takes_the_year_given() -> None:
    assert [date.start for date in find_dates("on 5 June", "2021")] == ["2021-06-05"]


def test_the_span_is_that_of_the_date() -> None:
    text = "held from 14 to 16 June 2022 in Accra"
    assert [text[date.begin : date.stop] for date in find_dates(text)] == ["14 to 16 June 2022"]


@pytest.mark.parametrize(("text", "precise"), [("in 2023", False), ("in May 2023", True), ("on 1 May 2023", True)])
def test_a_month_is_precise_enough_for_a_deadline(text: str, precise: bool) -> None:
    assert [date.precise for date in find_dates(text)] == [precise]
