"""Words: what the check page says of its own, in the languages in which we have it.

All but the English are drafts. Names of countries stand after a colon or alone, because CLDR gives the nominative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. A question is a legend and a hint; an empty line parts the paragraphs of `limits`."""

    language: str
    title: str
    intro: str
    declined: str
    place: tuple[str, str]
    passport: tuple[str, str]
    second: tuple[str, str]
    home: tuple[str, str]
    age: tuple[str, str]
    work: tuple[str, str]
    elsewhere: str
    rest: str
    stranger: str
    stateless: str
    single: str
    also: str
    also_stranger: str
    under: str
    between: str
    over: str
    other_work: str
    results: str
    applies: str
    may_apply: str
    does_not_apply: str
    nothing: str
    old: str
    clear: str
    limits_heading: str
    limits: str


ENGLISH = Words(
    language="en",
    title="Does this apply to me?",
    intro=(
        "Answer as much as you like. “I would rather not say” always gives the more cautious result. "
        "The answers stay on this page: nothing is sent and nothing is kept."
    ),
    declined="I would rather not say",
    place=("Where are you now?", "Where you are yourself, not where your connection seems to come from."),
    passport=("Which passport do you have?", "A citizenship counts even if you have no valid passport of it."),
    second=("Do you have another passport or citizenship as well?", "Also one that you do not use."),
    home=(
        "Where do you live permanently?",
        "Also where you hold a permit to live. If several fit, choose one that is named here.",
    ),
    age=("How old are you?", ""),
    work=("What is your work?", "If several fit, choose one that is named here."),
    elsewhere="Another country or territory",
    rest="{country}: elsewhere",
    stranger="Of another country",
    stateless="None: I am stateless",
    single="No",
    also="Yes: {country}",
    also_stranger="Yes, but only of countries that are not named here",
    under="Under {to}",
    between="{from_} to {to}",
    over="{from_} or older",
    other_work="None of these",
    results="Result",
    applies="By your answers, this applies to you.",
    may_apply="By your answers, this may apply to you.",
    does_not_apply=(
        "By your answers, this law does not apply to you. That is all it says: it does not speak of other laws, "
        "nor of what officials do."
    ),
    nothing="At present there is no rule here to ask about. That does not mean that there is none.",
    old="This browser cannot react to answers. Please read for whom each text below holds.",
    clear="Clear all answers",
    limits_heading="What this page cannot do",
    limits=(
        "That you asked for this page can be seen: by this website and perhaps by your network. "
        "That alone may be taken as a sign.\n\n"
        "Your browser may list this page in its history. Whoever takes your device, looks at your screen or has a "
        "screenshot of it can see the answers that stand here.\n\n"
        "Clear the answers and close the page when you have read the result."
    ),
)

RUSSIAN = Words(
    language="ru",
    title="Касается ли это меня?",
    intro=(
        "Отвечайте только на то, на что хотите. Ответ «Не хочу говорить» всегда даёт более осторожный результат. "
        "Ответы остаются на этой странице: ничего не отправляется и ничего не сохраняется."
    ),
    declined="Не хочу говорить",
    place=("Где вы сейчас?", "Где находитесь вы сами, а не откуда как будто идёт ваше подключение."),
    passport=("Какой у вас паспорт?", "Гражданство считается, даже если действующего паспорта нет."),
    second=("Есть ли у вас ещё один паспорт или гражданство?", "В том числе те, которыми вы не пользуетесь."),
    home=(
        "Где вы постоянно живёте?",
        "В том числе где у вас есть вид на жительство. Если подходит несколько мест, выберите названное здесь.",
    ),
    age=("Сколько вам лет?", ""),
    work=("Кем вы работаете?", "Если подходит несколько ответов, выберите названное здесь занятие."),
    elsewhere="Другая страна или территория",
    rest="{country}: другое место",
    stranger="Другой страны",
    stateless="Никакого: у меня нет гражданства",
    single="Нет",
    also="Да: {country}",
    also_stranger="Да, но только стран, которые здесь не названы",
    under="Меньше {to}",
    between="От {from_} до {to}",
    over="{from_} или больше",
    other_work="Ничего из названного",
    results="Результат",
    applies="Судя по вашим ответам, это вас касается.",
    may_apply="Судя по вашим ответам, это может вас касаться.",
    does_not_apply=(
        "Судя по вашим ответам, этот закон вас не касается. Больше это ничего не значит: о других законах и о том, "
        "как поступают власти, здесь не говорится."
    ),
    nothing="Сейчас здесь нет правила, о котором можно спросить. Это не значит, что его нет вообще.",
    old="Этот браузер не умеет учитывать ответы. Прочитайте, кого касается каждый текст ниже.",
    clear="Стереть все ответы",
    limits_heading="Чего эта страница не может",
    limits=(
        "То, что вы открыли эту страницу, может быть видно: этому сайту и, возможно, вашей сети. "
        "Уже это могут счесть признаком.\n\n"
        "Браузер может сохранить эту страницу в истории. Тот, кто заберёт ваше устройство, посмотрит на экран или "
        "получит снимок экрана, увидит ответы, которые здесь отмечены.\n\n"
        "Когда прочитаете результат, сотрите ответы и закройте страницу."
    ),
)

