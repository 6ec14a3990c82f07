"""Caution: the short sentences beside a button, in the languages in which we have them.

They are built from what the law data say of an act and from the names of countries, and from nothing else. What the
authorities have warned of is never worded as what the law says. All but the English are drafts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..law.act import Basis, Risk

Forms = tuple[str, str]
"""A sentence about one country, and about several."""


@dataclass(frozen=True, slots=True)
class Caution:
    """The words of one language; the slots are `{countries}`, `{threat}` and `{outcome}`.

    `acts`: an act as a heading. `threat`: to some readers, to this one. `outcomes`: of an administrative and of a
    criminal risk, and of the first where the second is for whoever does it again. `sentences`: by what they rest on.
    `unclear`, `warned`: where the law is not clear, the second where the authorities have warned. `general`: where
    nothing is known but that there are such laws.
    """

    language: str
    acts: Mapping[str, str]
    threat: tuple[str, str]
    outcomes: tuple[str, str, str]
    sentences: Mapping[Basis, Forms]
    unclear: Forms
    warned: Forms
    none: Forms
    not_stated: str
    general: str

    def says(self, risk: Risk, repeated: Risk | None, basis: Basis, countries: str, several: bool, you: bool) -> str:
        """One sentence: what an act can lead to under the laws of some countries, for this reader or for some."""
        number = int(several)
        if risk is Risk.NONE and repeated is None:
            return self.none[number].format(countries=countries)
        if max(risk.loudness, repeated.loudness if repeated else 0) <= Risk.UNCLEAR.loudness:
            forms = self.warned if basis is Basis.OFFICIAL_WARNING else self.unclear
            return forms[number].format(countries=countries)
        outcome = self.outcomes[0] if risk is Risk.ADMINISTRATIVE else self.outcomes[1]
        if repeated is Risk.CRIMINAL and risk is not Risk.CRIMINAL:
            outcome = self.outcomes[2]
        threat = self.threat[int(you)].format(outcome=outcome)
        return self.sentences[basis][number].format(countries=countries, threat=threat)


def _acts(*names: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(_NAMED, names, strict=True)))


_NAMED = (
    "read", "read_habitually", "search", "follow", "pay_subscribe", "like", "comment", "share", "share_privately",
    "link", "save", "contact", "send_material", "donate",
)  # fmt: skip

ENGLISH = Caution(
    language="en",
    acts=_acts(
        "Reading", "Reading regularly", "Searching", "Following", "Paying for a subscription", "Liking", "Commenting",
        "Sharing", "Sharing privately", "Linking", "Saving", "Contacting us", "Sending us material", "Donating",
    ),
    threat=("some readers can face {outcome}", "you can face {outcome}"),
    outcomes=(
        "a fine or another penalty",
        "criminal prosecution",
        "a fine or another penalty and, the second time, criminal prosecution",
    ),
    sentences=MappingProxyType({
        Basis.STATUTE: ("Under the law of {countries}, {threat}.", "Under the laws of {countries}, {threat}."),
        Basis.OFFICIAL_WARNING: ("The authorities of {countries} have warned that {threat}.",) * 2,
        Basis.PRACTICE: (
            "As the law of {countries} is applied, {threat}.", "As the laws of {countries} are applied, {threat}."
        ),
        Basis.PUBLISHER: ("The publisher warns ({countries}): {threat}.",) * 2,
    }),
    unclear=(
        "It is not clear whether the law of {countries} punishes this.",
        "It is not clear whether the laws of {countries} punish this.",
    ),
    warned=(
        "The authorities of {countries} have warned against this; it is not clear whether the law punishes it.",
        "The authorities of {countries} have warned against this; it is not clear whether their laws punish it.",
    ),
    none=(
        "As far as is known, the law of {countries} does not punish this.",
        "As far as is known, the laws of {countries} do not punish this.",
    ),
    not_stated="We do not say whether this is punished. That does not make it safe.",
    general="This can be punished in some countries. Read first what is said here about the law.",
)  # fmt: skip

RUSSIAN = Caution(
    language="ru",
    acts=_acts(
        "Чтение", "Регулярное чтение", "Поиск", "Подписка", "Платная подписка", "Отметка «нравится»", "Комментарий",
        "Распространение", "Пересылка", "Ссылка", "Сохранение", "Связь с редакцией", "Отправка материалов",
        "Пожертвование",
    ),
    threat=("некоторым читателям может грозить {outcome}", "вам может грозить {outcome}"),
    outcomes=(
        "штраф или другое наказание",
        "уголовное преследование",
        "штраф или другое наказание, а во второй раз — уголовное преследование",
    ),
    sentences=MappingProxyType({
        Basis.STATUTE: (
            "По закону этой страны ({countries}) {threat}.", "По законам этих стран ({countries}) {threat}."
        ),
        Basis.OFFICIAL_WARNING: (
            "Власти этой страны ({countries}) предупредили: {threat}.",
            "Власти этих стран ({countries}) предупредили: {threat}.",
        ),
        Basis.PRACTICE: (
            "Судя по тому, как применяется закон этой страны ({countries}), {threat}.",
            "Судя по тому, как применяются законы этих стран ({countries}), {threat}.",
        ),
        Basis.PUBLISHER: ("Редакция предупреждает ({countries}): {threat}.",) * 2,
    }),
    unclear=(
        "Неясно, наказывает ли за это закон этой страны ({countries}).",
        "Неясно, наказывают ли за это законы этих стран ({countries}).",
    ),
    warned=(
        "Власти этой страны ({countries}) предостерегают от этого; наказывает ли за это закон, неясно.",
        "Власти этих стран ({countries}) предостерегают от этого; наказывают ли за это их законы, неясно.",
    ),
    none=(
        "Насколько известно, закон этой страны ({countries}) за это не наказывает.",
        "Насколько известно, законы этих стран ({countries}) за это не наказывают.",
    ),
    not_stated="Мы не говорим, наказывают ли за это. Это не значит, что это безопасно.",
    general="В некоторых странах за это могут наказать. Сначала прочитайте, что здесь сказано о законе.",
)  # fmt: skip

BELARUSIAN = Caution(
    language="be",
    acts=_acts(
        "Чытанне", "Рэгулярнае чытанне", "Пошук", "Падпіска", "Платная падпіска", "Адзнака «падабаецца»", "Каментар",
        "Распаўсюджванне", "Перасылка", "Спасылка", "Захаванне", "Сувязь з рэдакцыяй", "Адпраўка матэрыялаў",
        "Ахвяраванне",
    ),
    threat=("некаторым чытачам можа пагражаць {outcome}", "вам можа пагражаць {outcome}"),
    outcomes=(
        "штраф або іншае пакаранне",
        "крымінальны пераслед",
        "штраф або іншае пакаранне, а другі раз — крымінальны пераслед",
    ),
    sentences=MappingProxyType({
        Basis.STATUTE: (
            "Паводле закона гэтай краіны ({countries}) {threat}.",
            "Паводле законаў гэтых краін ({countries}) {threat}.",
        ),
        Basis.OFFICIAL_WARNING: (
            "Улады гэтай краіны ({countries}) папярэдзілі: {threat}.",
            "Улады гэтых краін ({countries}) папярэдзілі: {threat}.",
        ),
        Basis.PRACTICE: (
            "Мяркуючы па тым, як прымяняецца закон гэтай краіны ({countries}), {threat}.",
            "Мяркуючы па тым, як прымяняюцца законы гэтых краін ({countries}), {threat}.",
        ),
        Basis.PUBLISHER: ("Рэдакцыя папярэджвае ({countries}): {threat}.",) * 2,
    }),
    unclear=(
        "Няясна, ці карае за гэта закон гэтай краіны ({countries}).",
        "Няясна, ці караюць за гэта законы гэтых краін ({countries}).",
    ),
    warned=(
        "Улады гэтай краіны ({countries}) перасцерагаюць ад гэтага; ці карае за гэта закон, няясна.",
        "Улады гэтых краін ({countries}) перасцерагаюць ад гэтага; ці караюць за гэта іх законы, няясна.",
    ),
    none=(
        "Наколькі вядома, закон гэтай краіны ({countries}) за гэта не карае.",
        "Наколькі вядома, законы гэтых краін ({countries}) за гэта не караюць.",
    ),
    not_stated="Мы не гаворым, ці караюць за гэта. Гэта не значыць, што гэта бяспечна.",
    general="У некаторых краінах за гэта могуць пакараць. Спачатку прачытайце, што тут сказана пра закон.",
)  # fmt: skip

UKRAINIAN = Caution(
    language="uk",
    acts=_acts(
        "Читання", "Регулярне читання", "Пошук", "Підписка", "Платна підписка", "Вподобання", "Коментар", "Поширення",
        "Пересилання", "Посилання", "Збереження", "Зв’язок із редакцією", "Надсилання матеріалів", "Пожертва",
    ),
    threat=("деяким читачам може загрожувати {outcome}", "вам може загрожувати {outcome}"),
    outcomes=(
        "штраф або інше покарання",
        "кримінальне переслідування",
        "штраф або інше покарання, а вдруге — кримінальне переслідування",
    ),
    sentences=MappingProxyType({
        Basis.STATUTE: (
            "За законом цієї країни ({countries}) {threat}.", "За законами цих країн ({countries}) {threat}."
        ),
        Basis.OFFICIAL_WARNING: (
            "Влада цієї країни ({countries}) попередила: {threat}.",
            "Влада цих країн ({countries}) попередила: {threat}.",
        ),
        Basis.PRACTICE: (
            "Судячи з того, як застосовують закон цієї країни ({countries}), {threat}.",
            "Судячи з того, як застосовують закони цих країн ({countries}), {threat}.",
        ),
        Basis.PUBLISHER: ("Редакція попереджає ({countries}): {threat}.",) * 2,
    }),
    unclear=(
        "Неясно, чи карає за це закон цієї країни ({countries}).",
        "Неясно, чи карають за це закони цих країн ({countries}).",
    ),
    warned=(
        "Влада цієї країни ({countries}) застерігає від цього; чи карає за це закон, неясно.",
        "Влада цих країн ({countries}) застерігає від цього; чи карають за це їхні закони, неясно.",
    ),
    none=(
        "Наскільки відомо, закон цієї країни ({countries}) за це не карає.",
        "Наскільки відомо, закони цих країн ({countries}) за це не карають.",
    ),
    not_stated="Ми не кажемо, чи карають за це. Це не означає, що це безпечно.",
    general="У деяких країнах за це можуть покарати. Спершу прочитайте, що тут сказано про закон.",
)  # fmt: skip

PERSIAN = Caution(
    language="fa",
    acts=_acts(
        "خواندن", "خواندن پیوسته", "جست‌وجو", "دنبال کردن", "اشتراک پولی", "پسندیدن", "نظر دادن", "هم‌رسانی",
        "هم‌رسانی خصوصی", "پیوند دادن", "ذخیره کردن", "تماس با ما", "فرستادن مطلب برای ما", "کمک مالی",
    ),
    threat=("ممکن است برخی خوانندگان با {outcome} روبه‌رو شوند", "ممکن است شما با {outcome} روبه‌رو شوید"),
    outcomes=(
        "جریمه یا مجازاتی دیگر",
        "پیگرد کیفری",
        "جریمه یا مجازاتی دیگر و، بار دوم، پیگرد کیفری",
    ),
    sentences=MappingProxyType({
        Basis.STATUTE: (
            "بر پایهٔ قانون این کشور ({countries})، {threat}.", "بر پایهٔ قانون این کشورها ({countries})، {threat}."
        ),
        Basis.OFFICIAL_WARNING: (
            "مقام‌های این کشور ({countries}) هشدار داده‌اند که {threat}.",
            "مقام‌های این کشورها ({countries}) هشدار داده‌اند که {threat}.",
        ),
        Basis.PRACTICE: (
            "آن‌گونه که قانون این کشور ({countries}) اجرا می‌شود، {threat}.",
            "آن‌گونه که قانون این کشورها ({countries}) اجرا می‌شود، {threat}.",
        ),
        Basis.PUBLISHER: ("ناشر هشدار می‌دهد ({countries}): {threat}.",) * 2,
    }),
    unclear=(
        "روشن نیست که قانون این کشور ({countries}) این کار را مجازات می‌کند یا نه.",
        "روشن نیست که قانون این کشورها ({countries}) این کار را مجازات می‌کند یا نه.",
    ),
    warned=(
        "مقام‌های این کشور ({countries}) نسبت به این کار هشدار داده‌اند؛ روشن نیست که قانون آن را مجازات می‌کند یا نه.",
        "مقام‌های این کشورها ({countries}) نسبت به این کار هشدار داده‌اند؛ روشن نیست که قانون آن را مجازات می‌کند یا نه.",
    ),
    none=(
        "تا جایی که می‌دانیم، قانون این کشور ({countries}) این کار را مجازات نمی‌کند.",
        "تا جایی که می‌دانیم، قانون این کشورها ({countries}) این کار را مجازات نمی‌کند.",
    ),
    not_stated="نمی‌گوییم که این کار مجازات دارد یا نه. این به آن معنا نیست که بی‌خطر است.",
    general="در برخی کشورها ممکن است این کار مجازات داشته باشد. نخست آنچه را اینجا دربارهٔ قانون آمده است بخوانید.",
)  # fmt: skip

CAUTIONS: Mapping[str, Caution] = MappingProxyType(
    {words.language: words for words in (ENGLISH, RUSSIAN, BELARUSIAN, UKRAINIAN, PERSIAN)}
)
"""By language: the same languages as the page's other words."""
