"""Amounts of money with who gives and who gets, and reported figures."""

import pytest
from places import MINAMATA, Analyse, Paragraph, Place

from loaders.money import Figure, Flow, find_figures


def flows(place: Place) -> list[Flow]:
    return [flow for flow in place.analysis.flows if flow.unit == place.unit.path]


TABLE = "1. One.\n\n2. Two.\n\n{caption}\n\nContributor  Amount\nNorway  48,000\nUNEP  1 140 500\nTotal  1,188,500\n"


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("Contributions (euros)", [("48000", "EUR", "org/norway"), ("1140500", "EUR", "org/unep")]),
        ("Pledges (thousands of US dollars)", [("48000000", "USD", "org/norway"), ("1140500000", "USD", "org/unep")]),
        ("Participants by country", []),
    ],
)
def test_the_rows_of_a_table(analyse: Analyse, caption: str, found: list[tuple[str, str, str]]) -> None:
    flows = analyse(TABLE.format(caption=caption), **MINAMATA).flows
    assert [(flow.amount, flow.currency, flow.payer) for flow in flows] == found


@pytest.mark.parametrize(
    ("words", "amount", "currency", "qualifier"),
    [
        ("$185,000", "185000", "USD", "exact"),
        ("US$ 2 million", "2000000", "USD", "exact"),
        ("USD 1.5 million", "1500000", "USD", "exact"),
        ("more than $206 million", "206000000", "USD", "over"),
        ("about €250,000", "250000", "EUR", "about"),
        ("up to CHF 90,000", "90000", "CHF", "up to"),
        ("not more than CHF 90,000", "90000", "CHF", "up to"),
        ("21 million United States dollars", "21000000", "USD", "exact"),
        ("1.2 billion dollars", "1200000000", "USD", "exact"),
        ("500,000 euros", "500000", "EUR", "exact"),
        ("40 million yen", "40000000", "JPY", "exact"),
        ("one million Swiss francs", "1000000", "CHF", "exact"),
        ("about half a million dollars", "500000", "USD", "about"),
        ("£30 thousand", "30000", "GBP", "exact"),
        ("300 Swiss francs", "300", "CHF", "exact"),
        ("NOK 3 million", "3000000", "NOK", "exact"),
        ("30 million Swedish kronor", "30000000", "SEK", "exact"),
        ("SwF 200,000", "200000", "CHF", "exact"),
        ("NKr 3,000,000", "3000000", "NOK", "exact"),
        ("Can$ 5,000", "5000", "CAD", "exact"),
        ("$A 5,000", "5000", "AUD", "exact"),
    ],
)
def test_amounts_and_currencies(paragraph: Paragraph, words: str, amount: str, currency: str, qualifier: str) -> None:
    (flow,) = flows(paragraph(f"The work cost {words} in all."))
    assert (float(flow.amount), flow.currency, flow.qualifier) == (float(amount), currency, qualifier)


@pytest.mark.parametrize("text", ["It weighed 300 tonnes.", "There were 21 million people.", "See decision MC-5/12."])
def test_what_is_no_money(paragraph: Paragraph, text: str) -> None:
    assert flows(paragraph(text)) == []


@pytest.mark.parametrize(
    ("text", "payer", "payee", "status"),
    [
        ("Norway pledged $2 million.", "org/norway", "", "pledged"),
        (
            "The European Union contributed $2 million to the Special Trust Fund.",
            "org/eu",
            "org/minamata-special-trust-fund",
            "received",
        ),
        ("The Council of the Global Environment Facility approved $2 million.", "org/gef-council", "", "approved"),
        ("The budget was $2 million.", "", "", "budgeted"),
        (
            "Norway pledged $2 million to the Special Trust Fund.",
            "org/norway",
            "org/minamata-special-trust-fund",
            "pledged",
        ),
        ("It cost $2 million.", "", "", ""),
        ("A project of $2 million, implemented by UNIDO, was approved.", "", "", "approved"),
        ("The projects of Peru were approved for $2 million.", "", "", "approved"),
        (
            "The Council of the Global Environment Facility approved a contribution of $2 million.",
            "org/gef-council",
            "",
            "approved",
        ),
    ],
)
def test_who_gives_and_who_gets(paragraph: Paragraph, text: str, payer: str, payee: str, status: str) -> None:
    (flow,) = flows(paragraph(text))
    assert (flow.payer, flow.payee, flow.status) == (payer, payee, status)


def test_amounts_in_brackets_are_of_the_giver_before_them(paragraph: Paragraph) -> None:
    text = "Contributions were received from Austria (€100,000), Germany (€500,000) and Norway (NKr 3,000)."
    found = [(flow.payer, flow.amount, flow.currency) for flow in flows(paragraph(text))]
    assert found == [
        ("org/austria", "100000", "EUR"),
        ("org/germany", "500000", "EUR"),
        ("org/norway", "3000", "NOK"),
    ]


def test_each_giver_gives_its_own_amount(paragraph: Paragraph) -> None:
    found = flows(paragraph("Norway contributed $1.2 million and the United States of America $9.1 million."))
    assert [(flow.payer, flow.amount) for flow in found] == [
        ("org/norway", "1200000"),
        ("org/united-states", "9100000"),
    ]


def test_each_amount_has_the_status_beside_it(paragraph: Paragraph) -> None:
    found = flows(paragraph("A sum of $1 million was received, against pledges of $2 million."))
    assert [flow.status for flow in found] == ["received", "pledged"]


def test_a_flow_has_the_period_of_its_sentence(paragraph: Paragraph) -> None:
    (flow,) = flows(paragraph("Norway pledged $2 million for 2024–2025."))
    assert (flow.begins, flow.ends) == ("2024", "2025")


# ---- figures ------------------------------------------------------------------------------------------------------


def figures(place: Place) -> list[tuple[str, str]]:
    return [(figure.value, figure.of) for figure in find_figures(place.unit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 46 participants from 15 countries came.", [("46", "participants"), ("15", "countries")]),
        ("It was 12.5 per cent of all.", [("12.5", "per cent")]),
        ("It was 7% of all.", [("7", "per cent")]),
        ("There were 1,250 users.", [("1250", "users")]),
        ("The Convention had 128 Parties.", [("128", "parties")]),
        ("See paragraph 12 and article 14.", []),
        ("Paragraph 4 of article 14 calls for action; six group calls followed.", [("6", "calls")]),
        ("It cost $15 million.", []),
    ],
)
def test_reported_figures(paragraph: Paragraph, text: str, found: list[tuple[str, str]]) -> None:
    assert figures(paragraph(text)) == found


def test_a_figure_says_of_what_and_when(paragraph: Paragraph) -> None:
    (figure,) = find_figures(paragraph("By 30 June 2021 the Convention had 128 Parties in all regions.").unit)
    assert figure == Figure("para_2", "128", "parties", figure.measures, "2021-06-30")
    assert "128 Parties" in figure.measures


def test_each_clause_has_its_own_payer(paragraph: Paragraph) -> None:
    found = flows(
        paragraph("It received $185,000 from the European Union, and Switzerland pledged CHF 40,000 for 2017.")
    )
    assert [(flow.payer, flow.status) for flow in found] == [("org/eu", "received"), ("org/switzerland", "pledged")]
