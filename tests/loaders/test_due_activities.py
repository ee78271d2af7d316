"""What is due: told in passing, on a day or for a meeting."""

import pytest
from places import Paragraph, only


@pytest.mark.parametrize(
    ("text", "cls", "due"),
    [
        ("Comments on the draft are welcome until 3 May 2024.", "InformationSharing", "2024-05-03"),
        ("A letter went out, inviting States to supply information by 3 May 2024.", "InformationSharing", "2024-05-03"),
        ("The form came with a request that it be returned by 3 May 2024.", "Activity", "2024-05-03"),
        ("Applicants had until 3 May 2024 to write.", "Activity", "2024-05-03"),
        ("Contributions for 2024 fell due on 3 May 2024.", "FundingActivity", "2024-05-03"),
        ("Applications for the grants close on 3 May 2024.", "FundingActivity", "2024-05-03"),
        ("He undertook to provide a supplement before the end of May 2024.", "Activity", "2024-05"),
        ("The department must have a store in operation by 3 May 2024.", "Activity", "2024-05-03"),
    ],
)
def test_what_is_wanted_by_a_day(paragraph: Paragraph, text: str, cls: str, due: str) -> None:
    activity = only(paragraph(text).activities)
    assert (activity.cls, activity.begins, activity.ends) == (cls, "", due)


@pytest.mark.parametrize(
    "text",
    [
        "By 3 May 2024, 79 parties had submitted their reports.",
        "It was to be used by all.",
        "The gardens were open until 2024.",
    ],
)
def test_what_is_not_wanted(paragraph: Paragraph, text: str) -> None:
    assert paragraph(text).activities == []


def test_an_act_with_a_due_date_is_enough(paragraph: Paragraph) -> None:
    place = paragraph("The Conference of the Parties invited parties to submit comments by 3 May 2024.")
    assert [act.due_date for act in place.acts] == ["2024-05-03"]
    assert [activity.rule for activity in place.activities] == ["asked for"]


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("The secretariat is drafting guidance, for consideration and possible adoption by COP-6.", "minamata-cop-6"),
        ("The secretariat is revamping the website, to be launched in time for COP-6.", "minamata-cop-6"),
        ("The secretariat prepared a report at COP-6.", ""),
    ],
)
def test_what_is_to_be_ready_for_a_meeting(paragraph: Paragraph, text: str, meeting: str) -> None:
    told = [activity for activity in paragraph(text).activities if not activity.slug.startswith("meeting/")]
    assert [activity.due[1].removeprefix("meeting/") for activity in told] == [meeting]
