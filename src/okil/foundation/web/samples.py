"""What the living style page shows: one example of every component, in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise, lazy

from okil.foundation.web.forms import (
    DayField,
    MomentField,
    OkilForm,
    TextsFormField,
    answer_with_note,
)
from okil.foundation.web.languages import Texts


def _in_the_readers_language(ru: str, kk: str, en: str) -> str:
    return str(Texts(ru=ru, kk=kk, en=en))


_t = lazy(_in_the_readers_language, str)

WORDS = {
    "title": _t("Элементы", "Элементтер", "Components"),
    "lead": _t(
        "Всё, из чего собраны страницы.",
        "Беттер құралатын бөліктердің бәрі.",
        "Everything that pages are made of.",
    ),
    "text": _t("Текст", "Мәтін", "Text"),
    "heading": _t("Второй заголовок", "Екінші тақырып", "Second heading"),
    "smaller": _t("Третий заголовок", "Үшінші тақырып", "Third heading"),
    "plain": _t(
        "Обычный текст, строка не длиннее сорока знаков ширины.",
        "Кәдімгі мәтін; жол тым ұзын болмайды, көзге жеңіл оқылады.",
        "Plain text; a line is never too long to read.",
    ),
    "link": _t("Ссылка подчёркнута", "Сілтеменің асты сызылады", "A link is underlined"),
    "line": _t("Линия этапов", "Кезеңдер сызығы", "The stage line"),
    "states": _t("Состояния", "Күйлер", "States"),
    "buttons": _t("Кнопки", "Батырмалар", "Buttons"),
    "first": _t("Главное действие", "Басты әрекет", "First action"),
    "second": _t("Второе", "Екінші", "Second"),
    "final": _t("Необратимое", "Қайтарылмайтын", "Cannot be undone"),
    "blocked": _t("Пока нельзя", "Әзірге болмайды", "Not yet"),
    "why": _t(
        "Станет возможно, когда выполнены все три пункта.",
        "Үш тармақ та орындалғанда мүмкін болады.",
        "Possible when all three points are done.",
    ),
    "third": _t("Третье – ссылкой", "Үшіншісі – сілтеме", "The third is a link"),
    "notices": _t("Сообщения", "Хабарлар", "Notices"),
    "note": _t(
        "Заметка на полях: пояснение к строке рядом.",
        "Шеттегі ескертпе: қатардағы жолға түсінік.",
        "A note in the margin explains the line beside it.",
    ),
    "gap": _t(
        "Положение об этом молчит.",
        "Ереже бұл туралы үндемейді.",
        "The regulation says nothing about this.",
    ),
    "fields": _t("Поля", "Өрістер", "Fields"),
    "send": _t("Отправить", "Жіберу", "Send"),
    "table": _t("Таблица", "Кесте", "Table"),
    "document": _t("Документ", "Құжат", "Document"),
    "day": _t("Дата", "Күні", "Date"),
    "size": _t("Размер", "Көлемі", "Size"),
    "regulation": _t("Положение о выборах", "Сайлау туралы ереже", "Election Regulation"),
    "candidates": _t("Список кандидатов", "Кандидаттар тізімі", "List of candidates"),
    "tasks": _t("Чего не хватает", "Не жетіспейді", "What is missing"),
    "task": _t(
        "Назвать третьего члена комиссии",
        "Комиссияның үшінші мүшесін атау",
        "Name the third commission member",
    ),
    "task_why": _t(
        "В комиссии двое, по Положению – трое.",
        "Комиссияда екі адам бар, Ереже бойынша үшеу керек.",
        "The commission has two members; the regulation asks for three.",
    ),
    "remind": _t("Напомнить", "Еске салу", "Remind"),
    "not_done": _t("Не сделано", "Істелмеген", "Not done"),
    "who": _t("Кто: организатор", "Кім: ұйымдастырушы", "Who: the organiser"),
    "facts": _t("Сводка", "Мәліметтер", "Facts"),
    "history": _t("История", "Тарихы", "History"),
    "questions": _t(
        "Вопрос перед необратимым",
        "Қайтарылмайтын әрекет алдындағы сұрақ",
        "A question before what cannot be undone",
    ),
    "nothing": _t("Пусто", "Бос орын", "Nothing here"),
    "tabs": _t("Вкладки и страницы", "Қойындылар мен беттер", "Tabs and pages"),
    "dates": _t("Числа и даты", "Сандар мен күндер", "Numbers and dates"),
    "sign_in": _t("Вход", "Кіру", "Sign-in"),
    "codes": _t("Запасные коды", "Қосалқы кодтар", "Recovery codes"),
}

STAGES = [
    {
        "name": _t("Подготовка", "Дайындық", "Preparation"),
        "note": _t("до 14\xa0августа", "14\xa0тамызға дейін", "by 14\xa0August"),
        "status": "done",
    },
    {
        "name": _t("Объявление", "Хабарландыру", "Announcement"),
        "note": _t("15\xa0августа", "15\xa0тамыз", "15\xa0August"),
        "status": "done",
    },
    {
        "name": _t("Регистрация", "Тіркеу", "Registration"),
        "note": _t(
            "сейчас, до 2\xa0сентября", "қазір, 2\xa0қыркүйекке дейін", "now, until 2\xa0September"
        ),
        "status": "current",
    },
    {
        "name": _t("Список кандидатов", "Кандидаттар тізімі", "Candidate list"),
        "note": _t("до 6\xa0сентября", "6\xa0қыркүйекке дейін", "by 6\xa0September"),
        "status": "next",
    },
    {
        "name": _t("Голосование", "Дауыс беру", "Voting"),
        "note": _t("до 12\xa0сентября", "12\xa0қыркүйекке дейін", "until 12\xa0September"),
        "status": "next",
    },
    {
        "name": _t("Результаты", "Нәтижелер", "Results"),
        "note": _t("до 23\xa0сентября", "23\xa0қыркүйекке дейін", "by 23\xa0September"),
        "status": "next",
    },
]

MARKS = [
    ("ok", _t("Выполнено", "Орындалды", "Done")),
    ("now", _t("Сейчас", "Қазір", "Now")),
    ("wait", _t("Ждёт", "Күтуде", "Waiting")),
    ("warn", _t("Внимание", "Назар аударыңыз", "Attention")),
    ("bad", _t("Нарушено", "Бұзылған", "Broken")),
    ("gap", _t("Не урегулировано", "Реттелмеген", "Not regulated")),
    ("stop", _t("Приостановлено", "Тоқтата тұрылды", "Suspended")),
]

NOTICES = [
    {
        "kind": "",
        "title": _t("Идёт голосование", "Дауыс беру жүріп жатыр", "Voting is open"),
        "text": _t(
            "До четверга, 12\xa0сентября, 18:00.",
            "Бейсенбі, 12\xa0қыркүйек, 18:00-ге дейін.",
            "Until Thursday, 12\xa0September, 18:00.",
        ),
    },
    {
        "kind": "ok",
        "title": _t("Заявка отправлена", "Өтінім жіберілді", "The application is sent"),
        "text": _t(
            "Номер 17. Мы напишем, когда комиссия решит.",
            "Нөмірі 17. Комиссия шешкенде хабарлаймыз.",
            "Number 17. We write when the commission has decided.",
        ),
    },
    {
        "kind": "warn",
        "title": _t("Осталось два дня", "Екі күн қалды", "Two days are left"),
        "text": _t(
            "Без третьего члена комиссии этап не закроется.",
            "Комиссияның үшінші мүшесінсіз кезең жабылмайды.",
            "Without a third commission member the stage does not close.",
        ),
    },
    {
        "kind": "bad",
        "title": _t("Не отправлено", "Жіберілмеді", "Not sent"),
        "text": _t(
            "Всё, что вы ввели, осталось на месте.",
            "Енгізгеніңіздің бәрі орнында.",
            "Everything you typed is still there.",
        ),
    },
]

QUESTION = {
    "summary": _t("Отозвать заявку", "Өтінімді қайтарып алу", "Withdraw the application"),
    "question": _t(
        "Отозвать заявку 17?", "17-өтінімді қайтарып аласыз ба?", "Withdraw application 17?"
    ),
    "text": _t(
        "Данные уничтожим сразу. Подать снова можно до 12\xa0сентября.",
        "Деректер бірден жойылады. 12\xa0қыркүйекке дейін қайта беруге болады.",
        "Its data are destroyed at once. You may apply again until 12\xa0September.",
    ),
    "button": _t("Отозвать", "Қайтарып алу", "Withdraw"),
    "keep": _t("Оставить", "Қалдыру", "Keep it"),
}

EMPTY = {
    "title": _t("Жалоб нет.", "Шағым жоқ.", "There are no complaints."),
    "text": _t(
        "Срок подачи – до 13\xa0сентября, 18:00.",
        "Беру мерзімі – 13\xa0қыркүйек, 18:00-ге дейін.",
        "They may be made until 13\xa0September, 18:00.",
    ),
    "link": _t("Как подать жалобу", "Шағымды қалай беруге болады", "How to complain"),
}

TABS = [
    {"url": "#main", "text": _t("Обзор", "Шолу", "Overview"), "current": False},
    {"url": "#main", "text": _t("Заявки", "Өтінімдер", "Applications"), "current": True},
    {"url": "#main", "text": _t("Положение", "Ереже", "Regulation"), "current": False},
]

FACTS = [
    {
        "term": _t("Организатор", "Ұйымдастырушы", "Organiser"),
        "value": _t("Лавандина Вера", "Лавандина Вера", "Lavandina Vera"),
    },
    {
        "term": _t("Голосование", "Дауыс беру", "Vote"),
        "value": _t("тайное, прямое", "жасырын, тікелей", "secret, direct"),
    },
]


class SampleForm(OkilForm):
    nick = forms.CharField(
        label=_t("Как к вам обращаться", "Сізге қалай жүгінеміз", "How to call you"),
        help_text=_t(
            "Любое имя. Можно оставить пустым.",
            "Кез келген ат. Бос қалдыруға болады.",
            "Any name. You may leave it empty.",
        ),
        required=False,
        widget=forms.TextInput({"class": "mid", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_t("Код", "Код", "Code"),
        error_messages={
            "min_length": _t(
                "Не хватает двух знаков: в коде их десять",
                "Екі таңба жетпейді: кодта он таңба бар",
                "Two signs are missing: a code has ten",
            )
        },
        min_length=9,
        widget=forms.TextInput({"class": "digits", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=_t("Регион", "Өңір", "Region"),
        choices=[
            ("", _t("Выберите", "Таңдаңыз", "Choose")),
            ("a", _t("г. Астана", "Астана қ.", "Astana")),
        ],
        widget=forms.Select({"class": "mid"}),
    )
    day = DayField(label=_t("Дата собрания", "Жиналыс күні", "Day of the meeting"))
    opens = MomentField(
        label=_t("Начало голосования", "Дауыс берудің басталуы", "Voting opens"),
        zone="Asia/Almaty",
    )
    name = TextsFormField(label=_t("Название", "Атауы", "Name"))
    way = forms.ChoiceField(
        label=_t(
            "Как сообщить вам код", "Кодты сізге қалай жеткіземіз", "How to bring you the code"
        ),
        choices=[
            (
                "o",
                _t(
                    "Передать через организацию",
                    "Ұйым арқылы беру",
                    "Through the organisation",
                ),
            ),
            (
                "p",
                answer_with_note(
                    _t("Лично, на собрании", "Жиналыста, өз қолына", "In person, at the meeting"),
                    _t(
                        "В запечатанном конверте",
                        "Мөрленген конвертте",
                        "In a sealed envelope",
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=_t(
            "Согласен, что эти данные используют только для этих выборов",
            "Бұл деректер тек осы сайлау үшін пайдаланылатынына келісемін",
            "I agree that these data are used for this election only",
        ),
        help_text=_t(
            "Согласие можно отозвать до начала голосования.",
            "Келісімді дауыс беру басталғанға дейін қайтарып алуға болады.",
            "You may take this back until voting begins.",
        ),
    )


@dataclass(frozen=True)
class SampleEntry:
    at: datetime
    sentence: str | Promise
    role: str | Promise
    actor_number: int | None


HISTORY = [
    SampleEntry(
        datetime(2024, 9, 2, 5, 20, tzinfo=UTC),
        _t(
            "Регистрация продлена до 12\xa0сентября: один кандидат на два места.",
            "Тіркеу 12\xa0қыркүйекке дейін ұзартылды: екі орынға бір кандидат.",
            "Registration was extended to 12\xa0September: one candidate for two seats.",
        ),
        _t("организатор", "ұйымдастырушы", "organiser"),
        12,
    )
]


def samples() -> dict[str, Any]:
    typed = {"code": "K7WQ-3MX", "region": "a", "day_0": "31", "day_1": "9", "day_2": "2024"}
    return {
        "words": WORDS,
        "stages": STAGES,
        "marks": MARKS,
        "notices": NOTICES,
        "question": QUESTION,
        "empty": EMPTY,
        "tabs": TABS,
        "facts": FACTS,
        "entries": HISTORY,
        "sample_form": SampleForm(typed),
        "page": Paginator(range(70), 10).page(2),
        "deadline": date(2024, 9, 12),
        "closes_at": datetime(2024, 9, 12, 13, 0, tzinfo=UTC),
        "first_day": date(2024, 8, 19),
        "codes": ["k7wq-3mx9", "p2ta-8rhc", "m4ne-6yjd", "x9vf-1bqs"],
    }
