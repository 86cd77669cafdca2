from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from okil.foundation.web.forms import DayField, OkilForm, TextsFormField, answer_with_note
from okil.foundation.web.languages import Texts
from okil.foundation.web.reader import forget_reader, write_for_reader
from okil.foundation.web.tests.pages import Page, read

PLAN = """
{% extends "web/page.html" %}
{% block title %}Plan{% endblock %}
{% block main %}<h1>Plan</h1>{% endblock %}
"""
STAGES = [
    {"name": "Preparation", "note": "by 14 August", "status": "done"},
    {"name": "Voting", "note": "now", "status": "current"},
    {"name": "Results", "note": "", "status": "next"},
]
FRAME = {
    "body_name": Texts(ru="Комитет", kk="Комитет атауы", en="Committee"),
    "demonstration": {"sentence": "All people are invented.", "next_day_url": "/next-day/"},
    "languages": [
        {"code": "kk", "short": "Қаз", "name": "Қазақша", "url": "/kk/", "current": False},
        {"code": "en", "short": "Eng", "name": "English", "url": "/en/", "current": True},
    ],
    "person": [
        {"url": "/office/", "text": "Your work"},
        {"url": "/sign-out/", "text": "Sign out", "post": True},
    ],
    "footer": [{"url": "/who-sees-what/", "text": "Who sees what"}],
}


