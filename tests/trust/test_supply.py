"""Supply: what is shipped is locked, listed and looked through, and its code does not let a request out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .advisories import LOCK, ROOT, Audit, counted, locked
from .source import MEETS_REQUESTS, faults

LEAKS = {
    "a log": "def view(request):\n    logger.warning('bad %s', request.path)\n",
    "a stream": "def view(request):\n    print(request.remote_addr)\n",
    "an operator's line": "def view(place):\n    say(place)\n",
    "an exception with the value": "def view(place):\n    raise KeyError(f'no place {place}')\n",
    "an exception with the value by percent": "def view(place):\n    raise KeyError('no place %s' % place)\n",
    "an exception with the value by format": "def view(place):\n    raise KeyError('no place {}'.format(place))\n",
    "a template of a text": "def view(text):\n    return render_template_string(text)\n",
}


@pytest.mark.parametrize("module", MEETS_REQUESTS)
def test_nothing_of_a_request_is_logged_or_put_into_an_exception(module: str) -> None:
    assert list(faults(module, (ROOT / "service" / module).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(leak: str) -> None:
    assert len(list(faults("planted.py", LEAKS[leak]))) == 1


def test_every_module_that_answers_requests_is_looked_at() -> None:
    """A new module of the web's either stands in the list or is one of those that never see a request."""
    others = {"__init__", "counter", "front", "library", "openapi", "reference", "schema", "server", "watch"}
    modules = {path.stem for path in (ROOT / "service/web").glob("*.py")}
    assert modules - others == {Path(name).stem for name in MEETS_REQUESTS if name.startswith("web/")}


def test_bandit_finds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bandit", "-q", "-c", str(ROOT / "pyproject.toml"), "-r"]
    told = subprocess.run([*command, str(ROOT / "service")], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    planted = tmp_path / "planted.py"
    planted.write_text("import pickle\n\n\ndef view(data):\n    return pickle.loads(data), eval(data)\n")
    assert subprocess.run([*command, str(planted)], capture_output=True, check=False).returncode == 1


def test_everything_that_is_shipped_is_locked_with_its_hashes() -> None:
    pins = re.findall(
        r"^([A-Za-z0-9._-]+)==[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)*)", LOCK.read_text(), re.MULTILINE
    )
    assert len(pins) == len(locked()) > 20
    assert [name for name, hashes in pins if not hashes] == []


def test_the_bill_of_materials_names_everything_that_is_locked(tmp_path: Path) -> None:
    bill = tmp_path / "bill.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCK), "--output-reproducible"]
    subprocess.run([*command, "-o", str(bill)], check=True, capture_output=True)
    document = json.loads(bill.read_text())
    listed = {component["name"].lower() for component in document["components"]}
    assert {name.replace("_", "-") for name in listed} == {name.replace("_", "-") for name in locked()}
    assert document["bomFormat"] == "CycloneDX"


def test_an_audit_that_could_ask_nobody_does_not_pass() -> None:
    """pip-audit itself exits with 0 on this, without --strict."""
    skipped = json.dumps({"dependencies": [{"name": "flask", "skip_reason": "not found"}]})
    assert counted(skipped, 1) == Audit(1, 0, ())
    assert not counted(skipped, 1).passes
    assert not counted("", 1).passes
    assert "cannot be reached" in str(counted("", 1))


def test_an_audit_tells_how_many_it_asked_about_and_what_is_known() -> None:
    fine = {"name": "flask", "version": "3.1.3", "vulns": []}
    bad = {"name": "yaml", "version": "1.0", "vulns": [{"id": "PYSEC-1"}]}
    assert counted(json.dumps({"dependencies": [fine]}), 1).passes
    found = counted(json.dumps({"dependencies": [fine, bad]}), 2)
    assert not found.passes
    assert str(found) == "2 of 2 locked dependencies audited, 1 advisories\nyaml 1.0: PYSEC-1"
    assert not counted(json.dumps({"dependencies": [fine]}), 2).passes
