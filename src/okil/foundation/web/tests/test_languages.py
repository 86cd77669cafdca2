from __future__ import annotations

import json
from pathlib import Path

from django.utils import translation

from okil.foundation.web.languages import Texts, words_from


def test_a_text_is_given_in_the_nearest_language_there_is() -> None:
    both = Texts(kk="Қадам", ru="Кадам", en="")

    assert [both.in_language(language) for language in ("ru", "kk", "en")] == [
        "Кадам",
        "Қадам",
        "Кадам",
    ]
    assert both.language_shown("en") == "ru"
    assert Texts().in_language("en") == ""


def test_a_text_prints_itself_for_the_reader() -> None:
    with translation.override("kk"):
        assert str(Texts(kk="Қадам", ru="Кадам")) == "Қадам"


def test_words_of_a_file_are_texts_however_deep_they_lie(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    said = {"stages": {"1": {"title": {"ru": "Да", "kk": "Иә"}, "number": 1}}, "none": {}}
    file.write_text(json.dumps(said), encoding="utf-8")

    words = words_from(file)

    assert words == said
    assert isinstance(words["stages"]["1"]["title"], Texts)
    assert not isinstance(words["stages"], Texts)
    assert not isinstance(words["none"], Texts)
