"""Bit: a bundle that is signed by both can be spelt in one way only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.bundle import Bundle, Flaw, Refused, open_bundle, read_bundle
from service.bundle.archive import packed, unpacked
from service.bundle.bundle import parted
from service.counsel.account import weigh

from .press import NOON, Press


def test_a_bundle_reads_as_it_was_written(press: Press, first: Bundle, second: Bundle) -> None:
    for bundle in (first, second):
        found = read_bundle(press.saved(bundle))
        assert found == bundle
        assert isinstance(found, Bundle)
        assert found.written() == bundle.written()


def test_the_same_rules_and_day_make_the_same_manifest(press: Press, first: Bundle) -> None:
    again = press.made(dict(first.files))
    assert again.manifest.written() == first.manifest.written()
    assert again.sign(press.anna).sign(press.boris).written() == first.written()


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_no_bit_can_be_another(press: Press, first: Bundle, bit: int) -> None:
    whole = first.written()
    path = press.folder / "flipped.bin"
    for at in range(bit % 7, len(whole), 61):
        data = bytearray(whole)
        data[at] ^= bit
        path.write_bytes(data)
        assert isinstance(open_bundle(path, press.trust, None, weigh), Refused), at


def test_no_prefix_is_a_bundle(press: Press, first: Bundle) -> None:
    whole = first.written()
    path = press.folder / "cut.bin"
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        assert isinstance(open_bundle(path, press.trust, None, weigh), Refused), end


@given(st.binary(max_size=4096))
def test_any_bytes_are_refused_and_break_nothing(data: bytes) -> None:
    with pytest.raises(Flaw):
        parted(data).bundle()


@given(
    st.dictionaries(
        st.sampled_from(["manifest.json", "rules/a.yaml", "rules/b/c.yaml", "signatures/0123456789ABCDEF.minisig"]),
        st.binary(max_size=1500),
    ).filter(lambda files: "manifest.json" in files)
)
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    assert unpacked(packed(files, NOON)) == files


@given(st.data())
def test_a_header_with_any_byte_changed_breaks_nothing(first: Bundle, data: st.DataObject) -> None:
    whole = bytearray(first.written())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, 511))] = data.draw(st.integers(0, 255))
    if bytes(whole) != first.written():
        with pytest.raises(Flaw):
            parted(bytes(whole)).bundle()
