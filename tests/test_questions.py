"""Questions that researchers put to the five published documents: one query each, with the answer written down.

The query of a question is `questions/{id}.rq`, without prefixes, as in the example queries. A row of `ANSWERS` is a
fact that the answer must have; a row of `ALSO` is true as well, so the answer may have it; any other row is wrong.
"""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.iri import BASE
from server.examples import with_prefixes

QUESTIONS = Path(__file__).parent / "questions"

NOTE = "minamata-cop-4-international-cooperation"
REPORT = "UNEP-MINAMATACONVENTION-2021-1"
SECRETARIAT = "Secretariat of the Minamata Convention on Mercury"
BIODIVERSITY = "Joint study on interlinkages between the chemicals and waste agreements and biodiversity"
CLIMATE = "Joint study on chemicals, wastes and climate change"
JOINT_REPORT = (
    "Joint report on cooperation and coordination of the Minamata and the Basel, Rotterdam and Stockholm secretariats"
)
HOSTING = "Hosting of the Minamata Convention website under the Basel, Rotterdam and Stockholm conventions"
COOPERATION = (
    "Cooperation of the Minamata secretariat with the secretariat of the Basel, Rotterdam and Stockholm conventions"
)
SHARING = (
    "Sharing of information on biodiversity between the Minamata and the Basel, Rotterdam and Stockholm secretariats"
)
PREPARATION = "Preparation for Minamata COP-4 with the Basel, Rotterdam and Stockholm secretariat"
ANNEXES_GROUP = "org/minamata-expert-group-annexes"
RELEASES_GROUP = "org/minamata-expert-group-releases"
WASTE_GROUP = "org/minamata-expert-group-waste"
AMAZON = "Monitoring report on the impact of artisanal and small-scale gold mining in the Amazon region"
METHODS = "Review of monitoring methods for artisanal and small-scale gold mining sites"
GENDER = "Gender assessment of the Minamata Convention"

Row = tuple[str, ...]

