"""Guide: rules/README.md says nothing of the rule language that the code does not, and leaves out nothing needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from service.counsel.examples.trial import hold_trial
from service.rulebook import read
from service.rulebook.condition_forms import CONDITIONS
from service.rulebook.shape import Choice, Either, Of, Open, Row, Several, Shape
from service.rulebook.vocabulary import FOLDERS, FORMS

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
EXPLAINED = {word for span in re.findall(r"`([^`]+)`", PROSE) for word in [span, *span.split(": ")]}
FILES = {
    text.partition("\n")[0].removeprefix("# rules/"): text
    for text in re.findall(r"^```yaml\n(.*?)^```$", GUIDE, flags=re.DOTALL | re.MULTILINE)
}
NOTICE = "notices/kg/extremist-materials.yaml"
CHOSEN = [
    ("notice", "kind"),
    ("notice", "basis"),
    ("step", "is"),
    ("act", "risk"),
    ("citation", "seen"),
    ("example", "expect"),
    ("example", "shown"),
]
LONGEST = 1500
"""Words on two pages, beside the example."""


def keys(node: object, shape: Shape) -> Iterator[tuple[str, str]]:
    """Every key of a closed map that a value has, with the name of its form."""
    if isinstance(shape, Either):
        part = shape.map if isinstance(node, dict) else shape.row if isinstance(node, list) else shape.text
        if part is not None:
            yield from keys(node, part)
    elif isinstance(shape, (Row, Several)):
        for item in node if isinstance(node, list) else [node]:
            yield from keys(item, shape.item)
    elif isinstance(shape, Open) and isinstance(node, dict):
        for item in node.values():
            yield from keys(item, shape.value)
    elif isinstance(shape, Of) and isinstance(node, dict):
        for key, value in node.items():
            yield shape.form, key
            if key in FORMS[shape.form].keys:
                yield from keys(value, FORMS[shape.form].keys[key].shape)


def shown() -> set[tuple[str, str]]:
    """Every key that the code blocks show."""
    return {
        found
        for path, text in FILES.items()
        for found in keys(yaml.load(text, Loader=yaml.BaseLoader), Of(FOLDERS[path.partition("/")[0]]))
    }


def test_every_code_block_is_a_whole_file_with_its_path() -> None:
    assert GUIDE.count("```") == 2 * len(FILES)
    assert {path.partition("/")[0] for path in FILES} == {"registers", "publishers", "notices"}
    assert all(path.endswith(".yaml") for path in FILES)


def test_every_key_that_the_guide_shows_is_a_key_of_the_vocabulary() -> None:
    assert len(shown()) > 50
    assert {(form, key) for form, key in shown() if key not in FORMS[form].keys} == set()


def test_every_key_that_a_notice_may_have_is_explained() -> None:
    assert set(FORMS["notice"].keys) <= EXPLAINED


def test_every_key_that_the_notice_of_the_guide_has_is_explained() -> None:
    in_notice = {key for form, key in shown() if form not in ("register", "publisher", "entry")}
    assert in_notice <= EXPLAINED


def test_every_key_that_must_stand_in_a_notice_is_explained() -> None:
    for form in ("notice", "step", "wording", "example", "citation", "review"):
        assert {name for name, key in FORMS[form].keys.items() if key.must} <= EXPLAINED, form


def test_every_question_about_a_reader_is_explained() -> None:
    assert set(CONDITIONS) - {"same_as"} <= EXPLAINED


@pytest.mark.parametrize(("form", "key"), CHOSEN)
def test_every_word_that_a_notice_must_choose_from_is_named(form: str, key: str) -> None:
    shape = FORMS[form].keys[key].shape
    assert isinstance(shape, Choice)
    assert set(shape.options) <= EXPLAINED


def test_every_folder_is_in_the_table() -> None:
    assert {name for name in FOLDERS if re.search(rf"^\| `{name}/", GUIDE, flags=re.MULTILINE)} == set(FOLDERS)


def test_no_word_in_the_guide_that_looks_like_a_key_is_unknown() -> None:
    known = {key for form in FORMS.values() for key in form.keys}
    known |= {word for form in FORMS.values() for key in form.keys.values() for word in chosen(key.shape)}
    strange = {word for word in EXPLAINED if re.fullmatch(r"[a-z]+(?:_[a-z]+)*", word)} - known
    assert strange == set()


def chosen(shape: Shape) -> Iterator[str]:
    """The words of the closed lists within a shape."""
    if isinstance(shape, Choice):
        yield from shape.options
    for part in ("item", "text", "row", "map", "key", "value"):
        if isinstance(inner := getattr(shape, part, None), Shape):
            yield from chosen(inner)


def test_the_files_in_the_guide_load_together_and_their_examples_hold() -> None:
    loaded = read({path: text.encode() for path, text in FILES.items()})
    assert [str(problem) for problem in loaded.errors] == []
    assert loaded.ruleset is not None
    trial = hold_trial(loaded.ruleset)
    assert (trial.examples, trial.failures) == (8, ())


def test_the_warnings_that_the_guide_speaks_of_are_the_warnings_that_its_files_get() -> None:
    warned = [problem.wrong for problem in read({path: text.encode() for path, text in FILES.items()}).problems]
    assert [re.findall(r"has no (\w+) wording", one) for one in warned] == [["ky"], ["ru"]]
    assert "texts in Kyrgyz and Russian are missing" in GUIDE


def test_the_notice_of_the_guide_is_the_one_to_which_the_recorded_path_leads() -> None:
    last = max((Path(__file__).parent / "path").glob("*.yaml"))
    assert yaml.load(FILES[NOTICE], Loader=yaml.BaseLoader) == yaml.load(
        last.read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )


def str_values(branch: dict[str, object]) -> dict[str, str]:
    """A branch with its conditions as text, so that two can be compared."""
    return {key: str(value) for key, value in branch.items()}


def test_the_example_says_nothing_that_the_shipped_law_does_not() -> None:
    shipped = yaml.load((ROOT / "rules" / NOTICE).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    ours = yaml.load(FILES[NOTICE], Loader=yaml.BaseLoader)
    for key in ("kind", "basis", "concerns", "standing", "warn_when_unsure"):
        assert ours[key] == shipped[key], key
    branches = zip(ours["applies_when"]["any_of"], shipped["applies_when"]["any_of"], strict=True)
    assert all(one.items() <= other.items() for one, other in ((str_values(a), str_values(b)) for a, b in branches))
    for act, risk in ours["acts"].items():
        assert risk.items() <= shipped["acts"][act].items()
    for source, one in ours["citations"].items():
        assert {**one, "title": ""}.items() <= {**shipped["citations"][source], "title": ""}.items()


def test_the_guide_fits_on_two_pages() -> None:
    assert 500 < len(PROSE.split()) <= LONGEST


def test_the_guide_says_what_must_not_be_forgotten() -> None:
    for words in ("Not legal advice", "No counsel has approved", "not stated, never safe", "CC0-1.0", "`LICENSE`"):
        assert words in GUIDE
