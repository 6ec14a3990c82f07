"""Bundle command: from two keys to a page that a publisher renders without us, as docs/bundles.md tells it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from service.assembly import open_locator, place_source, read_settings
from service.bundle import read_bundle, read_signature
from service.cli import main
from service.page.grade import Grade
from service.rulebook import load
from service.web.app import create_app
from service.web.library import Library

from .press import ROOT, SEED, sound

NOW = "2026-11-23T12:00:00Z"
WORDING = "notices/by/money.yaml"


def run(*words: str | Path, told: str = "") -> Result:
    return CliRunner().invoke(main, ["bundle", *map(str, words)], input=told, catch_exceptions=False)


def done(*words: str | Path, told: str = "") -> str:
    result = run(*words, told=told)
    assert result.exit_code == 0, result.output
    return result.output


def edit(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys, rules, and a first bundle of them that both signed."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "trusted").mkdir()
    for name in ("anna", "boris", "mallory"):
        done("keys", name, "--into", folder, "--no-password")
    for name in ("anna", "boris"):
        shutil.move(folder / f"{name}.pub", folder / "trusted")
    sound(folder / "rules")
    first = folder / "bundle-000001.tar"
    done("make", folder / "rules", "--first", "--created", "2026-11-23", "--output", first)
    for name in ("anna", "boris"):
        done("sign", first, "--key", folder / f"{name}.key", "--yes")
    edit(folder / "rules", WORDING, "You can be fined for giving money.", "You can be fined.")
    return folder


@pytest.fixture
def second(desk: Path, tmp_path: Path) -> Path:
    """The next bundle, which rewords something, without a signature."""
    file = tmp_path / "bundle-000002.tar"
    words = ("make", desk / "rules", "--previous", desk / "bundle-000001.tar", "--created", "2026-11-24")
    output = done(*words, "--output", file)
    assert "Alters:\n  by/money: applies (en) changed: You can be [-fined for giving money.-] {+fined.+}" in output
    assert "number 2; two people have to sign it." in output
    return file


def test_a_new_pair_of_keys_is_kept_apart_and_never_overwritten(tmp_path: Path) -> None:
    output = done("keys", "anna", "--into", tmp_path, "--no-password")
    assert stat.S_IMODE((tmp_path / "anna.key").stat().st_mode) == 0o600
    assert re.search(r"minisign key [0-9A-F]{16}", output)
    secret = (tmp_path / "anna.key").read_text(encoding="ascii")
    assert secret.splitlines()[1] not in output
    again = run("keys", "anna", "--into", tmp_path, "--no-password")
    assert again.exit_code == 2
    assert "exists already" in again.output
    assert (tmp_path / "anna.key").read_text(encoding="ascii") == secret
    assert run("keys", "../anna", "--into", tmp_path, "--no-password").exit_code == 2
    assert run("keys", "boris", "--into", tmp_path, told="\n\n").exit_code == 2
    assert not (tmp_path / "boris.key").exists()


def test_a_bundle_names_its_predecessor_or_says_that_it_is_the_first(desk: Path) -> None:
    assert run("make", desk / "rules").exit_code == 2
    assert run("make", desk / "rules", "--first", "--previous", desk / "bundle-000001.tar").exit_code == 2


def test_rules_with_a_mistake_or_a_failing_example_make_no_bundle(desk: Path, tmp_path: Path) -> None:
    rules = Path(shutil.copytree(desk / "rules", tmp_path / "rules"))
    for old, new in (("expect: may_apply", "expect: applies"), ("kind: reader-risk", "knid: reader-risk")):
        edit(rules, WORDING, old, new)
        failed = run("make", rules, "--first", "--output", tmp_path / "x.tar")
        assert failed.exit_code == 1
        assert "run caveat check" in failed.output
    assert not (tmp_path / "x.tar").exists()


def test_a_bundle_cannot_be_dated_before_its_predecessor(desk: Path, tmp_path: Path) -> None:
    words = ("make", desk / "rules", "--previous", desk / "bundle-000001.tar", "--output", tmp_path / "x.tar")
    failed = run(*words, "--created", "2026-11-22")
    assert failed.exit_code == 1
    assert "its predecessor is of 2026-11-23" in failed.output
    assert run(*words, "--created", "2026-11-24", "--renew-by", "2026-11-24").exit_code == 1


def test_whoever_signs_sees_what_it_does_and_can_say_no(desk: Path, second: Path) -> None:
    words = ("sign", second, "--key", desk / "anna.key", "--previous", desk / "bundle-000001.tar")
    refused = run(*words, told="n\n")
    assert refused.exit_code == 1
    assert "Alters:\n  by/money" in refused.output
    assert "Sign number 2 of 2026-11-24?" in refused.output
    whole = read_bundle(second)
    assert getattr(whole, "signatures", None) == ()
    assert "signed with" in done(*words, told="y\n")


def test_nobody_signs_without_the_predecessor(desk: Path, second: Path) -> None:
    blind = run("sign", second, "--key", desk / "anna.key", "--yes")
    assert blind.exit_code == 1
    assert "name number 1" in blind.output


def test_one_person_may_not_reword_and_two_may(desk: Path, second: Path) -> None:
    known = ("--previous", desk / "bundle-000001.tar")
    trust = ("--trust", desk / "trusted")
    done("sign", second, "--key", desk / "anna.key", "--yes", *known)
    alone = run("verify", second, *trust, *known)
    assert alone.exit_code == 1
    assert "only anna signed it, and it alters what is told" in alone.output
    done("sign", second, "--key", desk / "mallory.key", "--yes", *known)
    assert run("verify", second, *trust, *known).exit_code == 1
    done("sign", second, "--key", desk / "boris.key", "--yes", *known)
    both = done("verify", second, *trust, *known, "--on", "2026-11-24")
    assert "May be taken: bundle 2 of 2026-11-24" in both
    assert "signed by anna and boris (and by " in both
    late = done("verify", second, *trust, *known, "--on", "2027-06-01")
    assert "a newer one was promised by 2026-12-25: ask whether it is being kept from you" in late


def test_machines_read_the_same(desk: Path, second: Path) -> None:
    trust = ("--trust", desk / "trusted", "--format", "json")
    taken = json.loads(done("verify", desk / "bundle-000001.tar", *trust))
    assert (taken["taken"], taken["number"], taken["signers"]) == (True, 1, ["anna", "boris"])
    refused = run("verify", second, *trust)
    assert refused.exit_code == 1
    assert json.loads(refused.output)["reason"] == "no signature"


def test_a_locked_key_signs_with_its_password_from_a_file(
    desk: Path, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.bundle.secret.SecretKey.written.__defaults__", (1 << 24,))
    (tmp_path / "password").write_text("correct horse\n", encoding="utf-8")
    done("keys", "clara", "--into", tmp_path, "--password-from", tmp_path / "password")
    words = ("sign", second, "--key", tmp_path / "clara.key", "--previous", desk / "bundle-000001.tar", "--yes")
    assert "signed with" in done(*words, "--password-from", tmp_path / "password")
    wrong = run(*words, told="wrong\n")
    assert wrong.exit_code == 1
    assert "the password is wrong" in wrong.output
    assert "signed with" in done(*words, told="correct horse\n")


def test_what_is_not_verified_is_neither_rendered_nor_unpacked(desk: Path, second: Path, tmp_path: Path) -> None:
    for words in (("render", second, "--publisher", "gazette"), ("unpack", second, "--into", tmp_path / "out")):
        refused = run(*words, "--trust", desk / "trusted")
        assert refused.exit_code == 1
        assert refused.stdout == ""
        assert "nobody signed it" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_unpacked_is_the_rules_as_they_were(desk: Path, tmp_path: Path) -> None:
    out, known = tmp_path / "out", sound(tmp_path / "known")
    done("unpack", desk / "bundle-000001.tar", "--trust", desk / "trusted", "--into", out)
    assert {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()} == {
        str(path.relative_to(known)): path.read_bytes() for path in known.rglob("*.yaml")
    }
    assert stat.S_IMODE(out.stat().st_mode) == 0o755
    again = run("unpack", desk / "bundle-000001.tar", "--trust", desk / "trusted", "--into", out)
    assert again.exit_code == 2


def test_the_newest_of_a_folder_is_verified_and_what_follows_is_said_to_be_refused(
    desk: Path, second: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pulled"
    folder.mkdir()
    shutil.copy(desk / "bundle-000001.tar", folder)
    shutil.copy(second, folder)
    result = run("verify", folder, "--trust", desk / "trusted")
    assert result.exit_code == 0
    assert "May be taken: bundle 1" in result.stdout
    assert "Refused: bundle-000002.tar: nobody signed it" in result.stderr


@pytest.mark.parametrize(
    ("trusted", "said"),
    [
        ("trusted/anna.pub", "two trusted keys are needed"),
        ("anna.key", "secret key"),
        ("rules", "no key in this folder"),
    ],
)
def test_keys_that_cannot_be_trusted_end_the_command(desk: Path, trusted: str, said: str) -> None:
    result = run("verify", desk / "bundle-000001.tar", "--trust", desk / trusted)
    assert result.exit_code == 2
    assert said in result.output


def test_a_signature_that_minisign_made_is_attached(desk: Path, second: Path, tmp_path: Path) -> None:
    """Written here as minisign writes it, with its own comment; `test_minisign.py` asks minisign itself."""
    signing = tmp_path / "signing.tar"
    shutil.copy(second, signing)
    known = ("--previous", desk / "bundle-000001.tar", "--yes")
    done("sign", signing, "--key", desk / "boris.key", *known)
    found = read_bundle(signing)
    signature = getattr(found, "signatures", ())[0]
    lines = signature.written().replace(b"signature with the key", b"signature from minisign secret key, by")
    (tmp_path / "manifest.json.minisig").write_bytes(lines)
    assert read_signature(lines) == signature
    words = ("sign", second, "--attach", tmp_path / "manifest.json.minisig", *known)
    assert run(*words, "--public", desk / "trusted/anna.pub").exit_code == 1
    assert run(*words).exit_code == 2
    done(*words, "--public", desk / "trusted/boris.pub")
    assert second.read_bytes() == signing.read_bytes()


@pytest.fixture(scope="module")
def service() -> FlaskClient:
    """The service on the rules that ship, at one instant."""
    settings = read_settings({}, {})
    library = Library(SEED, load, Grade.SOURCED, now=lambda: datetime.fromisoformat(NOW))
    library.open()
    return create_app(library, place_source(settings, open_locator(settings))).test_client()


@pytest.mark.parametrize(
    ("place", "form"), [("RU", "html"), ("any", "html"), ("DE", "json"), ("russia-controlled", "txt"), ("XX", "html")]
)
def test_a_publisher_renders_what_the_service_would_answer(
    shipped: Path, desk: Path, service: FlaskClient, form: str, place: str
) -> None:
    words = ("render", shipped, "--trust", desk / "trusted", "--publisher", "rferl", "--place", place)
    rendered = run(*words, "--language", "ru", "--form", form, "--on", NOW)
    assert rendered.exit_code == 0
    answer = service.get(f"/v1/rferl/{place}/ru/notice.{form}")
    assert answer.status_code == 200
    assert rendered.stdout_bytes == answer.data


@pytest.fixture(scope="module")
def shipped(desk: Path) -> Path:
    """A bundle of the rules that ship."""
    file = desk / "shipped.tar"
    done("make", SEED, "--first", "--created", "2026-11-23", "--output", file)
    for name in ("anna", "boris"):
        done("sign", file, "--key", desk / f"{name}.key", "--yes")
    return file


def test_a_wrong_word_says_what_there_is(shipped: Path, desk: Path) -> None:
    words = ("render", shipped, "--trust", desk / "trusted")
    unknown = run(*words, "--publisher", "rferll")
    assert unknown.exit_code == 2
    assert "there is no publisher rferll; there are belsat" in unknown.output
    assert run(*words, "--publisher", "rferl", "--language", "xx-yy-zz").exit_code == 2


def test_the_commands_of_the_document_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of shell in docs/bundles.md, in order, in one folder; passwords are left out, as they take seconds."""
    text = (ROOT / "docs/bundles.md").read_text(encoding="utf-8")
    sound(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(commands) > 12
    for line in commands:
        if line.startswith("caveat serve") or (line.startswith("minisign") and shutil.which("minisign") is None):
            continue
        if line.startswith("caveat bundle "):
            words, _, output = line.removeprefix("caveat bundle ").partition(" > ")
            extra = ["--no-password"] if words.startswith("keys ") else ["--yes"] if words.startswith("sign ") else []
            result = run(*shlex.split(words), *extra)
            assert result.exit_code == 0, (line, result.output)
            if output:
                Path(output).write_bytes(result.stdout_bytes)
        else:
            subprocess.run(["bash", "-euc", line], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert "do not share this" in Path("notice.html").read_text(encoding="utf-8")
