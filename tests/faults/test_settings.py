"""A wrong setting stops the start with a sentence that names it and does not show a secret."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from okil.site import environment_wording
from okil.site.command_line import words
from okil.site.environment import SETTINGS, WrongSetting, prepare, read_environment
from tests.faults.program import is_one_sentence, okil

KEY = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("OKIL_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("OKIL_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("OKIL_VAULT_KEY", "secret", "key-not-hexadecimal"),
        ("OKIL_VAULT_KEY", "g" * 64, "key-not-hexadecimal"),
        ("OKIL_VAULT_KEY_FILE", "/nowhere/key", "secret-file-unreadable"),
        ("OKIL_SECRET_KEY", "short", "secret-too-short"),
        ("OKIL_SECRET_KEY_FILE", "/nowhere/key", "secret-file-unreadable"),
        ("OKIL_HOSTS", "https://vote.example.org", "hosts-wrong"),
        ("OKIL_HOSTS", "vote.example.org:443", "hosts-wrong"),
        ("OKIL_HOSTS", "vote.example.org,*", "hosts-wrong"),
        ("OKIL_HOSTS", "vote.example.org,,", "hosts-wrong"),
        ("OKIL_ADDRESS", "vote.example.org", "address-wrong"),
        ("OKIL_ADDRESS", "http://vote.example.org", "address-wrong"),
        ("OKIL_ADDRESS", "https://vote.example.org/okil", "address-wrong"),
        ("OKIL_ADDRESS", "https://vote.example.org:port", "address-wrong"),
        ("OKIL_MAIL", "mail.example.org", "mail-wrong"),
        ("OKIL_MAIL", "http://mail.example.org", "mail-wrong"),
        ("OKIL_MAIL_FROM", "Okil", "mail-from-wrong"),
        ("OKIL_LISTEN", "127.0.0.1:8000", "listen-wrong"),
        ("DATABASE_URL", "mysql://okil@localhost/okil", "database-url-wrong"),
        ("DATABASE_URL", "postgresql://okil@localhost", "database-url-wrong"),
        ("DATABASE_URL", "postgresql://okil@localhost:port/okil", "database-url-wrong"),
        ("OKIL_HOST", "vote.example.org", "unknown-setting"),
        ("OKIL_DATA", "/dev/null", "data-not-a-folder"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, code: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(WrongSetting) as wrong:
        read_environment()

    assert wrong.value.code == code
    for language in ("ru", "kk", "en"):
        assert variable in wrong.value.in_language(language)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OKIL_VAULT_KEY", KEY[:-1]),
        ("OKIL_SECRET_KEY", "tiny-secret"),
        ("OKIL_MAIL", "smpt://okil:tiny-secret@mail.example.org"),
        ("DATABASE_URL", "mysql://okil:tiny-secret@localhost/okil"),
    ],
)
def test_a_secret_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(WrongSetting) as wrong:
        read_environment()

    assert value not in str(wrong.value)
    assert "tiny-secret" not in str(wrong.value)


def test_a_secret_comes_from_a_variable_or_a_file_but_not_from_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")

    monkeypatch.setenv("OKIL_VAULT_KEY_FILE", str(file))
    assert read_environment().vault_key == bytes.fromhex(KEY)

    monkeypatch.setenv("OKIL_VAULT_KEY", KEY)
    with pytest.raises(WrongSetting) as wrong:
        read_environment()
    assert wrong.value.code == "secret-given-twice"

    monkeypatch.delenv("OKIL_VAULT_KEY_FILE")
    assert read_environment().vault_key == bytes.fromhex(KEY)


def test_a_real_site_needs_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, letters with links would be printed into the server's log."""
    monkeypatch.setenv("OKIL_ADDRESS", "https://vote.example.org")

    with pytest.raises(WrongSetting) as wrong:
        read_environment()

    assert wrong.value.code == "mail-missing"


def test_reading_the_settings_writes_nothing(tmp_path: Path) -> None:
    environment = read_environment()

    assert (environment.secret_key, environment.vault_key) == ("", b"")
    assert list(tmp_path.iterdir()) == []


def test_the_first_start_makes_keys_for_their_owner_only_and_the_second_keeps_them() -> None:
    prepare()
    first = read_environment()
    prepare()

    assert read_environment() == first
    assert len(first.vault_key) == 32
    for name in ("secret-key", "vault-key"):
        assert (first.data / name).stat().st_mode & 0o777 == 0o600


def test_a_given_key_is_not_made_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIL_VAULT_KEY", KEY)
    prepare()

    assert not (read_environment().data / "vault-key").exists()


def test_postgresql_is_chosen_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://okil:word@db.example.org:5433/votes")
    environment = read_environment()

    assert environment.database_url_given
    assert environment.database["ENGINE"] == "django.db.backends.postgresql"
    assert environment.database["HOST"] == "db.example.org"


def test_the_command_says_it_in_one_sentence_and_ends_with_2(tmp_path: Path) -> None:
    answer = okil(tmp_path, "serve", OKIL_ADDRESS="http://vote.example.org")

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("OKIL_ADDRESS: “http://vote.example.org” is not")
    assert is_one_sentence(answer.stderr)


def test_each_sentence_exists_in_three_languages_with_the_same_gaps() -> None:
    for code, languages in {**words.SENTENCES, **environment_wording.SENTENCES}.items():
        assert set(languages) == {"ru", "kk", "en"}, code
        gaps = {frozenset(re.findall(r"{(\w+)}", text)) for text in languages.values()}
        assert len(gaps) == 1, code


def test_the_operations_page_lists_every_setting_with_what_holds_without_it() -> None:
    page = Path(__file__).parents[2] / "docs" / "operations.md"
    rows = re.findall(r"^\| `(\w+)` \| (?:`([^`]*)`)?", page.read_text(encoding="utf-8"), re.M)

    assert dict(rows) == {**SETTINGS, "DATABASE_URL": ""}


@pytest.mark.parametrize(
    ("query", "options"), [("", "-c jit=off"), ("?options=-c%20work_mem%3D8MB", "-c work_mem=8MB")]
)
def test_postgresql_compiles_no_question_unless_the_operator_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, query: str, options: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://okil@localhost/okil{query}")

    assert read_environment().database["OPTIONS"]["options"] == options
