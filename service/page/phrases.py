"""Phrases: the few words that are the page's own, in the languages in which we have them.

Countries stand in brackets or after a colon where a language would decline their names: CLDR gives the nominative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from babel import Locale
from babel.lists import format_list


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language.

    The folded line is one of `wherever` (a law that follows people) and `perhaps` (a law of which it is not known
    whether the reader is in its place), each for one country and for several, with an example after it.
    """

    language: str
    heading: str
    draft: str
    label: str
    label_long: str
    wherever: tuple[str, str]
    perhaps: tuple[str, str]
    passport: tuple[str, str]
    place: tuple[str, str]
    either: tuple[str, str]
    anonymous_heading: str
    anonymous: str

    def countries(self, codes: Sequence[str]) -> str:
        """The names of some countries as a list in words."""
        locale = Locale.parse(self.language)
        names = [NAMES.get(self.language, {}).get(code) or locale.territories.get(code, code) for code in codes]
        return format_list([_WITH_ARTICLE.get(code, "") * (self.language == "en") + name
                            for code, name in zip(codes, names, strict=True)], locale=locale)  # fmt: skip

    def folded(self, codes: Sequence[str], *, place: bool, passport: bool) -> str:
        """The one line that stands for everything that is held back."""
        several = int(len(codes) > 1)
        example = {(True, True): self.either[several], (True, False): self.place[several],
                   (False, True): self.passport[several], (False, False): ""}[place, passport]  # fmt: skip
        line = (self.perhaps if place else self.wherever)[several]
        return line.format(countries=self.countries(codes), example=example)

    def short_label(self, codes: Sequence[str]) -> str:
        """A line of at most 80 characters."""
        line = self.label.format(countries=self.countries(codes))
        return line if len(line) <= LABEL else self.label_long


LABEL = 80
"""The most characters of a label."""

NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {"HK": "Hong Kong", "MO": "Macao"},
        "ru": {"HK": "Гонконг", "MO": "Макао"},
        "be": {"HK": "Ганконг", "MO": "Макаа"},
        "uk": {"HK": "Гонконг", "MO": "Макао"},
        "fa": {"HK": "هنگ‌کنگ", "MO": "ماکائو"},
    }
)
"""Shorter names than CLDR's, which add "SAR China"."""

_WITH_ARTICLE = dict.fromkeys(
    ("AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"), "the "
)

ENGLISH = Phrases(
    language="en",
    heading="Legal risks for readers of {publisher}",
    draft="Draft translation, not yet checked by a native editor.",
    label="Legal risk for some readers: {countries}",
    label_long="Legal risk for some readers, under the laws of several countries",
    wherever=(
        "A law of {countries} may bind you wherever you are{example}. Check before you share.",
        "Laws of {countries} may bind you wherever you are{example}. Check before you share.",
    ),
    perhaps=(
        "A law of {countries} may bind you{example}. Check before you share.",
        "Laws of {countries} may bind you{example}. Check before you share.",
    ),
    passport=(", for example if you hold its passport", ", for example if you hold the passport of one of them"),
    place=(", for example if you are there", ", for example if you are in one of them"),
    either=(
        ", for example if you are there or hold its passport",
        ", for example if you are in one of them or hold its passport",
    ),
    anonymous_heading="Legal risk for some readers",
    anonymous=(
        "In some countries people can be fined or imprisoned for sharing, liking, commenting on, saving or paying for "
        "what certain websites publish, or for contacting them.\n\n"
        "If you are in such a country, live there or hold its passport, check whether its law covers this website "
        "before you do any of these."
    ),
)

