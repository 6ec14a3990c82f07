"""Label: what a law prescribes for a label, as a memo has it: its versions, texts, elements and form, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date

from ...law.prescribed import Look, Prescribed, Showing
from .document import Block, Item, Items, Paragraph, Quote


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `{}` stands for what a rule file says."""

    since: str
    one_of: str
    from_order: str
    elements: str
    when: str
    same_language: str
    linked: str
    slot: str
    form: str
    media: Mapping[str, str]
    manners: Mapping[str, str]
    showing: tuple[str, str, str, str]
    every_item: str
    judged: str


ENGLISH = Words(
    since="From {}:",
    one_of="One of these texts, letter for letter; each is printed with its SHA-256.",
    from_order="The text comes with each order, and stands in the register beside it.",
    elements="No text is fixed. The publisher's own words have to say:",
    when=" – only if: {}",
    same_language="It has to be in the language of the material.",
    linked="It has to be a link.",
    slot="In the place {}: {}.",
    form="How it has to look or sound, as the sources say it. Nothing of this is computed; whoever lays it out answers "
    "for it.",
    media={
        "any": "In every medium", "text": "Text", "page": "Page of a website", "image": "Image", "video": "Video",
        "audio": "Audio", "broadcast": "Broadcast", "print": "Print", "film": "Film", "interactive": "Interactive",
    },
    manners={
        "placement": "where: {}", "size": "how large: {}", "contrast": "how it stands out: {}",
        "colours": "colours: {}", "duration": "for how long: {}", "dismiss": "how it may go away: {}",
        "appended": "behind it: {}",
    },
    showing=("shown at {}", "for {}", "over {}", "until {}"),
    every_item="on every item",
    judged="for a person to judge: {}",
)  # fmt: skip

RUSSIAN = Words(
    since="С {}:",
    one_of="Один из этих текстов дословно; при каждом его SHA-256.",
    from_order="Текст приходит с каждым предписанием и стоит при нём в перечне.",
    elements="Текст не закреплён. Слова издания должны сообщать следующее:",
    when=" – только если: {}",
    same_language="На языке самого материала.",
    linked="Это должна быть ссылка.",
    slot="На месте {}: {}.",
    form="Как это должно выглядеть или звучать, по словам источников. Ничто из этого не вычисляется; отвечает тот, кто "
    "размещает.",
    media={
        "any": "Везде", "text": "Текст", "page": "Страница сайта", "image": "Изображение", "video": "Видео",
        "audio": "Звук", "broadcast": "Эфир", "print": "Печать", "film": "Фильм", "interactive": "Диалог",
    },
    manners={
        "placement": "где: {}", "size": "размер: {}", "contrast": "как выделяется: {}", "colours": "цвета: {}",
        "duration": "как долго: {}", "dismiss": "как можно убрать: {}", "appended": "после него: {}",
    },
    showing=("показывается: {}", "в течение {}", "на площади {}", "пока не: {}"),
    every_item="на каждом материале",
    judged="на усмотрение человека: {}",
)  # fmt: skip

WORDS: Mapping[str, Words] = {"en": ENGLISH, "ru": RUSSIAN}


def prescribed_label(
    prescribed: Prescribed, language: str, source: Callable[[str], str], locked: str
) -> Iterator[Block]:
    """Every version; `source` gives the number of a citation, `locked` is said of a text with its hash."""
    words = WORDS[language]
    for version in prescribed.versions:
        because = source(version.because)
        if version.since:
            day = format_date(version.since.first(), "long", language) if version.since.day else str(version.since)
            yield Paragraph(words.since.format(day) + because)
        if version.others:
            yield Paragraph(words.one_of + because)
        elif version.text:
            yield Paragraph(locked.format(version.hash) + because)
        if version.text:
            for text, hash in ((version.text, version.hash), *((one.text, one.hash) for one in version.others)):
                yield quote(text, version.language)
                if version.others:
                    yield Paragraph(f"SHA-256 {hash}")
        if version.from_order:
            yield Paragraph(words.from_order + because)
        if version.elements:
            yield Paragraph(words.elements + because)
            yield Items(
                tuple(
                    Item(one.say + (words.when.format(one.when) if one.when else "") + source(one.because))
                    for one in version.elements
                )
            )
        if version.follows:
            yield Paragraph(words.same_language)
        if version.linked:
            yield Paragraph(words.linked)
        for name, slot in version.slots.items():
            if slot.of:
                yield Paragraph(words.slot.format(name, ", ".join(slot.of)))
        if version.looks:
            yield Paragraph(words.form)
            yield Items(tuple(_look(look, words, source) for look in version.looks))


def _look(look: Look, words: Words, source: Callable[[str], str]) -> Item:
    below = [words.manners[manner].format(said) for manner, said in look.manners.items()]
    below += [_showing(one, words) for one in look.shows]
    below += [words.every_item] if look.every_item else []
    below += [words.judged.format(one) for one in look.judged]
    return Item(words.media[look.medium] + source(look.because), tuple(map(Item, below)))


def _showing(one: Showing, words: Words) -> str:
    said = zip(words.showing, (one.at, one.lasts, one.covers, one.dismiss), strict=True)
    return ", ".join(form.format(value) for form, value in said if value)


def quote(text: str, language: str) -> Quote:
    """Words that are served to readers."""
    return Quote(text, language, Locale.parse(language, sep="-").text_direction)
