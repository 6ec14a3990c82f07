"""The engine in JavaScript passes the cases in a real browser, as a module, under the strictest policy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from ..device.port import ENGINE, ROOT
from .site import STRICT, site

PORTING = ROOT / "docs" / "porting"

RUN = """
import { load, examine } from "/engine.js";

window.attempt = async (folder) => {
  const rules = load(await (await fetch(`${folder}/program.json`)).json());
  const lines = (await (await fetch(`${folder}/cases.jsonl`)).text()).trim().split("\\n");
  const wrong = lines.filter((line) => {
    const { expect, at, ...visit } = JSON.parse(line);
    const said = examine(rules, { instant: at, ...visit })
      .map(({ id, verdict, shown, doubts }) => [id, verdict, shown, doubts]);
    return JSON.stringify(said) !== JSON.stringify(expect);
  });
  const databases = await indexedDB.databases();
  const kept = document.cookie.length + localStorage.length + sessionStorage.length + databases.length;
  return { lines: lines.length, wrong: wrong.slice(0, 3), kept };
};
"""


@pytest.mark.parametrize("folder", ["", "/invented"], ids=["shipped", "invented"])
def test_chromium_passes_every_line(page: Page, folder: str) -> None:
    with site() as found:
        found.add(
            "/",
            "<!doctype html><title>x</title><script type=module src=/run.js></script>",
            Content_Security_Policy=STRICT,
        )
        found.add("/run.js", RUN, "text/javascript")
        found.add("/engine.js", ENGINE.read_bytes(), "text/javascript")
        for name in ("program.json", "cases.jsonl"):
            found.add(f"{folder}/{name}", (PORTING / folder.strip("/") / name).read_bytes(), "application/json")
        page.goto(found.url())
        page.wait_for_function("typeof window.attempt === 'function'")
        asked = len(found.asked)
        answer: Any = page.evaluate(f"attempt({json.dumps(folder)})")
        lines = (PORTING / folder.strip("/") / "cases.jsonl").read_text(encoding="utf-8").splitlines()
        assert answer == {"lines": len(lines), "wrong": [], "kept": 0}
        assert len(found.asked) == asked + 2, "deciding asks for nothing but the rules and the cases"
        assert page.log.errors == []  # type: ignore[attr-defined]
