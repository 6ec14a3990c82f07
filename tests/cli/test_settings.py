"""The settings: flags and variables of one name, and no misspelt one that passes for set."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.assembly import BadSetting, Settings, read_settings
from service.page.grade import Grade


def test_without_any_setting_the_service_runs_on_what_ships_with_it() -> None:
    settings = read_settings({}, {})
    assert settings == Settings()
    assert (settings.rules / "notices").is_dir()


def test_a_variable_sets_what_its_flag_sets_and_the_flag_wins() -> None:
    assert read_settings({}, {"CAVEAT_WORKERS": "3"}).workers == 3
    assert read_settings({"workers": "4"}, {"CAVEAT_WORKERS": "3"}).workers == 4
    assert read_settings({"workers": None}, {"CAVEAT_WORKERS": "3"}).workers == 3


def test_other_peoples_variables_and_empty_ones_are_left_alone() -> None:
    assert read_settings({}, {"HOME": "x", "CAVEAT_GEO": " ", "NOT_CAVEAT_X": "y"}) == Settings()


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("CAVEAT_RULE", "CAVEAT_RULES"),
        ("CAVEAT_TRUSTED_PROXY", "CAVEAT_TRUSTED_PROXIES"),
        ("CAVEAT_rules", "CAVEAT_RULES"),
        ("CAVEAT_GEOIP", "CAVEAT_GEO"),
    ],
)
def test_an_unknown_name_stops_the_start_with_a_suggestion(name: str, suggested: str) -> None:
    with pytest.raises(BadSetting, match=f"unknown setting {name}: did you mean {suggested}"):
        read_settings({}, {name: "x"})


def test_a_name_without_likeness_is_told_all_names() -> None:
    with pytest.raises(BadSetting, match="CAVEAT_PLACE_FROM"):
        read_settings({}, {"CAVEAT_XYZ": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("workers", "many"),
        ("workers", "1000"),
        ("bind", "8080"),
        ("bind", "127.0.0.1:"),
        ("bind", "127.0.0.1:99999"),
        ("admin_bind", ":9"),
        ("grade", "good"),
        ("trusted_proxies", "10.0.0.0/33"),
        ("trusted_proxies", "0.0.0.0/0"),
        ("place_from", "cloudflair"),
        ("place_from", "header:"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_setting(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"CAVEAT_{name.upper()}"):
        read_settings({name: value}, {})


def test_values_become_what_they_mean() -> None:
    settings = read_settings(
        {
            "rules": "law",
            "geo": "a.mmdb, b.mmdb",
            "grade": "approved",
            "trusted_proxies": "10.0.0.0/8, ::1/128",
            "place_from": "cloudflare",
        },
        {},
    )
    assert settings.rules == Path("law")
    assert settings.geo == (Path("a.mmdb"), Path("b.mmdb"))
    assert settings.grade is Grade.APPROVED
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
    assert settings.place_from is not None
    assert settings.place_from.name == "cloudflare"
