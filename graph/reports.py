"""A check's report in the forms that people, machines and code hosts read: text, JSON, JUnit, SARIF, annotations."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from graph.checks_findings import VIOLATION, CheckReport, Finding
from graph.errors import UsageError
from graph.iri import BASE

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {VIOLATION: "error"}  # anything else is a warning


def text_report(report: CheckReport) -> str:
    """One line per finding, `file:line: severity rule: subject: message`, and the sum."""
    lines = [f"{f.file}:{f.line}: {f.severity} {f.rule}: {_about(f)}{f.text}" for f in report.findings]
    return "\n".join([*lines, summary(report)]) + "\n"


def summary(report: CheckReport) -> str:
    """`2 files, 120 statements: 1 violation, no warnings (3 known)`."""
    counted = f"{_number(report.violations, 'violation')}, {_number(report.warnings, 'warning')}"
    known = f" ({len(report.known)} known)" if report.known else ""
    return f"{_number(report.files, 'file')}, {report.statements:,} statements: {counted}{known}"


def _number(things: tuple[object, ...], noun: str) -> str:
    return f"{len(things) or 'no'} {noun}{'' if len(things) == 1 else 's'}"


def _about(finding: Finding) -> str:
    return f"{finding.subject.removeprefix(BASE)}: " if finding.subject else ""


def json_report(report: CheckReport) -> str:
    """Everything, for machines; such a file serves as a baseline, too."""
    content = {
        "files": list(report.files),
        "statements": report.statements,
        "violations": len(report.violations),
        "warnings": len(report.warnings),
        "findings": [_json(f, known=False) for f in report.findings] + [_json(f, known=True) for f in report.known],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json(finding: Finding, known: bool) -> dict[str, Any]:
    return {**vars(finding), "fingerprint": finding.fingerprint, "known": known}


def read_baseline(path: Path) -> list[str]:
    """The fingerprints in a JSON report; UsageError when the file is none."""
    try:
        return [str(finding["fingerprint"]) for finding in json.loads(path.read_text(encoding="utf-8"))["findings"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{path}: not a JSON report of this command: {error!r}") from error


def junit_report(report: CheckReport) -> str:
    """One suite per file, one case per rule with findings in it; violations are failures, warnings are output."""
    by_file: dict[str, dict[str, list[Finding]]] = {name: defaultdict(list) for name in report.files}
    for finding in report.findings:
        by_file[finding.file][finding.rule].append(finding)
    root = ElementTree.Element("testsuites", name="meagraph check")
    root.extend(_junit_suite(name, by_rule) for name, by_rule in by_file.items())
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _junit_suite(file: str, by_rule: dict[str, list[Finding]]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=file)
    failures = 0
    for rule, findings in sorted(by_rule.items()) or [("conforms", [])]:
        case = ElementTree.SubElement(suite, "testcase", classname=_legal(file), name=_legal(rule), file=file)
        failed = [f for f in findings if f.severity == VIOLATION]
        if failed:
            failures += 1
            ElementTree.SubElement(case, "failure", message=_legal(failed[0].text), type=rule).text = _lines(failed)
            case.set("line", str(failed[0].line))
        told = [f for f in findings if f.severity != VIOLATION]
        if told:
            ElementTree.SubElement(case, "system-out").text = _lines(told)
    suite.attrib.update(tests=str(len(suite)), failures=str(failures), errors="0")
    return suite


def _lines(findings: Iterable[Finding]) -> str:
    return _legal("\n".join(f"{f.file}:{f.line}: {_about(f)}{f.text}" for f in findings))


def _legal(text: str) -> str:
    """The text without characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def sarif_report(report: CheckReport) -> str:
    """SARIF 2.1.0: code hosts show the results in the files."""
    used = sorted({finding.rule for finding in (*report.findings, *report.known)})
    rules = [_sarif_rule(report, name) for name in used]
    results = [
        _sarif_result(finding, used.index(finding.rule), state)
        for findings, state in ((report.findings, "new"), (report.known, "unchanged"))
        for finding in findings
    ]
    if not report.known:
        for result in results:
            del result["baselineState"]
    driver = {"name": "meagraph", "version": version("meagraph"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": quote(name)}} for name in report.files],
        "results": results,
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(report: CheckReport, name: str) -> dict[str, Any]:
    rule = report.rules.get(name)
    if rule is None:  # a shape without an IRI
        return {"id": name}
    return {"id": rule.id, "shortDescription": {"text": rule.name}, "fullDescription": {"text": rule.help}}


def _sarif_result(finding: Finding, index: int, state: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(finding.file)},
            "region": {"startLine": finding.line},
        }
    }
    if finding.subject:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.subject, "kind": "resource"}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS.get(finding.severity, "warning"),
        "message": {"text": f"{_about(finding)}{finding.text}"},
        "locations": [location],
        "partialFingerprints": {"meagraph/v1": finding.fingerprint},
        "baselineState": state,
    }


def github_report(report: CheckReport) -> str:
    """Workflow commands, which GitHub shows as annotations at the lines, and the sum."""
    lines = [
        f"::{LEVELS.get(f.severity, 'warning')} file={_property(f.file)},line={f.line},"
        f"title={_property(f'meagraph {f.rule}')}::{_data(_about(f) + f.text)}"
        for f in report.findings
    ]
    return "\n".join([*lines, summary(report)]) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


REPORTS: dict[str, Callable[[CheckReport], str]] = {
    "text": text_report,
    "json": json_report,
    "junit": junit_report,
    "sarif": sarif_report,
    "github": github_report,
}
