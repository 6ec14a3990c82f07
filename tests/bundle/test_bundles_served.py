"""Bundles served: the real service takes what enough trusted people signed, and nothing else."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from click.testing import CliRunner

from service.cli import main

from ..web.house import answers, house, until
from .press import SEED, Press, edited, rules

NOTICE = "/v1/rferl/any/en/notice.html"
KLOOP = "/v1/kloop/KG/en/notice.html"
HONG_KONG = "notices/hk/absconder-funds.yaml"


def test_a_warning_goes_only_when_two_people_signed_and_what_is_refused_changes_nothing(tmp_path: Path) -> None:
    bundles, keys = tmp_path / "bundles", tmp_path / "keys"
    bundles.mkdir()
    keys.mkdir()
    press = Press(bundles)
    for name, key in (("anna", press.anna), ("boris", press.boris)):
        (keys / f"{name}.pub").write_text(key.public.written())
    files = rules(SEED)
    first = press.both(files)
    press.saved(first, "bundle-000001.tar")
    poorer = edited(files, "notices/kg/extremist-materials.yaml", "A court in Kyrgyzstan has", "A court has")
    with house(tmp_path, CAVEAT_RULES=str(bundles), CAVEAT_TRUSTED_KEYS=str(keys)) as found:
        before = found.ask(KLOOP).text
        assert "A court in Kyrgyzstan has declared" in before
        one = press.made(poorer, first, press.anna)
        press.saved(one, "bundle-000002.tar")
        until(lambda: "000002" in found.written(), 20, found)
        assert {found.ask(KLOOP).text for _ in range(10)} == {before}
        two = one.sign(press.boris)
        (bundles / "next").write_bytes(two.written())
        os.replace(bundles / "next", bundles / "bundle-000002.tar")
        until(lambda: all("A court has declared" in found.ask(KLOOP).text for _ in range(10)), 20, found)
        (bundles / "next").write_bytes(first.written())
        os.replace(bundles / "next", bundles / "bundle-000003.tar")
        for worker in found.workers():
            os.kill(worker, signal.SIGKILL)
        until(lambda: answers(found) and len(found.workers()) == 2, 20, found)
        assert all("A court has declared" in found.ask(KLOOP).text for _ in range(10))
        assert found.ask(NOTICE).headers["Notice-State"] == "live"


def test_a_bundle_without_trusted_keys_is_not_served(tmp_path: Path) -> None:
    press = Press(tmp_path)
    path = press.saved(press.both(rules(SEED)), "bundle-000001.tar")
    answer = CliRunner().invoke(main, ["serve", "--rules", str(path)])
    assert answer.exit_code == 2
    assert "CAVEAT_TRUSTED_KEYS must name the keys" in answer.output
    answer = CliRunner().invoke(main, ["serve", "--rules", str(path), "--trusted-keys", str(tmp_path / "nobody.pub")])
    assert answer.exit_code == 2
    assert "CAVEAT_TRUSTED_KEYS" in answer.output
