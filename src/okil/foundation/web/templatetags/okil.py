"""Filters and tags of every page; built in, so no page loads them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, CheckboxInput
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget, Select
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from okil.foundation.web import dates, numbers
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.foundation.web.reader import the_reader

register = template.Library()


def _language() -> str:
    language = (get_language() or "ru")[:2]
    return language if language in LANGUAGES else "ru"


def _day_of(value: date | datetime) -> date:
    """A moment is told by the day it falls on where the body is."""
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(the_reader().zone)).date()
    return value


@register.filter
def day(value: date | datetime | None, style: dates.Style = "") -> str:
    if value is None:
        return ""
    return dates.day(_day_of(value), _language(), style, unsaid_year=the_reader().year)


@register.filter
def weekday(value: date | datetime | None) -> str:
    return "" if value is None else dates.weekday(_day_of(value), _language())


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    if value is None:
        return ""
    reader = the_reader()
    return dates.moment(value, zone or reader.zone, _language(), unsaid_year=reader.year)


@register.filter
def moment_short(value: datetime | None) -> str:
    """For tables that say the time zone once, above: 12 сентября, 18:00."""
    if value is None:
        return ""
    reader = the_reader()
    return dates.moment(
        value, reader.zone, _language(), "plain", unsaid_year=reader.year, with_city=False
    )


@register.filter
def clock_time(value: datetime | None) -> str:
    return "" if value is None else dates.time_of_day(value, the_reader().zone)


@register.filter
def period(first: date | datetime | None, last: date | datetime | None) -> str:
    if first is None or last is None:
        return ""
    return dates.period(_day_of(first), _day_of(last), _language(), unsaid_year=the_reader().year)


@register.filter
def by(value: date | None, style: dates.Style = "plain") -> str:
    if value is None:
        return ""
    return dates.by(_day_of(value), _language(), style, unsaid_year=the_reader().year)


def _phrase(
    value: date | datetime | None,
    style: dates.Style,
    of_day: dates.DayPhrase,
    of_moment: dates.MomentPhrase,
) -> str:
    if value is None:
        return ""
    reader = the_reader()
    if isinstance(value, datetime):
        return of_moment(value, reader.zone, _language(), style, unsaid_year=reader.year)
    return of_day(value, _language(), style, unsaid_year=reader.year)


@register.filter
def until(value: date | datetime | None, style: dates.Style = "plain") -> str:
    return _phrase(value, style, dates.until, dates.until_moment)


@register.filter
def since(value: date | datetime | None, style: dates.Style = "plain") -> str:
    return _phrase(value, style, dates.since, dates.since_moment)


@register.filter
def on(value: date | datetime | None, style: dates.Style = "plain") -> str:
    return _phrase(value, style, dates.on, dates.on_moment)


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    return "" if value is None else numbers.number(value, _language(), places)


@register.filter
def percent(value: int | float | Decimal | None) -> str:
    return "" if value is None else numbers.percent(value, _language())


@register.filter
def in_language(value: Texts | dict[str, str] | str | None, language: str) -> str:
    if isinstance(value, dict):
        return Texts(value).in_language(language)
    return value or ""


@register.simple_tag
def texts(value: Texts | dict[str, str] | str | None) -> str | SafeString:
    """The text in the reader's language; marked with its own where it is shown in another."""
    if not isinstance(value, dict):
        return value or ""
    language = _language()
    both = Texts(value)
    shown = both.language_shown(language)
    if shown == language:
        return both.in_language(language)
    return format_html('<span lang="{}">{}</span>', shown, both.in_language(language))


@register.filter
def first_control(field: BoundField) -> str:
    """The id a link in the list of errors leads to: of a group, its first control."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def control_kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "picks"
    return "other"


@register.filter
def error_places(form: BaseForm) -> int:
    """How many places a person must look at: each field once, and each sentence about the whole."""
    return len(form.non_field_errors()) + sum(1 for field in form if field.errors)


@register.filter
def at_key(table: dict[str, Any] | None, key: str) -> Any:
    """What a table says for a key; the key itself where it says nothing."""
    return (table or {}).get(key, key)
