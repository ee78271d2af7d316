"""The report in every form, as other programs read it."""

import json
from pathlib import Path
from typing import Any

import junitparser
import pytest
from jsonschema import Draft7Validator

from graph.checks_findings import RULES, VIOLATION, WARNING, CheckReport, Finding
from graph.errors import UsageError
from graph.iri import BASE
from graph.reports import (
    REPORTS,
    github_report,
    json_report,
    junit_report,
    read_baseline,
    sarif_report,
    summary,
    text_report,
)

FINDINGS = (
    Finding("data/a b.ttl", 3, "same-as", VIOLATION, "100 % wrong, here: now", BASE + "org/unep", "x\ny"),
    Finding("data/a b.ttl", 9, "unknown-topic", WARNING, "a topic", BASE + "topic/x"),
    Finding("data/c.nq", 1, "syntax", VIOLATION, "a control character \x01 in it"),
    Finding("data/c.nq", 2, "a shape without an IRI", VIOLATION, "own"),
)
REPORT = CheckReport(("data/a b.ttl", "data/c.nq", "data/d.nq"), 1200, FINDINGS, RULES)


def test_text_has_one_line_for_each_place_and_a_sum() -> None:
    lines = text_report(REPORT).splitlines()
    assert "data/a b.ttl:9: warning unknown-topic: topic/x: a topic" in lines
    assert lines[-1] == "3 files, 1,200 statements: 3 violations, 1 warning"
    assert summary(REPORT.less([FINDINGS[1].fingerprint])).endswith("3 violations, no warnings (1 known)")


def test_json_is_a_baseline_too(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json_report(REPORT.less([FINDINGS[0].fingerprint])), encoding="utf-8")
    content = json.loads(path.read_text())
    assert (content["violations"], content["warnings"], len(content["findings"])) == (2, 1, 4)
    assert [f["known"] for f in content["findings"]] == [False, False, False, True]
    assert REPORT.less(read_baseline(path)).findings == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{}]}'])
def test_a_baseline_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"baseline\.json"):
        read_baseline(path)


def test_junit_reads_as_suites_with_failures(tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(junit_report(REPORT), encoding="utf-8")
    suites = junitparser.JUnitXml.fromfile(str(path))
    found = {suite.name: (suite.tests, suite.failures, suite.errors) for suite in suites}
    assert found == {"data/a b.ttl": (2, 1, 0), "data/c.nq": (2, 2, 0), "data/d.nq": (1, 0, 0)}
    assert (suites.tests, suites.failures) == (5, 3)
    cases = {case.name: case for suite in suites for case in suite}
    assert [result.type for result in cases["same-as"].result] == ["same-as"]
    assert "data/a b.ttl:3" in cases["same-as"].result[0].text
    assert not cases["unknown-topic"].result and "a topic" in cases["unknown-topic"].system_out
    assert cases["conforms"].is_passed


@pytest.mark.parametrize("report", [REPORT, REPORT.less([FINDINGS[2].fingerprint]), CheckReport((), 0, (), RULES)])
def test_sarif_is_valid_and_places_every_finding(report: CheckReport, sarif: Draft7Validator) -> None:
    content = json.loads(sarif_report(report))
    sarif.validate(content)
    (run,) = content["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert len(run["results"]) == len(report.findings) + len(report.known)
    states = [result.get("baselineState") for result in run["results"]]
    assert states.count("unchanged") == len(report.known)


def test_sarif_names_file_line_level_and_subject() -> None:
    first, second = json.loads(sarif_report(REPORT))["runs"][0]["results"][:2]
    (place,) = first["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "data/a%20b.ttl"}, "region": {"startLine": 3}}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == BASE + "org/unep"
    assert (first["level"], second["level"]) == ("error", "warning")


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("version", "2.0.0", "enum"),
        ("runs/0/tool", {}, "required"),
        ("runs/0/results/0/level", "violation", "enum"),
        ("runs/0/results/0/message", {}, "anyOf"),
        ("runs/0/results/0/ruleIndex", "0", "type"),
        ("runs/0/results/0/baselineState", "known", "enum"),
        ("runs/0/results/0/severity", "error", "additionalProperties"),
        ("runs/0/results/0/locations/0/physicalLocation/region/startLine", 0, "minimum"),
        ("runs/0/artifacts/0/location/uri", "data/a b.ttl", "format"),
    ],
)
def test_the_schema_of_sarif_refuses_what_is_wrong(path: str, value: Any, rule: str, sarif: Draft7Validator) -> None:
    content = json.loads(sarif_report(REPORT))
    *steps, last = path.split("/")
    place = content
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    (error,) = sarif.iter_errors(content)
    assert error.validator == rule


def test_github_annotations_are_escaped() -> None:
    lines = github_report(REPORT).splitlines()
    assert lines[0] == (
        "::error file=data/a b.ttl,line=3,title=meagraph same-as::org/unep: 100 %25 wrong, here: now [x%0Ay]"
    )
    assert lines[1].startswith("::warning file=data/a b.ttl,line=9,")
    assert lines[-1] == summary(REPORT)


@pytest.mark.parametrize("form", REPORTS)
def test_every_form_ends_with_a_line_break(form: str) -> None:
    assert REPORTS[form](REPORT).endswith("\n")