BELARUSIAN = Words(
    language="be",
    title="Ці тычыцца гэта мяне?",
    intro=(
        "Адказвайце толькі на тое, на што хочаце. Адказ «Не хачу казаць» заўсёды дае больш асцярожны вынік. "
        "Адказы застаюцца на гэтай старонцы: нічога не адпраўляецца і нічога не захоўваецца."
    ),
    declined="Не хачу казаць",
    place=("Дзе вы цяпер?", "Дзе знаходзіцеся вы самі, а не адкуль нібыта ідзе ваша падключэнне."),
    passport=("Які ў вас пашпарт?", "Грамадзянства лічыцца, нават калі дзейнага пашпарта няма."),
    second=("Ці ёсць у вас яшчэ адзін пашпарт або грамадзянства?", "У тым ліку тыя, якімі вы не карыстаецеся."),
    home=(
        "Дзе вы пастаянна жывяце?",
        "У тым ліку дзе ў вас ёсць від на жыхарства. Калі падыходзіць некалькі адказаў, выберыце названае тут месца.",
    ),
    age=("Колькі вам гадоў?", ""),
    work=("Кім вы працуеце?", "Калі падыходзіць некалькі адказаў, выберыце названы тут занятак."),
    elsewhere="Іншая краіна або тэрыторыя",
    rest="{country}: іншае месца",
    stranger="Іншай краіны",
    stateless="Ніякага: у мяне няма грамадзянства",
    single="Не",
    also="Так: {country}",
    also_stranger="Так, але толькі краін, якія тут не названыя",
    under="Менш за {to}",
    between="Ад {from_} да {to}",
    over="{from_} або больш",
    other_work="Нічога з названага",
    results="Вынік",
    applies="Мяркуючы па вашых адказах, гэта вас тычыцца.",
    may_apply="Мяркуючы па вашых адказах, гэта можа вас тычыцца.",
    does_not_apply=(
        "Мяркуючы па вашых адказах, гэты закон вас не тычыцца. Больш гэта нічога не значыць: пра іншыя законы і пра "
        "тое, як дзейнічаюць улады, тут не гаворыцца."
    ),
    nothing="Цяпер тут няма правіла, пра якое можна спытаць. Гэта не значыць, што яго няма ўвогуле.",
    old="Гэты браўзер не ўмее ўлічваць адказы. Прачытайце, каго тычыцца кожны тэкст ніжэй.",
    clear="Сцерці ўсе адказы",
    limits_heading="Чаго гэтая старонка не можа",
    limits=(
        "Тое, што вы адкрылі гэтую старонку, можа быць відаць: гэтаму сайту і, магчыма, вашай сетцы. "
        "Ужо гэта могуць палічыць прыкметай.\n\n"
        "Браўзер можа захаваць гэтую старонку ў гісторыі. Той, хто забярэ вашу прыладу, паглядзіць на экран або "
        "атрымае здымак экрана, убачыць адказы, якія тут адзначаныя.\n\n"
        "Калі прачытаеце вынік, сатрыце адказы і закрыйце старонку."
    ),
)

UKRAINIAN = Words(
    language="uk",
    title="Чи стосується це мене?",
    intro=(
        "Відповідайте лише на те, на що хочете. Відповідь «Не хочу казати» завжди дає обережніший результат. "
        "Відповіді залишаються на цій сторінці: нічого не надсилається і нічого не зберігається."
    ),
    declined="Не хочу казати",
    place=("Де ви зараз?", "Де перебуваєте ви самі, а не звідки нібито йде ваше з’єднання."),
    passport=("Який у вас паспорт?", "Громадянство враховується, навіть якщо чинного паспорта немає."),
    second=("Чи маєте ви ще один паспорт або громадянство?", "Зокрема й ті, якими ви не користуєтеся."),
    home=(
        "Де ви постійно живете?",
        "Зокрема де у вас є дозвіл на проживання. Якщо підходить кілька відповідей, виберіть назване тут місце.",
    ),
    age=("Скільки вам років?", ""),
    work=("Ким ви працюєте?", "Якщо підходить кілька відповідей, виберіть назване тут заняття."),
    elsewhere="Інша країна або територія",
    rest="{country}: інше місце",
    stranger="Іншої країни",
    stateless="Жодного: я не маю громадянства",
    single="Ні",
    also="Так: {country}",
    also_stranger="Так, але лише країн, яких тут не названо",
    under="Менше ніж {to}",
    between="Від {from_} до {to}",
    over="{from_} або більше",
    other_work="Нічого з названого",
    results="Результат",
    applies="За вашими відповідями, це вас стосується.",
    may_apply="За вашими відповідями, це може вас стосуватися.",
    does_not_apply=(
        "За вашими відповідями, цей закон вас не стосується. Більше це нічого не означає: про інші закони і про те, "
        "як діє влада, тут не йдеться."
    ),
    nothing="Зараз тут немає правила, про яке можна запитати. Це не означає, що його немає взагалі.",
    old="Цей браузер не вміє враховувати відповіді. Прочитайте, кого стосується кожен текст нижче.",
    clear="Стерти всі відповіді",
    limits_heading="Чого ця сторінка не може",
    limits=(
        "Те, що ви відкрили цю сторінку, може бути видно: цьому сайту і, можливо, вашій мережі. "
        "Уже це можуть вважати ознакою.\n\n"
        "Браузер може зберегти цю сторінку в історії. Той, хто забере ваш пристрій, подивиться на екран або отримає "
        "знімок екрана, побачить відповіді, які тут позначено.\n\n"
        "Коли прочитаєте результат, зітріть відповіді й закрийте сторінку."
    ),
)

