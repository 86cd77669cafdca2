"""Days, moments and periods as people write them in Russian, Kazakh and English.

`unsaid_year` is the year that goes without saying; None prints every year.
No-break spaces hold a day and its month together; an en dash joins a period.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from okil.foundation.web.kazakh import Case, in_case, time_in_case

Style = Literal["", "plain", "full", "long", "dated"]


class DayPhrase(Protocol):
    def __call__(
        self, each: date, language: str, style: Style = ..., *, unsaid_year: int | None = ...
    ) -> str: ...


class MomentPhrase(Protocol):
    def __call__(
        self,
        at: datetime,
        zone: str,
        language: str,
        style: Style = ...,
        *,
        unsaid_year: int | None = ...,
    ) -> str: ...


MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
SHORT_WEEKDAYS = {**WEEKDAYS, "ru": "пн вт ср чт пт сб вс"}  # the others are not shortened
RUSSIAN_GENITIVE = "понедельника вторника среды четверга пятницы субботы воскресенья"
RUSSIAN_ACCUSATIVE = "понедельник вторник среду четверг пятницу субботу воскресенье"

# Where the clock stands, by the city people name. All of Kazakhstan keeps one time since 2024.
ASTANA = {"ru": "Астана", "kk": "Астана", "en": "Astana"}
CITIES = {
    "Asia/Almaty": ASTANA,
    "Asia/Aqtau": ASTANA,
    "Asia/Aqtobe": ASTANA,
    "Asia/Atyrau": ASTANA,
    "Asia/Oral": ASTANA,
    "Asia/Qostanay": ASTANA,
    "Asia/Qyzylorda": ASTANA,
    "Asia/Ashgabat": {"ru": "Ашхабад", "kk": "Ашғабат", "en": "Ashgabat"},
    "Asia/Baku": {"ru": "Баку", "kk": "Баку", "en": "Baku"},
    "Asia/Bishkek": {"ru": "Бишкек", "kk": "Бішкек", "en": "Bishkek"},
    "Asia/Dushanbe": {"ru": "Душанбе", "kk": "Душанбе", "en": "Dushanbe"},
    "Asia/Tashkent": {"ru": "Ташкент", "kk": "Ташкент", "en": "Tashkent"},
    "Asia/Tbilisi": {"ru": "Тбилиси", "kk": "Тбилиси", "en": "Tbilisi"},
    "Asia/Yerevan": {"ru": "Ереван", "kk": "Ереван", "en": "Yerevan"},
    "Europe/Chisinau": {"ru": "Кишинёв", "kk": "Кишинев", "en": "Chisinau"},
    "Europe/Kyiv": {"ru": "Киев", "kk": "Киев", "en": "Kyiv"},
}


def day(each: date, language: str, style: Style = "", *, unsaid_year: int | None = None) -> str:
    """In Russian, for Thursday 12 September 2024 (`long` and `dated` always print the year):

    "" чт, 12 сентября · plain 12 сентября · full четверг, 12 сентября
    long 12 сентября 2024 · dated 12 сентября 2024 года
    """
    if style in ("long", "dated"):
        plain = _with_year(_day_and_month(each, language), each.year, language)
        return f"{plain}\xa0года" if (style, language) == ("dated", "ru") else plain
    plain = _day_and_month(each, language)
    if each.year != unsaid_year:
        plain = _with_year(plain, each.year, language)
    if style == "plain":
        return plain
    names = WEEKDAYS if style == "full" else SHORT_WEEKDAYS
    return f"{_weekday(each, names[language])}, {plain}"


def weekday(each: date, language: str) -> str:
    return _weekday(each, WEEKDAYS[language])


def time_of_day(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local.minute:02}"


def moment(
    at: datetime,
    zone: str,
    language: str,
    style: Style = "",
    *,
    unsaid_year: int | None = None,
    with_city: bool = True,
) -> str:
    """чт, 12 сентября, 18:00 (Астана)"""
    local = at.astimezone(ZoneInfo(zone))
    told = day(local.date(), language, style, unsaid_year=unsaid_year)
    told = f"{told}, {time_of_day(at, zone)}"
    return f"{told} {_in_brackets(zone, language)}" if with_city else told


def period(first: date, last: date, language: str, *, unsaid_year: int | None = None) -> str:
    """19–30 августа, 19 августа – 2 сентября, 30 декабря 2024 – 3 января 2025"""
    if first == last:
        return day(first, language, "plain", unsaid_year=unsaid_year)
    if first.year != last.year:
        return f"{day(first, language, 'long')} – {day(last, language, 'long')}"
    if first.month == last.month:
        both = f"{first.day}–{_day_and_month(last, language)}"
    else:
        both = f"{_day_and_month(first, language)} – {_day_and_month(last, language)}"
    return both if first.year == unsaid_year else _with_year(both, first.year, language)


def city(zone: str, language: str) -> str:
    """The city whose clock is meant; where we have no word for it, as the zone itself names it."""
    if zone in CITIES:
        return CITIES[zone].get(language, CITIES[zone]["en"])
    return zone.rpartition("/")[2].replace("_", "\xa0")


# Phrases: in a Kazakh sentence a date changes its ending, so the words around it come with it.


def by(each: date, language: str, style: Style = "plain", *, unsaid_year: int | None = None) -> str:
    """до 12 сентября · 12 қыркүйекке дейін · by 12 September; `full` names the weekday too."""
    if language == "ru" and style == "full":
        plain = day(each, language, "plain", unsaid_year=unsaid_year)
        return f"до\xa0{_weekday(each, RUSSIAN_GENITIVE)}, {plain}"
    told = day(each, language, style, unsaid_year=unsaid_year)
    if language == "kk":
        return f"{in_case(told, Case.DATIVE)} дейін"
    return f"до\xa0{told}" if language == "ru" else f"by {told}"


def until(
    each: date, language: str, style: Style = "plain", *, unsaid_year: int | None = None
) -> str:
    """As `by`, for something that lasts: until 12 September."""
    told = by(each, language, style, unsaid_year=unsaid_year)
    return f"until {told.removeprefix('by ')}" if language == "en" else told


def since(
    each: date, language: str, style: Style = "plain", *, unsaid_year: int | None = None
) -> str:
    """с 13 сентября · 13 қыркүйектен · from 13 September"""
    if language == "ru":
        plain = day(each, language, "plain", unsaid_year=unsaid_year)
        if style != "full":
            return f"{'со' if each.day == 2 else 'с'}\xa0{plain}"
        preposition = "со" if each.weekday() in (1, 2) else "с"  # со вторника, со среды
        return f"{preposition}\xa0{_weekday(each, RUSSIAN_GENITIVE)}, {plain}"
    told = day(each, language, style, unsaid_year=unsaid_year)
    return in_case(told, Case.ABLATIVE) if language == "kk" else f"from {told}"


def on(each: date, language: str, style: Style = "plain", *, unsaid_year: int | None = None) -> str:
    """12 сентября · 12 қыркүйекте · on 12 September"""
    told = day(each, language, style, unsaid_year=unsaid_year)
    if language == "kk":
        return in_case(told, Case.LOCATIVE)
    if language == "en":
        return f"on {told}"
    if style != "full":
        return told
    preposition = "во" if each.weekday() == 1 else "в"  # во вторник
    plain = day(each, language, "plain", unsaid_year=unsaid_year)
    return f"{preposition}\xa0{_weekday(each, RUSSIAN_ACCUSATIVE)}, {plain}"


def until_moment(
    at: datetime,
    zone: str,
    language: str,
    style: Style = "plain",
    *,
    unsaid_year: int | None = None,
) -> str:
    """до 12 сентября, 18:00 (Астана) · 12 қыркүйек, 18:00-ге дейін (Астана)"""
    local = at.astimezone(ZoneInfo(zone))
    if language == "kk":
        told = day(local.date(), language, style, unsaid_year=unsaid_year)
        told = f"{told}, {time_in_case(local.hour, local.minute, Case.DATIVE)} дейін"
    else:
        told = until(local.date(), language, style, unsaid_year=unsaid_year)
        told = f"{told}, {time_of_day(at, zone)}"
    return f"{told} {_in_brackets(zone, language)}"


def since_moment(
    at: datetime,
    zone: str,
    language: str,
    style: Style = "plain",
    *,
    unsaid_year: int | None = None,
) -> str:
    """с 16 сентября, 9:00 (Астана) · 16 қыркүйек, 9:00-ден (Астана)"""
    local = at.astimezone(ZoneInfo(zone))
    if language == "kk":
        told = day(local.date(), language, style, unsaid_year=unsaid_year)
        told = f"{told}, {time_in_case(local.hour, local.minute, Case.ABLATIVE)}"
    else:
        told = since(local.date(), language, style, unsaid_year=unsaid_year)
        told = f"{told}, {time_of_day(at, zone)}"
    return f"{told} {_in_brackets(zone, language)}"


def on_moment(
    at: datetime,
    zone: str,
    language: str,
    style: Style = "plain",
    *,
    unsaid_year: int | None = None,
) -> str:
    """16 сентября в 9:00 (Астана) · 16 қыркүйекте 9:00-де (Астана) · on 16 September at 9:00"""
    local = at.astimezone(ZoneInfo(zone))
    told = on(local.date(), language, style, unsaid_year=unsaid_year)
    if language == "kk":
        told = f"{told} {time_in_case(local.hour, local.minute, Case.LOCATIVE)}"
    else:
        told = f"{told} {'в' if language == 'ru' else 'at'}\xa0{time_of_day(at, zone)}"
    return f"{told} {_in_brackets(zone, language)}"


def _day_and_month(each: date, language: str) -> str:
    return f"{each.day}\xa0{MONTHS[language].split()[each.month - 1]}"


def _with_year(day_and_month: str, year: int, language: str) -> str:
    if language == "kk":
        return f"{year}\xa0жылғы {day_and_month}"
    return f"{day_and_month} {year}"


def _weekday(each: date, names: str) -> str:
    return names.split()[each.weekday()]


def _in_brackets(zone: str, language: str) -> str:
    return f"({city(zone, language)})"
