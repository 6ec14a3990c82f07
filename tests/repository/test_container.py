"""Container: what can be known of the image without building it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class Stage:
    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, word: str) -> str:
        return next(rest for step, rest in reversed(self.steps) if step == word)


@pytest.fixture(scope="module")
def stages(root: Path) -> list[Stage]:
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ").splitlines()
    found: list[Stage] = []
    for line in filter(str.strip, lines):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append((word, rest.strip()))
    return found


def test_every_base_is_an_earlier_stage_or_has_a_tag_of_its_own(stages: list[Stage]) -> None:
    for number, stage in enumerate(stages):
        earlier = {other.name for other in stages[:number]}
        assert stage.base in earlier or re.fullmatch(r"[a-z]+:3\.\d+-slim-[a-z]+", stage.base), stage.base


def test_everything_that_is_copied_exists_and_is_let_in(root: Path, stages: list[Stage]) -> None:
    let_in = {line[1:] for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    copied = set()
    for stage in stages:
        for word, rest in stage.steps:
            if word == "COPY" and not rest.startswith("--from="):
                copied |= set(rest.split()[:-1])
    assert {name for name in copied if not (root / name).exists()} == set()
    assert copied == let_in


def test_nothing_is_let_in_by_default(root: Path) -> None:
    lines = [
        line for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    assert lines[0] == "*"
    assert not any(line in ("!*", "!**", "!.") or line.startswith("!.") for line in lines)


def test_a_rule_set_with_a_mistake_makes_no_image(stages: list[Stage]) -> None:
    check = next(stage for stage in stages if stage.name == "check")
    assert check.last("RUN") == ".venv/bin/caveat check"
    assert [rest for word, rest in stages[-1].steps if word == "COPY"] == ["--from=check /app /app"]


def test_the_service_runs_as_nobody_in_particular_and_owns_no_file(stages: list[Stage]) -> None:
    steps = stages[-1].steps
    user, _, group = stages[-1].last("USER").partition(":")
    assert int(user) >= 10000
    assert int(group) >= 10000
    assert [word for word, _ in steps].index("USER") > max(n for n, (word, _) in enumerate(steps) if word == "COPY")
    assert not any("--chown" in rest or "chmod" in rest for _, rest in steps)
    assert "RUN" not in {word for word, _ in steps}
    assert "PYTHONDONTWRITEBYTECODE=1" in stages[-1].last("ENV").split()


def test_it_is_asked_after_its_health_where_it_listens(stages: list[Stage]) -> None:
    entry = json.loads(stages[-1].last("ENTRYPOINT"))
    command = json.loads(stages[-1].last("CMD"))
    assert entry == ["caveat"]
    assert command[0] == "serve"
    port = stages[-1].last("EXPOSE")
    assert command[command.index("--bind") + 1] == f"0.0.0.0:{port}"
    health = stages[-1].last("HEALTHCHECK")
    asked = json.loads(health[health.index("CMD ") + 4 :])
    assert asked[:2] == ["python", "-c"]
    compile(asked[2], "HEALTHCHECK", "exec")
    assert f"http://127.0.0.1:{port}/healthz" in asked[2]
