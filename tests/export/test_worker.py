"""Examination of the lines for a CDN: with the table they find what the service answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from .conftest import Pair
from .stand import LISTED
from .test_nginx import HEADERS, KINDS, PLACES, UNREADABLE

SCRIPT = """
import { readFileSync } from "node:fs";
const { find } = await import(process.argv[2]);
const table = JSON.parse(readFileSync(process.argv[3], "utf-8"));
const asked = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(asked.map((one) => find(table, one, Date.now() / 1000) ?? null)));
"""


def test_the_worker_finds_what_the_service_answers(pair: Pair, tmp_path: Path) -> None:
    tags = ("be", "ru", "en", "uk", "it", "ru-RU", "RU", "xx", "be-tarask")
    paths = [
        f"/v1/svaboda/{place}/{tag}/notice.html"
        for place, tag in product((*PLACES, "ru", "ZZ", "CN-HK", "RU-XX"), tags)
    ]
    paths += [f"/v1/{id}/RU/ru/{kind}" for id in (*pair.publishers, "nobody", "toString") for kind in KINDS]
    paths += [
        "/v1/svaboda/RU/ru/notice.html?citizen_of=RU",
        "/v1/svaboda/RU/ru/notice.txt?a=1",
        "/v1/svaboda/BY/en/notice.json?age=3",
    ]
    asked = [(path, "") for path in paths]
    asked += [(f"/v1/{id}/notice.html{query}", header) for id in pair.publishers for header in (*HEADERS, *UNREADABLE)
              for query in ("", "?lang=be")]  # fmt: skip
    told = [
        {"path": urlsplit(path).path, "query": urlsplit(path).query, "where": "RU", "accept": header}
        for path, header in asked
    ]
    script = tmp_path / "ask.mjs"
    script.write_text(SCRIPT)
    current = pair.folder / "current"
    module = tmp_path / "worker.mjs"
    shutil.copy(current / "worker.js", module)
    done = subprocess.run(
        ["node", script, module, current / "lookup.json"],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    wrong: list[str] = []
    for (path, header), found in zip(asked, json.loads(done.stdout), strict=True):
        headers = {"X-Forwarded-For": "5.8.0.1", **({"Accept-Language": header} if header else {})}
        seen = pair.served.ask(path, headers=headers)
        if found["status"] != seen.status:
            wrong.append(f"{path} {header}: status {found['status']}, not {seen.status}")
        if seen.status != 200:
            continue
        if (current / "files" / found["file"]).read_bytes() != seen.body:
            wrong.append(f"{path} {header}: another body")
        wrong += [
            f"{path} {header}: {name} {found['headers'].get(name, '')!r}, not {seen.headers.get(name, '')!r}"
            for name in LISTED
            if found["headers"].get(name, "") != seen.headers.get(name, "")
        ]
    assert not wrong, "\n".join(wrong[:20])


def test_the_worker_is_a_few_lines_and_its_table_small(pair: Pair) -> None:
    lines = (pair.folder / "current" / "worker.js").read_text().splitlines()
    assert len(lines) < 120
    assert (pair.folder / "current" / "lookup.json").stat().st_size < 1_000_000
