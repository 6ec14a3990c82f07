"""Label: how a publisher words what a law prescribes, from its file, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from ..law.notice import Notice
from ..law.prescribed import Element, Label, Prescribed
from ..law.register import Register
from .node import MOST
from .problem import closest, guess, listed, quoted
from .record import Record
from .shelf import Shelf, Volume
from .text import slots
from .wording import spot


def label(record: Record) -> Label:
    """What a publisher's file says of one notice, where that is a label."""
    texts, elements = record.record("texts"), record.record("elements")
    return Label(
        chosen=record.text("chooses"),
        link=record.text("link"),
        texts={str(language): texts.text(language) for language in texts} if texts else {},
        elements={
            str(language): {str(name): said.text(name) for name in said}
            for language in elements or ()
            if elements and (said := elements.record(language))
        },
    )


def carried(volume: Volume, record: Record, notices: Mapping[str, Notice]) -> None:
    """Tell labels that a publisher carries without the words that they need of it."""
    own = record.record("notices")
    languages = record.names("languages")
    for name in record.names("carries"):
        notice = notices.get(name)
        if notice is None or notice.prescribed is None:
            continue
        one = own.record(name) if own else None
        prescribed = notice.prescribed
        needed = _elements(prescribed)
        if needed and not (one and "elements" in one):
            wrong = f"{name} is carried without words for {_many('its element', needed)}"
            volume.source.tell(name.at, wrong, f"write notices: with {name}: and elements:")
        if any(version.linked for version in prescribed.versions) and not (one and "link" in one):
            wrong = f"{name} has to be a link, and nothing says where it leads"
            volume.source.tell(name.at, wrong, f"write notices: with {name}: and link:")
        if prescribed.follows and prescribed.texts and not (one and "texts" in one.broken):
            texts = one.record("texts") if one else None
            silent = [tag for tag in languages if tag != prescribed.language and tag not in (texts or ())]
            if silent:
                wrong = f"{name} has to be in the language of the material, and has no text in {listed(silent, 'and')}"
                write = f"write notices: with {name}: and texts: {silent[0]}:"
                volume.source.warn(name.at, wrong, write)


def worded(volume: Volume, one: Record, notice: Notice) -> None:
    """Tell what a publisher says of a label that the law does not ask, and what it leaves out."""
    prescribed = notice.prescribed or Prescribed("")
    if "chooses" in one:
        _chosen(volume, one, notice, prescribed)
    if "link" in one and not any(version.linked for version in prescribed.versions):
        volume.source.tell(one.place("link"), f"{notice.id} is no link", "remove link:")
    if texts := one.record("texts"):
        _translated(volume, texts, notice, prescribed)
    if elements := one.record("elements"):
        _said(volume, elements, notice, prescribed)


def _chosen(volume: Volume, one: Record, notice: Notice, prescribed: Prescribed) -> None:
    chosen, place = one.said("chooses"), one.place("chooses")
    texts = [" ".join(text.split()) for version in prescribed.versions for text in version.texts if version.others]
    if not texts:
        volume.source.tell(place, f"{notice.id} has no texts to choose from", "remove it")
    elif chosen and " ".join(chosen.split()) not in texts:
        quotes = [quoted(text, 100) for text in dict.fromkeys(texts)]
        write = guess(quoted(chosen, 100), quotes, f"write {listed(quotes)}")
        volume.source.tell(chosen.at, f"{notice.id} has no text {quoted(chosen)}", write)


def _translated(volume: Volume, texts: Record, notice: Notice, prescribed: Prescribed) -> None:
    if not prescribed.follows or not prescribed.texts:
        where = f"is printed in {prescribed.language} alone" if prescribed.texts else "has no text to translate"
        volume.source.tell(texts.at, f"{notice.id} {where}", "remove texts:")
        return
    known = tuple(prescribed.fields)
    for language in texts:
        text = texts.said(language)
        if text is None:
            continue
        if language == prescribed.language:
            wrong = f"the text in {language} is the law's own, and stands in {notice.id}"
            volume.source.tell(texts.place(language), wrong, "remove it")
            continue
        slips = list(islice(slots(text, known), MOST))
        for offset, mistake in slips:
            volume.source.tell(spot(volume.source, text, offset), mistake.wrong, mistake.write)
        missing = [name for name in known if "{" + name + "}" not in text]
        if missing and not slips:
            wrong = f"the text has not {_many('the slot', missing)} of {notice.id}"
            volume.source.tell(text.at, wrong, f"write {{{missing[0]}}} where it belongs")


def _said(volume: Volume, elements: Record, notice: Notice, prescribed: Prescribed) -> None:
    """Every element in every language, but for those that only a person can say are needed."""
    known = {element.name for version in prescribed.versions for element in version.elements}
    needed = _elements(prescribed)
    for version in prescribed.versions:
        if version.elements and version.language and version.language not in elements and "" not in elements.broken:
            wrong = f"{notice.id} has to be in {version.language}, and has no elements in it"
            volume.source.tell(elements.at, wrong, f"write {version.language}: and the words in it")
    for language in elements:
        said = elements.record(language)
        if said is None:
            continue
        if not known:
            volume.source.tell(said.at, f"{notice.id} asks for no elements", "remove elements:")
            return
        missing = [name for name in needed if name not in said]
        for name in islice((name for name in said if name not in known), MOST):
            meant = closest(name, missing) or closest(name, known)
            write = f"did you mean {meant}?" if meant else f"its elements are {listed(sorted(known), 'and')}"
            volume.source.tell(said.place(name), f"{notice.id} has no element {name}", write)
            missing = [other for other in missing if other != meant]
        if missing and not said.broken:
            says = next(one.say for one in _all(prescribed) if one.name == missing[0])
            wrong = f"the label in {language} does not say {_many('the element', missing)} of {notice.id}"
            volume.source.tell(elements.place(language), wrong, f"write {missing[0]}: and words for this: {says}")


def orders(volume: Volume, record: Record, notice: Notice, shelf: Shelf) -> None:
    """Tell a label whose texts come with orders where there are no orders, and entries without their text."""
    if notice.prescribed is None or not any(one.from_order for one in notice.prescribed.versions):
        return
    written = record.record("prescribed")
    if not notice.concerns.register:
        at = written.place("from_order") if written else record.at
        wrong = "the text comes with each order, and no register has the orders"
        volume.source.tell(at, wrong, "write concerns: {register: ID}")
        return
    kept = shelf.volumes.get(("register", notice.concerns.register))
    if kept is None or not kept.sound or not isinstance(kept.made, Register):
        return
    for entry in kept.made.entries:
        measure = notice.concerns.measure
        if entry.ordered is None and (not measure or measure in entry.measures):
            wrong = f"an order without its text, which {notice.id} prints"
            kept.source.tell(entry.at, wrong, "write text:, language: and hash:")


def _elements(prescribed: Prescribed) -> list[str]:
    """The elements that a label always has to have."""
    return list(dict.fromkeys(element.name for element in _all(prescribed) if not element.when))


def _all(prescribed: Prescribed) -> tuple[Element, ...]:
    return tuple(element for version in prescribed.versions for element in version.elements)


def _many(noun: str, names: list[str]) -> str:
    return f"{noun}{'s' if len(names) > 1 else ''} {listed(names, 'and')}"