class RegistrationForm(OkilForm):
    nick = forms.CharField(label="How to call you", help_text="Any name.", max_length=5)
    region = forms.ChoiceField(label="Region", choices=[("", "Choose"), ("a", "Astana")])
    way = forms.ChoiceField(
        label="How to reach you",
        help_text="Without a word about the election.",
        choices=[("o", "Through the organisation"), ("p", answer_with_note("In person", "Sealed"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[("1", "Monday"), ("2", "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
    )
    born = DayField(label="Day")
    title = TextsFormField(label="Title", rows=3)
    agreed = forms.BooleanField(label="Agreed", help_text="Until voting begins.")
    ticket = forms.CharField(widget=forms.HiddenInput)


@dataclass
class Entry:
    at: datetime
    role: str
    actor_number: int | None
    words: str

    def sentence(self) -> str:
        return self.words


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        write_for_reader(zone="Asia/Almaty", now=datetime(2024, 9, 10, tzinfo=UTC))
        yield
        forget_reader()


def shown(name: str, **context: Any) -> Page:
    request = RequestFactory().get("/somewhere/", {"state": "open"})
    page = read(render_to_string(f"web/{name}.html", {"request": request, **context}))
    assert page.problems(whole=False) == []
    return page


def written(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


def filled(**typed: Any) -> RegistrationForm:
    return RegistrationForm(typed)


def fields_of(form: OkilForm) -> Page:
    html = "".join(render_to_string("web/field.html", {"field": field}) for field in form)
    page = read(html)
    assert page.problems(whole=False) == []
    return page


def test_a_page_has_its_frame() -> None:
    page = read(written(PLAN, frame=FRAME, csrf_token="t"))

    assert page.problems() == []
    assert (page.language, page.title, page.headings) == ("en", "Plan – Okil", [(1, "Plan")])
    assert page.links == {
        "Skip to content": "#main",
        "Okil": "/",
        "Қаз (Қазақша)": "/kk/",
        "Eng (English)": "/en/",
        "Your work": "/office/",
        "Who sees what": "/who-sees-what/",
    }
    assert [(form.action, form.method, form.buttons) for form in page.forms] == [
        ("/next-day/", "post", ["Next day"]),
        ("/sign-out/", "post", ["Sign out"]),
    ]
    current = [each["lang"] for each in page.root.all("a") if each["aria-current"]]
    assert current == ["en"]


def test_a_page_stands_without_frame() -> None:
    page = read(written(PLAN))

    assert page.problems() == []
    assert page.forms == []


def test_the_title_tells_first_that_a_form_was_refused() -> None:
    assert read(written(PLAN, form=filled())).title == "Error: Plan – Okil"
    assert read(written(PLAN, form=RegistrationForm())).title == "Plan – Okil"


def test_a_message_is_a_notice_of_its_kind() -> None:
    messages = [
        Message(constants.SUCCESS, "Saved."),
        Message(constants.WARNING, "Two days are left."),
        Message(constants.ERROR, "Not saved."),
        Message(constants.INFO, "By the way."),
    ]
    page = shown("page/messages", messages=messages)

    assert [(each["class"], each["role"], each.text) for each in page.root.classed("notice")] == [
        ("notice is-ok", "status", "Saved."),
        ("notice is-warn", "status", "Two days are left."),
        ("notice is-bad", "alert", "Not saved."),
        ("notice", "status", "By the way."),
    ]


def test_the_stage_line_says_what_is_finished_and_where_we_are() -> None:
    page = shown("stages", stages=STAGES, label="Stages of Qadam")
    line = page.root.all("ol")[0]

    assert line["aria-label"] == "Stages of Qadam"
    assert [each.text for each in line.all("b")] == ["finished: Preparation", "Voting", "Results"]
    assert [each["aria-current"] for each in line.all("li")] == ["", "step", ""]


def test_a_mark_has_a_shape_and_a_word() -> None:
    mark = shown("mark", kind="warn", word="Late").root.classed("mark")[0]

    assert (mark["class"], mark.text) == ("mark warn", "Late")


def test_the_small_line_is_drawn_for_eyes_and_said_in_a_word() -> None:
    page = shown("mini", at=3, word="Registration")
    line = page.root.classed("mini")[0]

    assert (line["data-at"], line["aria-hidden"]) == ("3", "true")
    assert page.text == "Registration"


def test_a_notice_has_a_heading_of_its_level() -> None:
    page = shown(
        "notice", kind="ok", title="Sent", text="No. 17.", url="/a/", link="See it", level=3
    )

    assert page.headings == [(3, "Sent")]
    assert page.links == {"See it": "/a/"}
    assert page.root.classed("notice")[0]["class"] == "notice is-ok"


def test_an_empty_place_says_why_and_what_next() -> None:
    page = shown(
        "empty", title="No complaints.", text="Until 13 September.", url="/c/", link="How to"
    )

    assert page.text == "No complaints. Until 13 September.How to"
    assert page.links == {"How to": "/c/"}


def test_tabs_are_links_and_one_is_current() -> None:
    tabs = [
        {"url": "/a/", "text": "Overview", "current": True},
        {"url": "/b/", "text": "Journal", "current": False},
    ]
    page = shown("tabs", tabs=tabs, label="Group")

    assert [each["aria-current"] for each in page.root.all("a")] == ["page", ""]
    assert page.root.all("nav")[0]["aria-label"] == "Group"


def test_a_pager_keeps_what_was_asked_for() -> None:
    pages = Paginator(range(70), 10)

    assert shown("pager", page=pages.page(2)).links == {
        "Back": "?state=open&page=1",
        "Next": "?state=open&page=3",
    }
    assert list(shown("pager", page=pages.page(7)).links) == ["Back"]
    assert shown("pager", page=pages.page(2)).text == "BackPage 2 of 7Next"


def test_a_single_page_needs_no_pager() -> None:
    assert shown("pager", page=Paginator(range(7), 10).page(1)).root.all("nav") == []


def test_facts_are_told_in_pairs() -> None:
    page = shown("facts", facts=[{"term": "Vote", "value": "secret"}])

    assert [each.text for each in page.root.all("dt", "dd")] == ["Vote", "secret"]


def test_a_question_stands_before_what_cannot_be_undone() -> None:
    page = shown(
        "question",
        summary="Withdraw",
        question="Withdraw application 17?",
        text="The data are destroyed at once.",
        url="/withdraw/",
        button="Withdraw it",
        hidden=[{"name": "number", "value": 17}],
    )
    form = page.form_to("/withdraw/")

    assert (form.method, form.buttons, form.values) == ("post", ["Withdraw it"], {"number": ["17"]})
    assert page.links == {"Leave it as it is": "/somewhere/"}
    assert page.root.all("summary")[0].text == "Withdraw"


def test_a_history_tells_when_what_and_who() -> None:
    entries = [
        Entry(datetime(2024, 9, 9, 5, 30, tzinfo=UTC), "organiser", 12, "Registration was opened."),
        Entry(datetime(2024, 9, 9, 6, 0, tzinfo=UTC), "system", None, "A day ended."),
    ]
    page = shown("journal", entries=entries, roles={"organiser": "the organiser"}, label="History")

    assert [[part.text for part in row.all("time", "p")] for row in page.root.all("li")] == [
        ["9\xa0September, 10:30", "Registration was opened.", "the organiser, person no. 12"],
        ["9\xa0September, 11:00", "A day ended.", "system"],
    ]


def test_an_empty_history_says_so() -> None:
    assert shown("journal", entries=[]).text == "Nothing has happened yet."


def test_every_control_has_its_label_hint_and_error() -> None:
    page = fields_of(filled(nick="too long", way="x", born_0="31", born_1="9", born_2="2024"))

    nick = page.by_id("id_nick")
    assert (nick["aria-invalid"], nick["aria-describedby"]) == (
        "true",
        "id_nick_helptext id_nick_error",
    )
    assert nick["value"] == "too long"
    box = nick.parent
    assert box is not None
    assert [each.tag + each["class"] for each in box.children if not isinstance(each, str)] == [
        "label",
        "spanhint",
        "spanerr",
        "input",
    ]
    assert page.by_id("id_nick_error").text == "Make it shorter: 5 characters at most, now 8."
    assert page.by_id("id_born_0")["value"] == "31"


def test_answers_are_a_group_with_a_legend() -> None:
    page = fields_of(filled(way="p"))
    group = next(each for each in page.root.all("fieldset") if "reach" in each.text)

    assert group["aria-describedby"] == "id_way_helptext"
    assert group.all("legend")[0].text == "How to reach you"
    assert [each.text for each in group.classed("pick")] == [
        "Through the organisation",
        "In personSealed",
    ]
    assert [each["value"] for each in group.all("input") if "checked" in each.attributes] == ["p"]


def test_a_tick_stands_before_its_words() -> None:
    page = fields_of(filled(agreed="on"))
    tick = page.by_id("id_agreed")
    label = tick.within("label")

    assert label is not None
    assert label.text == "Agreed"
    assert "checked" in tick.attributes
    assert page.by_id("id_agreed_helptext").text == "Until voting begins."


def test_texts_are_asked_in_each_language() -> None:
    page = fields_of(filled(title_kk="Атауы"))

    assert [(each["name"], each["lang"], each.text) for each in page.root.all("textarea")] == [
        ("title_ru", "ru", ""),
        ("title_kk", "kk", "Атауы"),
        ("title_en", "en", ""),
    ]


def test_a_hidden_field_is_only_its_value() -> None:
    html = render_to_string("web/field.html", {"field": filled(ticket="q")["ticket"]})

    assert [each.tag for each in read(html).root][1:] == ["input"]


def test_the_list_of_errors_leads_to_each_place() -> None:
    form = filled(nick="Ann", region="a", agreed="on", ticket="q", title_ru="Т")
    form.add_error(None, "The two days contradict each other.")
    errors = render_to_string("web/form_errors.html", {"form": form})
    fields = [render_to_string("web/field.html", {"field": field}) for field in form]
    page = read("".join([errors, *fields]))

    assert page.problems(whole=False) == []
    assert page.by_id("errors")["role"] == "alert"
    assert page.headings == [(2, "Not saved: put 4 places right")]
    assert page.links == {
        "How to reach you: Choose one of the answers.": "#id_way_0",
        "Days: Choose at least one.": "#id_days_0",
        "Day: Write the day, the month and the year.": "#id_born_0",
    }
    assert "The two days contradict each other." in page.text


def test_a_form_without_errors_has_no_list_of_them() -> None:
    assert shown("form_errors", form=RegistrationForm()).html.strip() == ""


def test_filters_write_for_the_reader() -> None:
    told = written(
        "{{ at|day }}/{{ at|moment }}/{{ at|moment:'Asia/Bishkek' }}/{{ at|clock_time }}/{{ at|until }}"
        "/{{ at|weekday }}/{{ day|period:at }}/{{ day|by:'full' }}/{{ n|number }}/{{ none|day }}",
        at=datetime(2024, 9, 12, 20, 0, tzinfo=UTC),
        day=datetime(2024, 9, 1, tzinfo=UTC).date(),
        n=1039,
        none=None,
    )

    assert told.replace("\xa0", " ").split("/") == [
        "Friday, 13 September",
        "Friday, 13 September, 1:00 (Astana)",
        "Friday, 13 September, 2:00 (Bishkek)",
        "1:00",
        "until 13 September, 1:00 (Astana)",
        "Friday",
        "1–13 September",
        "by Sunday, 1 September",
        "1,039",
        "",
    ]


def test_a_text_in_another_language_says_which() -> None:
    both = Texts(kk="Қадам <тобы>", ru="Группа")

    assert written("{% texts t %}", t=both) == '<span lang="ru">Группа</span>'
    assert written("{% texts t %}", t=Texts(kk="<Қ>")) == '<span lang="kk">&lt;Қ&gt;</span>'
    assert written("{% texts t %}", t=Texts(en="Step & go")) == "Step &amp; go"
    assert written("{% texts t %}", t="<b>") == "&lt;b&gt;"
    assert written("{{ t|in_language:'kk' }}", t=both) == "Қадам &lt;тобы&gt;"