ANSWERS: dict[str, set[Row]] = {
    "Q02": {
        (f"MC-{number}",)
        for number in (
            *("4/4", "4/11", "5/2", "5/3", "5/5", "5/6", "5/7"),
            *("5/8", "5/10", "5/12", "5/14", "5/15", "5/17", "5/18"),
        )
    },
    "Q05": {
        ("2024-06-30", "MC-5/5", "bullet 4"),
        ("2024-10-31", "MC-5/10", "bullet 8"),
        ("2025-03-31", "MC-5/6", "bullet 5"),
    },
    "Q07": {
        ("Minamata art. 14", "2", "1"),
        ("Minamata art. 14", "4", "1"),
        ("Minamata art. 14", "12", "1"),
        ("Minamata art. 14", "annex preamble 1", "1"),
        ("Minamata art. 14(1)", "1", "1"),
        ("Minamata art. 14(1)", "annex op. 5", "1"),
        ("Minamata art. 14(1)", "annex op. 9", "1"),
        ("Minamata art. 14(2)", "1", "2"),
        ("Minamata art. 14(3)", "2", "1"),
        ("Minamata art. 14(4)", "2", "1"),
        ("Minamata art. 14(4)", "4", "1"),
        ("Minamata art. 14(4)", "annex op. 1", "1"),
        ("Minamata art. 14(4)", "annex op. 2", "1"),
        ("Minamata art. 14(5)", "2", "1"),
    },
    "Q09": {("European Union", "2023-06", "2023-06", "Minamata art. 4")},
    "Q12": {
        ("UNEP/MC/COP.5/12", "MC-5/12"),
        ("UNEP/MC/COP.5/14", "MC-5/14"),
        ("UNEP/MC/COP.5/18", "MC-5/18"),
        ("UNEP/MC/COP.5/INF/7", "MC-5/7"),
    },
    "Q15": {
        ("Eisaku Toda", "", SECRETARIAT),
        ("Marianne Bailey", "", SECRETARIAT),
        ("Monika Stankiewicz", "Executive Secretary", SECRETARIAT),
        ("Rodges Ankrah", "Chair", "Global Mercury Partnership Advisory Group"),
    },
    "Q21": {("annex op. 1",), ("annex op. 2",), ("annex op. 3",), ("annex op. 9",)},
    "Q24": {
        ("Minamata Annex A part I", "bullet 4"),
        ("Minamata Annex A part I", "bullet 19"),
        ("Minamata Annex A part II", "bullet 19"),
        ("Minamata Annex B part I", "bullet 19"),
        ("Minamata Annex D", "bullet 21"),
    },
    "CQ01": {
        (JOINT_REPORT, "UNEP/MC/COP.4/INF/17", NOTE, "3"),
        (JOINT_REPORT, "UNEP/MC/COP.4/INF/17", NOTE, "27"),
        *((BIODIVERSITY, "UNEP/MC/COP.4/INF/13", NOTE, place) for place in ("3", "31", "32", "annex op. 4")),
        (BIODIVERSITY, "UNEP/MC/COP.4/INF/13", REPORT, "section 1.4 para 5"),
        *((CLIMATE, "UNEP/MC/COP.4/INF/14", NOTE, place) for place in ("3", "31", "33", "annex op. 4")),
        (CLIMATE, "UNEP/MC/COP.4/INF/14", REPORT, "section 1.4 para 2"),
        ("Report on the implementation of decision MC-3/11 on enhanced cooperation", "UNEP/MC/COP.4/20", NOTE, "3"),
        ("Joint task force on programmatic cooperation", "UNEP/MC/COP.4/20", NOTE, "26"),
        ("Update of the Basel Convention technical guidelines on mercury waste", "", REPORT, "section 1.2 para 6"),
        (SHARING, "", REPORT, "section 1.4 para 5"),
        (HOSTING, "", REPORT, "section 7.2 para 5"),
        (PREPARATION, "", REPORT, "section 7.2 para 5"),
        (COOPERATION, "", NOTE, "26"),
        (COOPERATION, "", REPORT, "section 9 para 2"),
    },
    "CQ02": {
        (NOTE, "text", "Minamata art. 24(4)"),
        (NOTE, "text", "MC-3/11"),
        (NOTE, "draft decision", "Minamata art. 24(2)"),
        (NOTE, "draft decision", "Minamata art. 23(5)(b)"),
        (REPORT, "text", "Minamata art. 23"),
        (REPORT, "text", "Minamata art. 24"),
        (REPORT, "text", "MC-1/11"),
        (REPORT, "text", "MC-3/11"),
    },
    "CQ06": {
        ("UNEP/CHW.15/INF/44", "UNEP/POPS/COP.10/INF/48", "UNEP/FAO/RC/COP.10/INF/29", BIODIVERSITY),
        ("UNEP/CHW.15/INF/45", "UNEP/POPS/COP.10/INF/49", "UNEP/FAO/RC/COP.10/INF/27", BIODIVERSITY),
    },
    "CQ09": {
        ("annex op. 5", "Requests", "continue gathering", "", "", ""),
        (
            *("annex op. 6", "Also requests", "prepare a", "minamata-cop-5", "at its fifth meeting"),
            "subject to the availability of resources; once adopted",
        ),
        ("annex op. 7", "Further requests", "report on", "", "at its future meetings", "as appropriate"),
    },
    "CQ11": {
        ("Secretariat of the Basel, Rotterdam and Stockholm conventions",),
        ("United Nations Environment Programme",),
        ("UNEP Global Mercury Partnership",),
        ("World Health Organization",),
        ("Secretariat of the Global Environment Facility",),
        ("International Conference on Mercury as a Global Pollutant",),
        ("International Atomic Energy Agency",),
        ("InforMEA Initiative",),
        ("Secretariat of the Strategic Approach to International Chemicals Management",),
        ("Bern Process",),
    },
    "CQ14": {
        ("Norway", AMAZON, NOTE, "29"),
        ("Norway", METHODS, REPORT, "section 2 para 6"),
        ("Norway", "Specific Trust Fund of the Minamata Convention", REPORT, "section 6.2 para 1"),
        ("Sweden", GENDER, REPORT, "section 4 para 2"),
        ("Sweden", "Specific Trust Fund of the Minamata Convention", REPORT, "section 6.2 para 1"),
    },
    "CQ16": {
        ("Armenia", "Anahit Aleksandryn"),
        ("Iran (Islamic Republic of)", "Mohsen Naziri Asl"),
        ("Nigeria", "Olubunmi Olusanya"),
    },
    "CQ18": {
        *(
            (ANNEXES_GROUP, *who, *times)
            for who in (("Darren Byrne", "Ireland"), ("Gwenetta Fordyce", "Guyana"))
            for times in (("6", "meetings"), ("10", "calls"))
        ),
        (RELEASES_GROUP, "Bianca Dlamini", "Eswatini", "6", "meetings"),
        (RELEASES_GROUP, "Greg Helms", "United States of America", "6", "meetings"),
        (WASTE_GROUP, "Andreas Gössnitzer", "Switzerland", "5", "meetings"),
        (WASTE_GROUP, "Oluwatoyin Olabanji", "Nigeria", "5", "meetings"),
    },
    "CQ22": {
        ("First biennial national reports under the Minamata Convention", "2019-12-31", "", "", ""),
        ("First full national reports under the Minamata Convention", "2021-12-31", "", "", ""),
        ("", "", "91", "national reports", ""),
        ("", "", "79.8", "per cent", "2020-10-02"),
        ("", "", "90.4", "per cent", "2020-11-27"),
    },
    "CQ28": {
        ("2020-09-30", "2020-09-30", "30"),
        *((day, day, "17") for day in ("2020-10-13", "2020-10-15", "2020-10-22", "2020-11-12", "2020-11-17")),
        ("2020-11-26", "2020-11-26", "10"),
        ("2020-11-30", "2020-11-30", "17"),
        ("2020-12-15", "2020-12-16", "16"),
        ("2021-02-22", "2021-02-23", "5"),
        ("2021-02-22", "2021-02-23", "12"),
        ("2021-03-18", "2021-03-18", "9"),
        ("2021-06-02", "2021-06-02", "21"),
        ("2021-06-17", "2021-06-17", "17"),
        ("2021-06-30", "2021-06-30", "28"),
        ("2021-11-01", "2021-11-05", "header"),
    },
    "CQ29": {
        ("206000000", "USD", "exact", "section 6 para 3"),
        ("206000000", "USD", "exact", "section 6.1 para 1"),
        ("112000000", "USD", "exact", "section 6 para 2"),
        ("112000000", "USD", "exact", "section 6 para 4"),
        ("5600000", "USD", "exact", "section 6 para 5"),
        ("3000000", "USD", "over", "section 6.2 para 1"),
        ("2819717", "USD", "exact", "bullet 1"),
        ("1335961", "USD", "exact", "bullet 2"),
        ("1963879", "USD", "exact", "bullet 3"),
    },
}

