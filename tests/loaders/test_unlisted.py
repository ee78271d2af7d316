"""Bodies that the registry does not list, and bodies that go by the last word of their names."""

import pytest
from places import MINAMATA, Analyse, Paragraph


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("The Ministry of Health of Peru agreed.", "org/ministry-of-health-of-peru"),
        (
            "The Department of Environment and Natural Resources of the Philippines agreed.",
            "org/department-of-environment-and-natural-resources-of-the-philippines",
        ),
        ("The Ministry of the Environment of Japan agreed.", "org/japan-ministry-environment"),
        (
            "The small intersessional working group on used tyres met.",
            "org/small-intersessional-working-group-on-used-tyres",
        ),
        (
            "The National Environment Management Authority of Kenya agreed.",
            "org/national-environment-management-authority-of-kenya",
        ),
        ("She is of the Ministry of Health Republic of Indonesia", "org/ministry-of-health-republic-of-indonesia"),
        ("The Zambia Environmental Management Agency agreed.", "org/zambia-environmental-management-agency"),
        ("The contact group on waste was established by the parties.", "org/contact-group-on-waste"),
        ("The University of Ghana agreed.", "org/university-of-ghana"),
        ("It met Tsinghua University.", "org/tsinghua-university"),
        ("The representative of Kenya said that the Ministry of Health had met.", "org/ministry-of-health-of-kenya"),
    ],
)
def test_a_body_by_the_form_of_its_name(paragraph: Paragraph, text: str, path: str) -> None:
    assert path in paragraph(text).paths("org/")


@pytest.mark.parametrize(
    ("item", "path"),
    [
        ("Benin: the project is executed by the Ministry of Health.", "org/ministry-of-health-of-benin"),
        ("Benin (second round). The National Customs Administration came.",
         "org/national-customs-administration-of-benin"),
        ("Peru and Benin: the Ministry of Health came.", "org/ministry-of-health"),
    ],
)  # fmt: skip
def test_a_body_of_the_country_that_an_item_is_about(paragraph: Paragraph, item: str, path: str) -> None:
    found = paragraph(item).paths("org/ministry") + paragraph(item).paths("org/national")
    assert found == ([path] if path.endswith("benin") else [])


@pytest.mark.parametrize(
    "text", ["The Ministry of Health agreed.", "A working group met.", "A department of Peru agreed."]
)
def test_a_name_that_says_too_little(paragraph: Paragraph, text: str) -> None:
    assert [path for path in paragraph(text).paths("org/") if path != "org/peru"] == []


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("The working group on used tyres met.", "org/working-group-on-used-tyres"),
        ("The group of technical experts on mercury waste thresholds met.", "org/minamata-expert-group-waste"),
    ],
)
def test_the_group_is_the_one_named_just_before(analyse: Analyse, words: str, path: str) -> None:
    analysis = analyse(f"1. {words}\n\n2. The group met again.\n\n3. It is open.\n", **MINAMATA)
    assert [m.things[0].path for m in analysis.mentions["para_2"]] == [path]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("The Ministry of Health of Peru and WHO met, and the Ministry agreed.", "org/ministry-of-health-of-peru"),
        ("UNEP and the World Bank met, and the Bank agreed.", "org/world-bank"),
        ("The Ministry of Health of Peru met that of Norway; the Ministry of Health of Chad met both, and the Ministry"
         " agreed.", "org/ministry-of-health-of-chad"),
    ],
)  # fmt: skip
def test_the_ministry_is_the_last_one_named(paragraph: Paragraph, text: str, path: str) -> None:
    assert paragraph(text).named("org/")[-1][1:] == (path, "Implicit")


@pytest.mark.parametrize(
    "text", ["The Ministry agreed.", "The World Bank and the Ministry met.", "The Network of WHO met."]
)
def test_the_ministry_of_a_text_that_names_none(paragraph: Paragraph, text: str) -> None:
    surfaces = [words for words, *_ in paragraph(text).named("org/")]
    assert not [words for words in surfaces if "Ministry" in words or "Network" in words]
