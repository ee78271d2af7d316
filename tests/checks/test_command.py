"""The command, the GitHub action and the pre-commit hook on the example repository, from end to end."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import junitparser
import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from meagraph import main

ROOT = Path(__file__).parents[2]
ALL = ("faulty", "data", "--shapes", "shapes", "--query", "queries")
SOUND = ("data", "--shapes", "shapes", "--query", "queries", "--fail-on", "warning")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (SOUND, 0),
        (ALL, 1),
        (("faulty/unfinished.ttl",), 1),
        (("nowhere",), 2),
        (("queries",), 2),
        (("README.md",), 2),
        ((), 2),
        (("data", "--format", "pdf"), 2),
        (("data", "--baseline", "README.md"), 2),
        (("data", "--shapes", "queries"), 2),
    ],
)
def test_exit_status(arguments: tuple[str, ...], status: int, repository: Path) -> None:
    assert run(*arguments).exit_code == status


def test_a_warning_fails_only_when_asked(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        "<org/ours> a <https://w3id.org/meagraph/ontology#Company> ;\n"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "Ours"@en .\n'
    )
    statuses = [run(str(tmp_path), "--fail-on", grave).exit_code for grave in ("violation", "warning")]
    assert statuses == [0, 1]


def test_a_baseline_makes_the_same_run_pass_and_stays_in_sarif(repository: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    baseline.write_text(run(*ALL, "--format", "json").output, encoding="utf-8")
    again = run(*ALL, "--baseline", str(baseline), "--format", "sarif", "--fail-on", "warning")
    assert again.exit_code == 0
    states = {result["baselineState"] for result in json.loads(again.output)["runs"][0]["results"]}
    assert states == {"unchanged"}


def test_junit_of_the_example_is_readable(repository: Path, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(run(*ALL, "--format", "junit").output, encoding="utf-8")
    failed = {suite.name for suite in junitparser.JUnitXml.fromfile(str(path)) if suite.failures}
    assert failed == {path.relative_to(repository).as_posix() for path in (repository / "faulty").iterdir()}


@pytest.mark.parametrize("arguments", [ALL, SOUND])
def test_sarif_of_the_example_is_valid(arguments: tuple[str, ...], repository: Path, sarif: Draft7Validator) -> None:
    sarif.validate(json.loads(run(*arguments, "--format", "sarif").output))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the example repository, as a runner would check it out."""
    return Path(shutil.copytree(Path(__file__).parent / "repository", tmp_path / "workspace"))


def run_action(workspace: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the action's check step as the runner does: inputs or their defaults in the environment."""
    action = load(ROOT / "action.yml")
    inputs = {name: told.get("default", "") for name, told in action["inputs"].items()} | given
    assert set(inputs) == set(action["inputs"])
    step = action["runs"]["steps"][-1]
    filled = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], value)
        for name, value in step["env"].items()
    }
    environment = {**os.environ, **filled, "GITHUB_ACTION_PATH": str(ROOT)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True)


def test_the_action_passes_what_the_example_workflow_gives(workspace: Path) -> None:
    steps = load(workspace / ".github" / "workflows" / "check.yml")["jobs"]["graph"]["steps"]
    given = next(step["with"] for step in steps if "meagraph" in step["uses"])
    done = run_action(workspace, **given)
    assert done.returncode == 0, done.stderr
    assert json.loads((workspace / given["sarif"]).read_text())["runs"][0]["results"] == []


def test_the_action_fails_with_annotations_and_still_writes_sarif(workspace: Path) -> None:
    done = run_action(workspace, paths="faulty data", sarif="check.sarif")
    assert done.returncode == 1
    assert "::error file=faulty/unfinished.ttl,line=5,title=meagraph syntax::" in done.stdout
    assert json.loads((workspace / "check.sarif").read_text())["runs"][0]["results"]


def test_the_action_names_a_wrong_call(workspace: Path) -> None:
    assert run_action(workspace, paths="nowhere", sarif="check.sarif").returncode == 2


def test_the_hook_runs_as_the_example_configures_it(workspace: Path) -> None:
    (hook,) = load(ROOT / ".pre-commit-hooks.yaml")
    (used,) = load(workspace / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert used["id"] == hook["id"]
    entry = ROOT / hook["entry"]
    sound = subprocess.run([entry, *used["args"]], cwd=workspace, capture_output=True, text=True)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert subprocess.run([entry, "faulty"], cwd=workspace, capture_output=True).returncode == 1
    wanted = re.compile(hook["files"])
    assert all(wanted.search(path.name) for path in (workspace / "data").iterdir())


def test_the_documentation_names_every_option_rule_and_form() -> None:
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    from graph.checks_findings import RULES
    from graph.reports import REPORTS

    options = re.findall(r"--[a-z-]+", run("--help").output)
    for word in (*options, *RULES, *REPORTS):
        assert f"`{word}" in text, word
