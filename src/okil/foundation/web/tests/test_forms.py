from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.utils import translation

from okil.foundation.web.forms import (
    DayField,
    MomentField,
    OkilForm,
    TextsFormField,
    answer_with_note,
)
from okil.foundation.web.languages import Texts


class MeetingForm(OkilForm):
    day = DayField(label="Day of the meeting")
    opens = MomentField(label="Opens", zone="Asia/Almaty")
    title = TextsFormField(label="Title", required_languages=("kk",), max_length=20)
    email = forms.EmailField(label="Address")
    seats = forms.IntegerField(label="Seats", min_value=1)
    way = forms.ChoiceField(
        label="Way",
        choices=[("a", "Open"), ("b", answer_with_note("Secret", "Nobody sees it."))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Agreed", error_messages={"required": "Agree first."})


TYPED = {
    "day_0": "11",
    "day_1": "9",
    "day_2": "2024",
    "opens_0": "16",
    "opens_1": "қыркүйек",
    "opens_2": "2024",
    "opens_3": "9",
    "title_ru": "",
    "title_kk": " Жалпы жиналыс ",
    "title_en": "Assembly",
    "email": "a@example.org",
    "seats": "2",
    "way": "b",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def refusals(**changed: str) -> dict[str, list[str]]:
    form = MeetingForm({**TYPED, **changed})
    return {name: [str(each) for each in errors] for name, errors in form.errors.items()}


def test_what_people_type_becomes_days_moments_and_texts() -> None:
    form = MeetingForm(TYPED)

    assert form.errors == {}
    assert form.cleaned_data["day"] == date(2024, 9, 11)
    assert form.cleaned_data["opens"] == datetime(2024, 9, 16, 4, 0, tzinfo=UTC)
    assert form.cleaned_data["title"] == Texts(kk="Жалпы жиналыс", en="Assembly")


@pytest.mark.parametrize("month", ["9", "09", "сентября", "Сентябрь", "қыркүйекте", "sep"])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert DayField().clean(["11", month, "2024"]) == date(2024, 9, 11)


def test_may_is_understood_in_both_russian_cases() -> None:
    assert DayField().clean(["1", "май", "2024"]) == DayField().clean(["1", "мая", "2024"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("", "", ""), "Write the day, the month and the year."),
        (("", "9", "2024"), "Write the day in digits."),
        (("1", "", "2024"), "Write the month: a number from 1 to 12, or its name."),
        (("1", "13", "2024"), "Write the month: a number from 1 to 12, or its name."),
        (("1", "9", "24"), "Write the year with four digits."),
        (("31", "9", "2024"), "There is no such day: check the day and the month."),
        (("²", "9", "2024"), "Write the day in digits."),
        (("1", "9", "0000"), "There is no such day: check the day and the month."),
    ],
)
def test_a_wrong_day_is_told_what_to_do(typed: tuple[str, str, str], told: str) -> None:
    day, month, year = typed

    assert refusals(day_0=day, day_1=month, day_2=year) == {"day": [told]}


@pytest.mark.parametrize("time", ["9", "9:00", "09.00"])
def test_a_time_may_be_short(time: str) -> None:
    field = MomentField(zone="Asia/Almaty")

    assert field.clean(["16", "9", "2024", time]) == datetime(2024, 9, 16, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("time", ["", "25", "9:60", "noon"])
def test_a_wrong_time_is_told_what_to_do(time: str) -> None:
    assert refusals(opens_3=time) == {"opens": ["Write the time as 18:00."]}


def test_a_time_the_clock_skips_is_refused() -> None:
    field = MomentField(zone="Europe/Kyiv")

    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(["31", "3", "2024", "3:30"])

    assert refusal.value.code == "skipped"


def test_a_zone_may_come_later_and_stays_with_its_form() -> None:
    class Opening(OkilForm):
        opens = MomentField()

    first = Opening({"opens_0": "16", "opens_1": "9", "opens_2": "2024", "opens_3": "9"})
    first.fields["opens"].zone = "Asia/Almaty"  # type: ignore[attr-defined]  # a MomentField

    assert first.is_valid()
    assert first.cleaned_data["opens"] == datetime(2024, 9, 16, 4, 0, tzinfo=UTC)
    assert "Time (Astana)" in str(first["opens"])
    assert "Time (UTC)" in str(Opening()["opens"])


def test_what_is_known_already_stands_in_the_inputs() -> None:
    form = MeetingForm(
        initial={
            "day": date(2024, 9, 11),
            "opens": datetime(2024, 9, 16, 4, 0, tzinfo=UTC),
            "title": Texts(kk="Жиналыс"),
        }
    )

    assert 'name="day_0" value="11"' in str(form["day"])
    assert 'name="opens_3" value="9:00"' in str(form["opens"])
    assert 'name="title_kk" value="Жиналыс" lang="kk"' in str(form["title"])


def test_an_unchanged_answer_is_not_a_change() -> None:
    known = {
        "day": date(2024, 9, 11),
        "opens": datetime(2024, 9, 16, 4, 0, tzinfo=UTC),
        "title": Texts(kk="Жалпы жиналыс", en="Assembly"),
    }

    changed = MeetingForm(TYPED, initial=known).changed_data

    assert changed == ["email", "seats", "way", "agreed"]


def test_a_text_is_asked_in_the_languages_it_needs() -> None:
    assert refusals(title_kk="") == {"title": ["Write it in this language too: Қазақша."]}
    assert refusals(title_kk="", title_en="") == {"title": ["Write it in one language at least."]}


def test_a_text_that_is_too_long_is_told_in_which_language() -> None:
    assert refusals(title_en="x" * 21) == {
        "title": ["Make it shorter: 20 characters at most (English)."]
    }


def test_messages_say_what_to_do_unless_the_form_has_its_own() -> None:
    told = refusals(email="a", seats="0", way="", agreed="")

    assert told == {
        "email": ["Write the address as name@example.org."],
        "seats": ["Write 1 or more."],
        "way": ["Choose one of the answers."],
        "agreed": ["Agree first."],
    }


def test_a_label_ends_without_a_colon() -> None:
    assert ":" not in MeetingForm()["email"].label_tag()


def test_an_answer_carries_its_explanation_and_nothing_else_from_the_page() -> None:
    assert str(answer_with_note("A & B", "<b>")) == "A &amp; B<span>&lt;b&gt;</span>"