RUSSIAN = Phrases(
    language="ru",
    heading="Юридические риски для читателей: {publisher}",
    draft="Черновой перевод, ещё не проверенный редактором — носителем языка.",
    label="Юридический риск для части читателей: {countries}",
    label_long="Юридический риск для части читателей по законам нескольких стран",
    wherever=(
        (
            "Где бы вы ни были, на вас может распространяться закон этой страны ({countries}){example}. "
            "Проверьте это, прежде чем делиться."
        ),
        (
            "Где бы вы ни были, на вас могут распространяться законы этих стран ({countries}){example}. "
            "Проверьте это, прежде чем делиться."
        ),
    ),
    perhaps=(
        "На вас может распространяться закон этой страны ({countries}){example}. Проверьте это, прежде чем делиться.",
        "На вас могут распространяться законы этих стран ({countries}){example}. Проверьте это, прежде чем делиться.",
    ),
    passport=(", например если у вас есть её паспорт", ", например если у вас есть паспорт одной из них"),
    place=(", например если вы там находитесь", ", например если вы находитесь в одной из них"),
    either=(
        ", например если вы там находитесь или у вас есть её паспорт",
        ", например если вы находитесь в одной из них или у вас есть её паспорт",
    ),
    anonymous_heading="Юридический риск для части читателей",
    anonymous=(
        "В некоторых странах за распространение материалов определённых сайтов, за отметки «нравится», комментарии, "
        "сохранение, оплату или связь с редакцией могут оштрафовать или лишить свободы.\n\n"
        "Если вы находитесь в такой стране, живёте там или у вас есть её паспорт, сначала проверьте, касается ли её "
        "закон этого сайта."
    ),
)

BELARUSIAN = Phrases(
    language="be",
    heading="Юрыдычныя рызыкі для чытачоў: {publisher}",
    draft="Чарнавы пераклад, яшчэ не правераны рэдактарам — носьбітам мовы.",
    label="Юрыдычная рызыка для часткі чытачоў: {countries}",
    label_long="Юрыдычная рызыка для часткі чытачоў паводле законаў некалькіх краін",
    wherever=(
        (
            "Дзе б вы ні былі, на вас можа распаўсюджвацца закон гэтай краіны ({countries}){example}. "
            "Праверце гэта, перш чым дзяліцца."
        ),
        (
            "Дзе б вы ні былі, на вас могуць распаўсюджвацца законы гэтых краін ({countries}){example}. "
            "Праверце гэта, перш чым дзяліцца."
        ),
    ),
    perhaps=(
        "На вас можа распаўсюджвацца закон гэтай краіны ({countries}){example}. Праверце гэта, перш чым дзяліцца.",
        "На вас могуць распаўсюджвацца законы гэтых краін ({countries}){example}. Праверце гэта, перш чым дзяліцца.",
    ),
    passport=(", напрыклад калі ў вас ёсць яе пашпарт", ", напрыклад калі ў вас ёсць пашпарт адной з іх"),
    place=(", напрыклад калі вы там знаходзіцеся", ", напрыклад калі вы знаходзіцеся ў адной з іх"),
    either=(
        ", напрыклад калі вы там знаходзіцеся або ў вас ёсць яе пашпарт",
        ", напрыклад калі вы знаходзіцеся ў адной з іх або ў вас ёсць яе пашпарт",
    ),
    anonymous_heading="Юрыдычная рызыка для часткі чытачоў",
    anonymous=(
        "У некаторых краінах за распаўсюджванне матэрыялаў пэўных сайтаў, за адзнакі «падабаецца», каментары, "
        "захаванне, аплату або сувязь з рэдакцыяй могуць аштрафаваць або пазбавіць волі.\n\n"
        "Калі вы знаходзіцеся ў такой краіне, жывяце там або ў вас ёсць яе пашпарт, спачатку праверце, ці тычыцца яе "
        "закон гэтага сайта."
    ),
)