PERSIAN = Words(
    language="fa",
    title="آیا این شامل حال من می‌شود؟",
    intro=(
        "فقط به آنچه می‌خواهید پاسخ دهید. «ترجیح می‌دهم نگویم» همیشه نتیجهٔ محتاطانه‌تر را می‌دهد. "
        "پاسخ‌ها در همین صفحه می‌مانند: چیزی فرستاده و چیزی نگه داشته نمی‌شود."
    ),
    declined="ترجیح می‌دهم نگویم",
    place=("اکنون کجا هستید؟", "جایی که خودتان هستید، نه جایی که اتصال شما از آن به نظر می‌رسد."),
    passport=("چه گذرنامه‌ای دارید؟", "تابعیت به حساب می‌آید، حتی اگر گذرنامهٔ معتبر آن را نداشته باشید."),
    second=("آیا گذرنامه یا تابعیت دیگری هم دارید؟", "حتی اگر از آن استفاده نمی‌کنید."),
    home=(
        "محل زندگی دائم شما کجاست؟",
        "جایی که در آن اجازهٔ اقامت دارید نیز به حساب می‌آید. اگر چند جا درست است، جایی را انتخاب کنید که اینجا آمده.",
    ),
    age=("چند سال دارید؟", ""),
    work=("کار شما چیست؟", "اگر چند پاسخ درست است، کاری را که اینجا نام برده شده انتخاب کنید."),
    elsewhere="کشور یا سرزمینی دیگر",
    rest="{country}: جایی دیگر",
    stranger="گذرنامهٔ کشوری دیگر",
    stateless="هیچ‌کدام: بی‌تابعیت هستم",
    single="خیر",
    also="بله: {country}",
    also_stranger="بله، اما فقط از کشورهایی که اینجا نام برده نشده‌اند",
    under="کمتر از {to}",
    between="از {from_} تا {to}",
    over="{from_} یا بیشتر",
    other_work="هیچ‌کدام از اینها",
    results="نتیجه",
    applies="بر پایهٔ پاسخ‌های شما، این شامل حال شما می‌شود.",
    may_apply="بر پایهٔ پاسخ‌های شما، ممکن است این شامل حال شما شود.",
    does_not_apply=(
        "بر پایهٔ پاسخ‌های شما، این قانون شامل حال شما نمی‌شود. معنای آن بیش از این نیست: از قانون‌های دیگر و از آنچه "
        "مأموران می‌کنند چیزی نمی‌گوید."
    ),
    nothing="اکنون قاعده‌ای نیست که بتوان اینجا درباره‌اش پرسید. این بدان معنا نیست که هیچ قاعده‌ای وجود ندارد.",
    old="این مرورگر نمی‌تواند پاسخ‌ها را در نظر بگیرد. لطفاً بخوانید که هر متن زیر شامل چه کسانی می‌شود.",
    clear="پاک کردن همهٔ پاسخ‌ها",
    limits_heading="آنچه از این صفحه برنمی‌آید",
    limits=(
        "باز کردن این صفحه دیده می‌شود: این وب‌سایت و شاید شبکهٔ شما آن را می‌بینند. همین ممکن است نشانه‌ای به شمار آید.\n\n"
        "مرورگر ممکن است این صفحه را در تاریخچه نگه دارد. کسی که دستگاه شما را بگیرد، به صفحهٔ آن نگاه کند یا تصویری "
        "از آن داشته باشد، پاسخ‌هایی را که اینجا انتخاب شده‌اند می‌بیند.\n\n"
        "پس از خواندن نتیجه، پاسخ‌ها را پاک کنید و صفحه را ببندید."
    ),
)

WORDS: Mapping[str, Words] = MappingProxyType(
    {words.language: words for words in (ENGLISH, RUSSIAN, BELARUSIAN, UKRAINIAN, PERSIAN)}
)


def words_in(language: str) -> Words:
    """The words in a language or, where we have none, in English; `language` of the result says which."""
    return WORDS.get(language) or WORDS.get(language.partition("-")[0]) or ENGLISH
