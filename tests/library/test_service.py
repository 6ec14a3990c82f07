"""Service: the real one answers on the rules that ship, also about one reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ..web.house import ROOT, house


def test_the_rules_that_ship_are_served(tmp_path: Path) -> None:
    """What is worked out of a whole library must be ready before the first reader asks."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    with house(tmp_path) as found:
        shown = found.ask("/v1/rferl/RU/en/notice.html")
        assert shown.headers["Notice-State"] == "live"
        kind = {"Content-Type": "application/json"}
        lengths = set()
        for asked in (
            {"place": "RU", "reader": {"citizen_of": ["RU"]}},
            {"place": "DE", "content": ["ru/armed-forces"]},
        ):
            told = found.ask("/v1/rferl/notice", "POST", body=json.dumps(asked).encode(), **kind)
            assert told.status == 200
            assert told.seconds < 2
            lengths.add(len(told.body))
        assert len(lengths) == 1