UKRAINIAN = Phrases(
    language="uk",
    heading="Юридичні ризики для читачів: {publisher}",
    draft="Чорновий переклад, ще не перевірений редактором — носієм мови.",
    label="Юридичний ризик для частини читачів: {countries}",
    label_long="Юридичний ризик для частини читачів за законами кількох країн",
    wherever=(
        (
            "Де б ви не були, на вас може поширюватися закон цієї країни ({countries}){example}. "
            "Перевірте це, перш ніж ділитися."
        ),
        (
            "Де б ви не були, на вас можуть поширюватися закони цих країн ({countries}){example}. "
            "Перевірте це, перш ніж ділитися."
        ),
    ),
    perhaps=(
        "На вас може поширюватися закон цієї країни ({countries}){example}. Перевірте це, перш ніж ділитися.",
        "На вас можуть поширюватися закони цих країн ({countries}){example}. Перевірте це, перш ніж ділитися.",
    ),
    passport=(", наприклад якщо у вас є її паспорт", ", наприклад якщо у вас є паспорт однієї з них"),
    place=(", наприклад якщо ви там перебуваєте", ", наприклад якщо ви перебуваєте в одній із них"),
    either=(
        ", наприклад якщо ви там перебуваєте або у вас є її паспорт",
        ", наприклад якщо ви перебуваєте в одній із них або у вас є її паспорт",
    ),
    anonymous_heading="Юридичний ризик для частини читачів",
    anonymous=(
        "У деяких країнах за поширення матеріалів певних сайтів, за вподобання, коментарі, збереження, оплату чи "
        "зв’язок із редакцією можуть оштрафувати або позбавити волі.\n\n"
        "Якщо ви перебуваєте в такій країні, живете там або маєте її паспорт, спершу перевірте, чи стосується її "
        "закон цього сайту."
    ),
)

PERSIAN = Phrases(
    language="fa",
    heading="خطرهای حقوقی برای خوانندگان {publisher}",
    draft="ترجمهٔ پیش‌نویس؛ هنوز ویراستاری که زبان مادری‌اش فارسی است آن را بررسی نکرده است.",
    label="خطر حقوقی برای برخی خوانندگان: {countries}",
    label_long="خطر حقوقی برای برخی خوانندگان، بر پایهٔ قانون چند کشور",
    wherever=(
        ("هر جا که باشید، ممکن است قانون این کشور ({countries}) شامل حال شما شود{example}. پیش از هم‌رسانی بررسی کنید."),
        (
            "هر جا که باشید، ممکن است قانون این کشورها ({countries}) شامل حال شما شود{example}. "
            "پیش از هم‌رسانی بررسی کنید."
        ),
    ),
    perhaps=(
        "ممکن است قانون این کشور ({countries}) شامل حال شما شود{example}. پیش از هم‌رسانی بررسی کنید.",
        "ممکن است قانون این کشورها ({countries}) شامل حال شما شود{example}. پیش از هم‌رسانی بررسی کنید.",
    ),
    passport=("، برای نمونه اگر گذرنامهٔ آن را دارید", "، برای نمونه اگر گذرنامهٔ یکی از آنها را دارید"),
    place=("، برای نمونه اگر آنجا هستید", "، برای نمونه اگر در یکی از آنها هستید"),
    either=(
        "، برای نمونه اگر آنجا هستید یا گذرنامهٔ آن را دارید",
        "، برای نمونه اگر در یکی از آنها هستید یا گذرنامهٔ آن را دارید",
    ),
    anonymous_heading="خطر حقوقی برای برخی خوانندگان",
    anonymous=(
        "در برخی کشورها ممکن است کسی را برای هم‌رسانی، پسندیدن، نظر دادن، ذخیره کردن یا پرداخت پول بابت مطالب "
        "وب‌سایت‌هایی معین، یا برای تماس با آنها، جریمه یا زندانی کنند.\n\n"
        "اگر در چنین کشوری هستید، آنجا زندگی می‌کنید یا گذرنامهٔ آن را دارید، پیش از هر یک از این کارها بررسی کنید "
        "که قانون آن شامل این وب‌سایت می‌شود یا نه."
    ),
)

PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {words.language: words for words in (ENGLISH, RUSSIAN, BELARUSIAN, UKRAINIAN, PERSIAN)}
)


def phrases(language: str) -> Phrases:
    """The words in a language or, where we have none, in English; `language` of the result says which."""
    return PHRASES.get(language) or PHRASES.get(language.partition("-")[0]) or ENGLISH
