"""The style: small, without force, readable in every pair of its colours, and of any prefix."""

from __future__ import annotations

import re

import pytest

from service.page.html import fragment
from service.page.style import NAME, style

from .law import sheet

TOKENS = dict(re.findall(r"--([tlbg]):light-dark\((#[0-9a-f]{6},#[0-9a-f]{6})\)", style()))
FALLBACK = dict(re.findall(r"--([tlbg]):(#[0-9a-f]{6})", style()))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(scheme: int) -> None:
    text, link, border, ground = (TOKENS[token].split(",")[scheme] for token in "tlbg")
    page = ("#ffffff", "#121212")[scheme]
    assert contrast(text, ground) >= 7
    assert contrast(link, ground) >= 4.5
    assert contrast(border, ground) >= 3
    assert contrast(border, page) >= 3


def test_a_browser_without_light_dark_gets_the_light_colours() -> None:
    assert len(TOKENS) == 4
    assert {token: pair.split(",")[0] for token, pair in TOKENS.items()} == FALLBACK


def test_it_is_small_and_has_no_comment() -> None:
    assert len(style().encode()) <= 1500
    assert "/*" not in style()
    assert style().endswith("}\n")


def test_no_selector_has_any_weight() -> None:
    selectors = re.findall(r"(?:^|[{}])([^{}@]+)\{", style().replace("@media print{", "{").strip())
    assert len(selectors) > 8
    for selector in selectors:
        outside = re.sub(r":where\([^()]*\)", "", selector)
        assert outside in ("", "::after", "::details-content")


@pytest.mark.parametrize(
    "unwanted", ["position", "animation", "transition", "!important", "url(", "@import", "@font-face",
                 "-left", "-right", "-top", "-bottom", "width:", "height:", "text-transform", "display:none"],
)  # fmt: skip
def test_it_neither_floats_nor_moves_nor_loads_nor_hides_and_knows_no_left(unwanted: str) -> None:
    assert unwanted not in re.sub(r"border-inline-start-width:|line-height:", "", style())


def test_every_class_that_it_names_is_one_that_the_fragment_has() -> None:
    texts = fragment(sheet("own")) + fragment(sheet("plain", "unknown", "fa"))
    named = set(re.findall(r"\.(rdr[a-z-]*)", style()))
    assert named <= set(re.findall(r'class="([^"]+)"', texts))
    assert len(named) == 5


def test_another_prefix_takes_the_place_of_ours_in_every_class_and_the_tokens_keep_their_names() -> None:
    text = style("mirror")
    assert ".rdr" not in text
    assert set(re.findall(r"\.([a-z]+)", text)) >= {"mirror"}
    assert "var(--rdr-ground," in text
    assert text.replace(".mirror", ".rdr") == style()


@pytest.mark.parametrize("prefix", ["ad-box", "cookie", "x{}", "", "Rdr", "a b"])
def test_a_prefix_that_blockers_hide_or_that_is_no_class_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        style(prefix)


def test_its_name_is_not_telling() -> None:
    assert NAME == "reader.css"
