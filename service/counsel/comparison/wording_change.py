"""Wording change: what a text says otherwise, word by word, and which translations fell behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from ...law.prescribed import SAME_AS_THE_MATERIAL, Label, Prescribed, Slot
from ...law.register import Register
from ...law.ruleset import RuleSet
from ...law.verdict import Verdict
from ...law.wording import Speech
from .change import Caution

Texts: TypeAlias = Mapping[str, Mapping[str, Speech]]
"""What is said, by what it is said of (a verdict, or "universal text") and language."""

AROUND = 6
"""How many unchanged words stand on either side of a change."""

LONGEST = 1000
"""Words of two texts that are compared one by one; to compare longer ones takes their number squared."""

_WORDS = re.compile(r"\S+|\n\s*\n")
_BRACKETS = re.compile(r"\[([^\[\]\n]*)\]")


@dataclass(frozen=True, slots=True)
class WordingChange:
    """One text: new, gone (an empty `after`) or changed; `behind`: the languages that did not follow English.

    `said`: word by word, `[-gone-] {+new+}`. `what` is the verdict or the name of the text.
    """

    file: str
    notice: str
    what: str
    language: str
    before: str
    after: str
    said: str
    behind: tuple[str, ...] = ()
    publisher: str = ""

    @property
    def caution(self) -> Caution:
        """A text that is gone warns less; a name or a title in one language is no warning."""
        gone = self.before and not self.after and self.what not in ("name", "title")
        return Caution.LESS if gone else Caution.OTHER

    @property
    def sentence(self) -> str:
        """The change in words."""
        happened = "changed" if self.before and self.after else "new" if self.after else "gone"
        text = f"{self.notice + ', ' if self.publisher and self.notice else ''}{self.what}, {self.language}: {happened}"
        if self.behind:
            were = "was" if len(self.behind) == 1 else "were"
            text += f" ({', '.join(self.behind)} {were} not changed when {self.language} was)"
        return text


def wording_changes(before: RuleSet, after: RuleSet) -> tuple[WordingChange, ...]:
    """Every text that differs, of notices and of publishers, in the order of files, texts and languages."""
    return tuple(_changes(before, after))


def _changes(before: RuleSet, after: RuleSet) -> Iterator[WordingChange]:
    for id in sorted(before.notices.keys() | after.notices.keys()):
        old, new = (_of_notice(ruleset, id) for ruleset in (before, after))
        yield from _differing(f"notices/{id}.yaml", id, "", old, new)
    for id in sorted(before.publishers.keys() | after.publishers.keys()):
        mine, theirs = (_of_publisher(ruleset, id) for ruleset in (before, after))
        for notice in sorted(mine.keys() | theirs.keys()):
            yield from _differing(f"publishers/{id}.yaml", notice, id, mine.get(notice, {}), theirs.get(notice, {}))


def _of_notice(ruleset: RuleSet, id: str) -> Texts:
    notice = ruleset.notices.get(id)
    if notice is None:
        return {}
    texts = dict(_by_verdict(notice.wording.texts))
    texts["title"] = {language: Speech(title) for language, title in notice.title.items()}
    for version in notice.prescribed.versions if notice.prescribed else ():
        from_ = f" from {version.since}" if version.since else ""
        texts |= {f"{what}{from_}": {version.language or "en": Speech(text)} for what, text in _prescribed(version)}
        if version.from_order and (register := ruleset.registers.get(notice.concerns.register)):
            texts |= dict(_orders(register))
    return texts


def _orders(register: Register) -> Iterator[tuple[str, dict[str, Speech]]]:
    """The texts that came with the orders of a register, by whom they are against and since when."""
    for entry in register.entries:
        if entry.ordered is not None:
            against = f"order against {entry.publisher or entry.person} of {entry.decided or entry.listed or 'no date'}"
            yield against, {entry.language: Speech(entry.ordered.text)}


def _prescribed(version: Prescribed) -> Iterator[tuple[str, str]]:
    """Everything that one version prescribes, by what it is called."""
    for number, text in enumerate(version.texts, 1):
        yield f"prescribed {number}" if version.others else "prescribed", text
    if version.from_order:
        yield "prescribed", "the text of each order"
    if version.follows:
        yield "prescribed language", SAME_AS_THE_MATERIAL
    if version.linked:
        yield "prescribed link", "yes"
    for element in version.elements:
        yield f"element {element.name}", element.say + (f" (when: {element.when})" if element.when else "")
    for name, slot in version.slots.items():
        yield f"slot {name}", _filled(slot)
    for look in version.looks:
        yield f"form {look.medium}", "; ".join(look.lines)


def _filled(slot: Slot) -> str:
    """What may stand in a slot, and what is written between several words."""
    between = [f'"{mark}"' for mark in (slot.list, slot.join) if mark]
    return f"{', '.join(slot.of) or 'free words'}" + (f", joined by {' and '.join(between)}" if between else "")


def _of_publisher(ruleset: RuleSet, id: str) -> Mapping[str, Texts]:
    publisher = ruleset.publishers.get(id)
    if publisher is None:
        return {}
    own: dict[str, Texts] = {notice: _by_verdict(wording.texts) for notice, wording in publisher.own.items()}
    names = {language: Speech(name) for language, name in publisher.name.items()}
    labels = {notice: dict(_label(label)) for notice, label in publisher.labels.items()}
    mine = {notice: {**own.get(notice, {}), **labels.get(notice, {})} for notice in own.keys() | labels.keys()}
    return mine | {"": {"universal text": publisher.universal_text, "name": names}}


def _label(label: Label) -> Iterator[tuple[str, Mapping[str, Speech]]]:
    """How a publisher words a label."""
    if label.chosen:
        yield "chosen text", {"en": Speech(label.chosen)}
    if label.link:
        yield "link of the label", {"en": Speech(label.link)}
    if label.texts:
        yield "text of the label", {language: Speech(text) for language, text in label.texts.items()}
    for name in dict.fromkeys(name for said in label.elements.values() for name in said):
        words = {language: Speech(said[name]) for language, said in label.elements.items() if name in said}
        yield f"element {name}", words


def _by_verdict(texts: Mapping[str, Mapping[Verdict, Speech]]) -> dict[str, dict[str, Speech]]:
    found: dict[str, dict[str, Speech]] = {}
    for language, speeches in texts.items():
        for verdict, speech in speeches.items():
            found.setdefault(verdict.value, {})[language] = speech
    return found


def _differing(file: str, notice: str, publisher: str, old: Texts, new: Texts) -> Iterator[WordingChange]:
    for what in sorted(old.keys() | new.keys()):
        mine, theirs = old.get(what, {}), new.get(what, {})
        changed = {
            language
            for language in mine.keys() | theirs.keys()
            if _written(mine.get(language)) != _written(theirs.get(language))
        }
        for language in sorted(changed, key=lambda tag: (tag != "en", tag)):
            before, after = _written(mine.get(language)), _written(theirs.get(language))
            followed = mine.keys() & theirs.keys() - changed
            behind = tuple(sorted(followed)) if language == "en" and before and after and what != "name" else ()
            yield WordingChange(file, notice, what, language, before, after, word_by_word(before, after), behind,
                                publisher)  # fmt: skip


def _written(speech: Speech | None) -> str:
    """A text with everything of it that a reader sees: where its links lead, and whether it is a draft."""
    if speech is None:
        return ""
    text = speech.text.strip()
    text = _BRACKETS.sub(
        lambda found: f"{found[0]}({speech.links[found[1]]})" if found[1] in speech.links else found[0], text
    )
    return f"(draft) {text}" if speech.draft else text


def word_by_word(before: str, after: str) -> str:
    """The difference of two texts in one, `[-gone-] {+new+}`, with long unchanged parts left out."""
    old, new = (
        [word if word.strip() else "¶" for word in _WORDS.findall(text)]  # an empty line divides paragraphs
        for text in (before, after)
    )
    parts: list[str] = []
    matches = _matches(old, new)
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(matches):
        gone, come = old[old_start:old_end], new[new_start:new_end]
        if tag == "equal":
            first, last = number == 0, number == len(matches) - 1
            parts += _shortened(gone, first, last)
        else:
            parts += [f"[-{' '.join(gone)}-]"] if gone else []
            parts += [f"{{+{' '.join(come)}+}}"] if come else []
    return " ".join(parts)


def _matches(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Which words stayed; of two very long texts, only those before the first difference and behind the last."""
    if len(old) * len(new) <= LONGEST**2:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    short = min(len(old), len(new))
    start = next((at for at in range(short) if old[at] != new[at]), short)
    end = next((at for at in range(short - start) if old[-1 - at] != new[-1 - at]), short - start)
    one, other = len(old) - end, len(new) - end
    return [
        ("equal", 0, start, 0, start),
        ("replace", start, one, start, other),
        ("equal", one, len(old), other, len(new)),
    ]


def _shortened(words: list[str], first: bool, last: bool) -> list[str]:
    start, end = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= start + end + 1:
        return words
    return [*words[:start], "…", *(words[-end:] if end else [])]
