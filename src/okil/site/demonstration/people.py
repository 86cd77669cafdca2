"""Who lives in the demonstration: fictional people with the names of plants, and their organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterator

SURNAMES = (
    "Брусникин", "Клюквин", "Морошкин", "Черникин", "Голубикин", "Рябинов", "Калинов", "Малинин",
    "Ежевикин", "Крыжовников", "Облепихов", "Боярышников", "Кизилов", "Барбарисов", "Жимолостев",
    "Иргин", "Терновников", "Лещинин", "Вишнёв", "Черешнев", "Сливин", "Яблоков", "Грушев",
    "Айвазин", "Рожков", "Овсянников", "Гречкин", "Льнов", "Коноплин", "Хмелев", "Мятов",
    "Душицын", "Тимьянов", "Укропов", "Петрушкин", "Шалфеев", "Вербин", "Ольхин", "Ракитин",
    "Осинин", "Лопухов", "Пырейников", "Клеверов", "Люпинов", "Маков", "Пионов", "Фиалков",
)  # fmt: skip
WOMEN = (
    "Асель", "Дина", "Вера", "Сауле", "Ольга", "Жанар", "Гульмира", "Айгерим", "Ирина", "Меруерт",
)  # fmt: skip
MEN = (
    "Тимур", "Арман", "Олег", "Данияр", "Ерлан", "Сергей", "Пётр", "Нурлан", "Игорь", "Бауыржан",
)  # fmt: skip
PARTNERS = (
    "Фонд «Ақ қайың»",
    "Центр «Можжевельник»",
    "Проект «Тал»",
    "Общество «Жусан»",
    "Институт «Шалфей»",
)
PSEUDONYMS = ("Шағала", "Торғай", "Бүркіт", "Сұңқар", "Тырна", "Үйрек")
KINDS_OF_MEMBERS = ("Фонд", "Центр", "Объединение", "Ассоциация")
NAMES_OF_MEMBERS = (
    "Арша", "Бидайық", "Гүлдер", "Долана", "Ермен", "Жалбыз", "Итмұрын", "Қамыс", "Қарағаш",
    "Қарақат", "Қызғалдақ", "Қырықбуын", "Мойыл", "Раушан", "Таспа", "Терек", "Үйеңкі", "Шетен",
    "Шырғанақ", "Шырша", "Ырғай",
)  # fmt: skip


def new_names(but: Collection[str]) -> Iterator[str]:
    """Names that nobody has twice, and none of those who are known already."""
    for turn in range(len(WOMEN)):
        for place, surname in enumerate(SURNAMES):
            given = (place + turn) % len(WOMEN)
            woman = (place + turn) % 2 == 0
            name = f"{surname}а {WOMEN[given]}" if woman else f"{surname} {MEN[given]}"
            if name not in but:
                yield name


def member_organisation(place: int) -> str:
    """The organisations of a union, one after the other."""
    kind = KINDS_OF_MEMBERS[place % len(KINDS_OF_MEMBERS)]
    return f"{kind} «{NAMES_OF_MEMBERS[place % len(NAMES_OF_MEMBERS)]}»"
