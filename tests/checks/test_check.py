"""The checks on the example repository: what is sound has no finding, each fault is found in its line."""

from pathlib import Path

import pytest

from graph.checks import check
from graph.checks_findings import RULES, CheckReport
from graph.errors import DataError, UsageError
from graph.registry import Registry

FAULTS = {
    ("faulty-queries/forbidden.rq", 2, "query-missing"),
    ("faulty-queries/forbidden.rq", 3, "query-forbidden"),
    ("faulty-queries/forbidden.rq", 4, "query-rows"),
    ("faulty-queries/invalid.rq", 5, "query-invalid"),
    ("faulty-queries/silent.rq", 1, "query-invalid"),
    ("faulty-queries/wrong-form.rq", 1, "query-invalid"),
    ("faulty/authority.ttl", 5, "activity-implements"),
    ("faulty/authority.ttl", 5, "activity-participant"),
    ("faulty/authority.ttl", 6, "unknown-term"),
    ("faulty/authority.ttl", 7, "unknown-organization"),
    ("faulty/authority.ttl", 8, "unknown-provision"),
    ("faulty/authority.ttl", 9, "unknown-provision"),
    ("faulty/authority.ttl", 10, "unknown-provision"),
    ("faulty/authority.ttl", 11, "unknown-treaty"),
    ("faulty/authority.ttl", 13, "document-meeting"),
    ("faulty/authority.ttl", 13, "regime-known"),
    ("faulty/authority.ttl", 13, "topic-known"),
    ("faulty/authority.ttl", 14, "unknown-meeting"),
    ("faulty/authority.ttl", 15, "unknown-regime"),
    ("faulty/authority.ttl", 16, "unknown-topic"),
    ("faulty/authority.ttl", 18, "unknown-organization"),
    ("faulty/clash.nq", 2, "cooperation-not-with-self"),
    ("faulty/clash.nq", 2, "inconsistency"),
    ("faulty/decisions.trig", 7, "decision-facts"),
    ("faulty/decisions.trig", 10, "decision-series"),
    ("faulty/nameless.jsonld", 5, "blank-node"),
    ("faulty/nameless.jsonld", 5, "evidence-unit"),
    ("faulty/nameless.jsonld", 5, "resource-label"),
    ("faulty/nameless.jsonld", 5, "training-dated"),
    ("faulty/same.rdf", 4, "same-as"),
    ("faulty/unfinished.jsonld", 3, "syntax"),
    ("faulty/unfinished.rdf", 4, "syntax"),
    ("faulty/unfinished.ttl", 5, "syntax"),
}


