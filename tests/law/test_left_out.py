"""Left out: what a rule says that does not say it, and the lists that are closed."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from importlib import import_module
from pathlib import Path

import service.law
from service.law.act import ACTS, NOT_STATED, Exposure, Risk
from service.law.citation import Citations
from service.law.doubt import Doubt
from service.law.place import TWINS, Gazetteer
from service.law.position import NOWHERE
from service.law.reader import NOBODY_IN_PARTICULAR, Reader
from service.law.standing import ALWAYS
from service.law.wording import Wording
from service.locate.codes import assigned

EMPTY: tuple[object, ...] = (None, "", (), frozenset(), {}, False, NOWHERE, ALWAYS, Citations(), Wording(), Gazetteer())
SAYING = {
    ("Territory", "about"): "control",
    ("Exposure", "risk"): Risk.NONE,
    ("Exposure", "stated"): True,
    ("Publisher", "languages"): ("en",),
    ("Publisher", "heading_level"): 2,
    ("Publisher", "class_prefix"): "rdr",
    ("Stateless", "expected"): True,
    ("Visit", "reader"): NOBODY_IN_PARTICULAR,
    ("Situation", "reader"): NOBODY_IN_PARTICULAR,
}
"""The defaults that say something."""


def defaults() -> dict[tuple[str, str], object]:
    """Every default of every dataclass of the law."""
    found: dict[tuple[str, str], object] = {}
    for path in sorted(Path(service.law.__path__[0]).glob("[a-z]*.py")):
        module = import_module(f"service.law.{path.stem}")
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
                for one in fields(kind):
                    if one.default is not MISSING:
                        found[kind.__name__, one.name] = one.default
                    elif one.default_factory is not MISSING:
                        found[kind.__name__, one.name] = one.default_factory()
    return found


def test_what_is_left_out_says_nothing_but_for_what_is_listed_here() -> None:
    every = defaults()
    assert len(every) > 100
    assert {where: value for where, value in every.items() if value not in EMPTY} == SAYING


def test_a_doubt_is_named_as_a_request_names_the_fact() -> None:
    named = {doubt.value for doubt in Doubt}
    facts = {one.name for one in fields(Reader)} - {"located_in", "not_citizen_of"}
    assert facts | {"content", "page_language"} <= named
    assert named - facts == {"place", "nationality", "content", "page_language", "publisher", "law"}


def test_a_person_calls_both_questions_of_nationality_by_one_word() -> None:
    assert {doubt.name.lower(): doubt.subject for doubt in Doubt if doubt.subject != doubt.value} == {
        "citizenship": "nationality", "stateless": "nationality", "residence": "residence",
    }  # fmt: skip


def test_the_acts_are_these() -> None:
    """The list is closed: a rule file may state the risk of these and of no others."""
    assert " ".join(ACTS) == (
        "read read_habitually search bypass_block possess_device follow pay_subscribe like tag comment share "
        "share_privately link save import contact send_material appear screen_publicly wear_symbol join advertise "
        "mention donate collect_money receive_money work_with travel"
    )


def test_a_place_of_two_codes_is_looked_for_under_one_that_is_assigned() -> None:
    withdrawn = {"FR-GF", "FR-GP", "FR-MQ", "FR-RE", "FR-YT"}
    assert TWINS.keys() - withdrawn <= assigned()
    assert set(TWINS.values()) <= assigned()
    assert not TWINS.keys() & set(TWINS.values())


def test_every_step_of_loudness_is_louder_than_the_one_before() -> None:
    assert [risk.loudness for risk in (Risk.NONE, Risk.UNCLEAR, Risk.ADMINISTRATIVE, Risk.CRIMINAL)] == [0, 1, 2, 3]
    silent, see = Exposure(), Exposure(see="xx/other")
    stated = [Exposure(risk) for risk in (Risk.UNCLEAR, Risk.ADMINISTRATIVE, Risk.CRIMINAL)]
    assert [one.loudness for one in (silent, NOT_STATED, see, *stated)] == [0, 1, 2, 2, 3, 4]
