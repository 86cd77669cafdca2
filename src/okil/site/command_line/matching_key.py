"""`okil matching-key`: the key of the groups' comparisons, made and shown without server and database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from okil.pure.refusal import Refused
from okil.pure.rules.matching import (
    KEY_BYTES,
    LONGEST_KEY_FILE,
    fingerprint_of,
    read_key,
    shown_fingerprint,
    written_key,
)
from okil.site.command_line import words
from okil.site.command_line.arguments import Arguments
from okil.site.command_line.words import Stopped

ONLY_MINE = 0o600
SENTENCES: dict[str, dict[str, str]] = {
    "matching-key-act": {
        "ru": "new: создать ключ в новом файле; show: показать отпечаток готового ключа",
        "kk": "new: жаңа файлда кілт жасау; show: дайын кілттің ізін көрсету",
        "en": "new: make a key in a new file; show: show the fingerprint of a key",
    },
    "matching-key-file": {
        "ru": "файл ключа; держите его на своём носителе, не на сервере",
        "kk": "кілт файлы; оны серверде емес, өз тасымалдағышыңызда сақтаңыз",
        "en": "the key's file; keep it on a medium of your own, not on the server",
    },
    "matching-key-made": {
        "ru": "Ключ записан. Никому его не отдавайте; Секретариату сообщите только отпечаток:",
        "kk": "Кілт жазылды. Оны ешкімге бермеңіз; Хатшылыққа тек ізін хабарлаңыз:",
        "en": "The key is written. Give it to nobody; tell the Secretariat its fingerprint only:",
    },
    "matching-key-is-none": {
        "ru": "{path}: это не ключ. В файле ключа одна строка из 64 цифр и букв.",
        "kk": "{path}: бұл кілт емес. Кілт файлында 64 цифр мен әріптен тұратын бір жол болады.",
        "en": "{path} is not a key: a key's file is one line of 64 digits and letters.",
    },
}

words.SENTENCES.update(SENTENCES)


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("matching-key", language)
    parser.option("act", "matching-key-act", choices=["new", "show"])
    parser.option("file", "matching-key-file", type=Path)
    chosen = parser.parse_args(arguments)

    if chosen.act == "new":
        key = secrets.token_bytes(KEY_BYTES)
        _write(chosen.file, key)
        print(words.sentence("matching-key-made", language))
    else:
        key = _read(chosen.file)
    print(shown_fingerprint(fingerprint_of(key)))
    return 0


def _write(path: Path, key: bytes) -> None:
    """Into a file that is there for nobody else, and was not there before."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_MINE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(written_key(key))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LONGEST_KEY_FILE + 1)
    try:
        return read_key(content)
    except Refused:
        raise Stopped("matching-key-is-none", path=path) from None