@pytest.fixture(scope="module")
def faulty(registry: Registry) -> CheckReport:
    """The report on everything that is wrong in the example repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parent / "repository")
        return check(
            [Path("faulty"), Path("data")], registry, shapes=Path("shapes"), queries=Path("faulty-queries").resolve()
        )


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_sound_data_has_no_finding(repository: Path, registry: Registry) -> None:
    report = check([Path("data")], registry, shapes=Path("shapes"), queries=Path("queries"))
    assert report.findings == ()
    assert not report.fails("warning")
    assert len(report.files) == 7


def test_every_fault_is_found_in_its_line_and_nothing_else(faulty: CheckReport) -> None:
    assert {(f.file, f.line, f.rule) for f in faulty.findings} == FAULTS
    assert faulty.fails("violation")


def test_what_the_files_describe_themselves_is_a_warning(faulty: CheckReport) -> None:
    (warning,) = faulty.warnings
    assert (warning.rule, warning.subject) == ("unknown-organization", "https://w3id.org/meagraph/id/org/our-office")


def test_every_finding_has_a_documented_rule_and_a_message_of_one_line(faulty: CheckReport) -> None:
    for finding in faulty.findings:
        assert faulty.rules[finding.rule].help
        assert finding.message and "\n" not in finding.message


def test_the_reasons_name_what_is_right(faulty: CheckReport) -> None:
    said = "\n".join(finding.text for finding in faulty.findings)
    for reason in (
        "article 14 of the Minamata Convention has 5 paragraphs, not 12",
        "Annex A of the Minamata Convention has no part XL",
        "MC-4/3 is adopted by org/minamata-cop, not org/basel-cop",
        "no governing body numbers a decision 'XX-1/1'",
        "the ontology has no mea:hasOrganiser",
        "the nearest row is Minamata Convention | 2013-10-10",
    ):
        assert reason in said


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("<x> a mea:Decision , mea:DraftDecision .", "disjoint classes: x a mea:Decision | x a mea:DraftDecision"),
        (
            "<a> mea:hasDirectPart <b> . <b> mea:hasDirectPart <a> .",
            "asymmetric property: a mea:hasDirectPart b | b mea:hasDirectPart a",
        ),
        ("<org/who> mea:cooperatesWith <org/who> .", "irreflexive property: org/who mea:cooperatesWith org/who"),
        ('<m> mea:surface "a" , "b" .', 'functional property: m mea:surface "a" | m mea:surface "b"'),
    ],
)
def test_a_contradiction_is_told_with_the_statements_that_clash(
    text: str, clash: str, tmp_path: Path, registry: Registry
) -> None:
    prefix = "@prefix mea: <https://w3id.org/meagraph/ontology#> .\n"
    report = check([written(tmp_path, "a.ttl", prefix + text)], registry)
    assert clash in {finding.message for finding in report.violations if finding.rule == "inconsistency"}


def test_a_baseline_sets_known_findings_apart(faulty: CheckReport) -> None:
    first, *others = faulty.findings
    assert faulty.less([f.fingerprint for f in faulty.findings]).findings == ()
    rest = faulty.less([f.fingerprint for f in others])
    assert rest.findings == (first,)
    assert len(rest.known) == len(others)


def test_a_fingerprint_survives_a_move_within_the_file(tmp_path: Path, registry: Registry) -> None:
    text = "<org/nobody> <https://w3id.org/meagraph/ontology#place> 'Oslo' .\n"
    before = check([written(tmp_path, "a.ttl", text)], registry)
    after = check([written(tmp_path, "a.ttl", "# one line more\n" + text)], registry)
    assert [f.line for f in before.findings] == [1]
    assert [f.line for f in after.findings] == [2]
    assert [f.fingerprint for f in before.findings] == [f.fingerprint for f in after.findings]


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("a.ttl", "<a> <b> << <c> <d> <e> >> .", "triple-term"),
        ("a.ttl", "[] <b> <c> .", "blank-node"),
        ("a.jsonld", '{"@context": "https://example.org/context", "a": 1}', "syntax"),
        ("a.nq", "<a> <b> <c> .\n", "syntax"),
        ("a.xml", "no XML at all", "syntax"),
        ("a.ttl", "<decision/MC-5-12> <b> 'unbalanced", "syntax"),
    ],
)
def test_what_cannot_be_used_is_a_finding(name: str, text: str, rule: str, tmp_path: Path, registry: Registry) -> None:
    report = check([written(tmp_path, name, text)], registry)
    assert rule in {finding.rule for finding in report.findings}
    assert rule in RULES


def test_an_empty_file_is_sound(tmp_path: Path, registry: Registry) -> None:
    assert check([written(tmp_path, "a.ttl", "")], registry).findings == ()


@pytest.mark.parametrize(
    ("path", "folders", "message"),
    [
        ("queries", {}, "no RDF files"),
        ("README.md", {}, "unknown RDF format"),
        ("nowhere.ttl", {}, "cannot be read"),
        ("data", {"shapes": Path("data/..").joinpath("queries")}, "no shapes"),
        ("data", {"queries": Path("shapes")}, "no queries"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    path: str, folders: dict[str, Path], message: str, repository: Path, registry: Registry
) -> None:
    with pytest.raises(UsageError, match=message):
        check([Path(path)], registry, **folders)


def test_hidden_folders_are_passed_over(tmp_path: Path, registry: Registry) -> None:
    (tmp_path / ".venv").mkdir()
    written(tmp_path / ".venv", "broken.ttl", "<a>")
    written(tmp_path, "a.ttl", "")
    assert check([tmp_path], registry).findings == ()


def test_an_ill_typed_literal_is_a_finding_and_nothing_else(
    tmp_path: Path, registry: Registry, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        "@prefix mea: <https://w3id.org/meagraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<activity/x> a mea:Study ; mea:startDate "soon"^^xsd:date .'
    )
    assert "start-date" in {finding.rule for finding in check([written(tmp_path, "a.ttl", text)], registry).findings}
    assert caplog.records == []


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:property [ sh:minCount 1 ]",
        'sh:property [ sh:path mea:place ; sh:minCount "many" ]',
        'sh:sparql [ sh:select "SELECT $this WHERE { nonsense" ]',
    ],
)
def test_shapes_that_cannot_be_used_are_named(
    constraint: str, tmp_path: Path, repository: Path, registry: Registry
) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix mea: <https://w3id.org/meagraph/ontology#> .\n"
    written(tmp_path, "own.ttl", f"{prefixes}<own> a sh:NodeShape ; sh:targetClass mea:Training ; {constraint} .")
    with pytest.raises(DataError, match="these shapes cannot be used"):
        check([Path("data")], registry, shapes=tmp_path)


def test_shapes_that_cannot_be_parsed_are_named(tmp_path: Path, repository: Path, registry: Registry) -> None:
    written(tmp_path, "own.ttl", "<a> <b> .")
    with pytest.raises(DataError, match=r"own\.ttl"):
        check([Path("data")], registry, shapes=tmp_path)