ALSO: dict[str, set[Row]] = {
    "CQ11": {
        (name,)
        for name in (
            "Bolivia (Plurinational State of)",
            "Center for Amazonian Scientific Innovation",
            "Economic Commission for Europe",
            "European Union",
            "Geneva Environment Network",
            "Global Environment Facility",
            "Indigenous Peoples Advisory Group",
            "Inter-Organization Programme for the Sound Management of Chemicals",
            "International Labour Organization",
            "Inuit Circumpolar Council",
            "Mercury in products area of the Global Mercury Partnership",
            "Ministry of the Environment of Peru",
            "Organisation for Economic Co-operation and Development",
            "planetGOLD programme",
            "Secretariat of the Basel Convention",
            "Secretariat of the Convention on Biological Diversity",
            "Secretariat of the UNEP Global Mercury Partnership",
            "Strategic Approach to International Chemicals Management",
            "UNEP Chemicals and Health Branch",
            "United Nations Industrial Development Organization",
            "United Nations Institute for Training and Research",
            "United Nations Statistics Division",
            "World Customs Organization",
        )
    },
    "CQ14": {
        ("Sweden", GENDER, REPORT, "section 4 para 3"),
        *(
            ("Sweden", activity, REPORT, f"section 4 para {number}")
            for number in (2, 4)
            for activity in (
                "developing knowledge products on gender",
                "issued a call for information in November 2020 inviting Parties and",
            )
        ),
    },
    "CQ28": {("2022-03-03", "2022-03-04", "14")},
}


def answer(store: ox.Store, question: str) -> set[Row]:
    """The rows as strings, our IRIs without the base, an empty string where nothing is bound."""
    text = with_prefixes((QUESTIONS / f"{question}.rq").read_text(encoding="utf-8"))
    rows: Any = store.query(text, use_default_graph_as_union=True)
    return {tuple(value.value.removeprefix(BASE) if value else "" for value in row) for row in rows}


@pytest.mark.parametrize("question", ANSWERS)
def test_the_graph_answers(published: ox.Store, question: str) -> None:
    found = answer(published, question)
    assert found - ALSO.get(question, set()) == ANSWERS[question]


def test_every_question_has_a_query_and_an_answer() -> None:
    assert {path.stem for path in QUESTIONS.glob("*.rq")} == set(ANSWERS)
    assert set(ALSO) <= set(ANSWERS)


def test_the_base_stands_in_no_query() -> None:
    assert not [path.name for path in QUESTIONS.glob("*.rq") if BASE in path.read_text(encoding="utf-8")]
