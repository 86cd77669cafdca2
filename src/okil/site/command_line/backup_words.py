"""What `backup` and `restore` say, beside the sentences of all commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from okil.site.backup_file import NotPossible
from okil.site.command_line import words

SENTENCES: dict[str, dict[str, str]] = {
    "backup-file": {
        "ru": "файл резервной копии",
        "kk": "сақтық көшірме файлы",
        "en": "the backup file",
    },
    "option-format": {
        "ru": "text или json (по умолчанию text)",
        "kk": "text немесе json (әдепкісі text)",
        "en": "text or json (text by default)",
    },
    "backup-written": {
        "ru": "Сохранено: {path}. Таблиц: {tables}, строк: {rows}, записей журнала: {journal}.",
        "kk": "Сақталды: {path}. Кестелер: {tables}, жолдар: {rows}, журнал жазбалары: {journal}.",
        "en": "Written: {path}. Tables: {tables}, rows: {rows}, journal entries: {journal}.",
    },
    "backup-without-key": {
        "ru": "Ключа хранилища в копии нет. Он здесь: {place} (отпечаток {fingerprint}); без него "
        "личные данные не открыть, храните его отдельно от копии.",
        "kk": "Көшірмеде сақтау орнының кілті жоқ. Ол мұнда: {place} (таңбасы {fingerprint}); "
        "онсыз жеке деректер ашылмайды, оны көшірмеден бөлек сақтаңыз.",
        "en": "The vault's key is not in it. It is here: {place} (fingerprint {fingerprint}); "
        "without it personal data cannot be opened, so keep it apart from the backup.",
    },
    "nothing-to-back-up": {
        "ru": "Сохранять нечего: базы данных ещё нет.",
        "kk": "Сақтайтын ештеңе жоқ: дерекқор әлі құрылмаған.",
        "en": "There is nothing to back up: the database has not been made yet.",
    },
    "backup-exists": {
        "ru": "Файл {path} уже есть; резервная копия не заменяет другой файл.",
        "kk": "{path} файлы бар; сақтық көшірме басқа файлды алмастырмайды.",
        "en": "The file {path} is there already; a backup never replaces another file.",
    },
    "backup-damaged": {
        "ru": "Файл {path} повреждён, или это не резервная копия Okil; ничего не изменено.",
        "kk": "{path} файлы бүлінген немесе Okil сақтық көшірмесі емес; ештеңе өзгертілген жоқ.",
        "en": "The file {path} is damaged or not a backup of Okil; nothing was changed.",
    },
    "backup-newer": {
        "ru": "Копию сделала более новая версия Okil; сначала установите её. Ничего не изменено.",
        "kk": "Көшірмені Okil-дің жаңарақ нұсқасы жасаған; алдымен соны орнатыңыз. "
        "Ештеңе өзгертілген жоқ.",
        "en": "A newer version of Okil made this backup; install that version first. "
        "Nothing was changed.",
    },
    "database-not-empty": {
        "ru": "База данных не пуста; восстановить можно только в пустую: задайте другую папку "
        "OKIL_DATA или другую DATABASE_URL. Ничего не изменено.",
        "kk": "Дерекқор бос емес; тек бос дерекқорға қалпына келтіруге болады: басқа OKIL_DATA "
        "бумасын не басқа DATABASE_URL беріңіз. Ештеңе өзгертілген жоқ.",
        "en": "The database is not empty; a backup is restored into an empty one only: name "
        "another OKIL_DATA or DATABASE_URL. Nothing was changed.",
    },
    "ask-vault-key": {
        "ru": "Ключ хранилища с отпечатком {fingerprint} (64 знака, не показываются): ",
        "kk": "Таңбасы {fingerprint} сақтау орнының кілті (64 таңба, көрсетілмейді): ",
        "en": "The vault's key with fingerprint {fingerprint} (64 characters, not shown): ",
    },
    "vault-key-missing": {
        "ru": "Нужен ключ хранилища с отпечатком {fingerprint}: задайте OKIL_VAULT_KEY или "
        "OKIL_VAULT_KEY_FILE. Ничего не изменено.",
        "kk": "Таңбасы {fingerprint} сақтау орнының кілті керек: OKIL_VAULT_KEY немесе "
        "OKIL_VAULT_KEY_FILE беріңіз. Ештеңе өзгертілген жоқ.",
        "en": "The vault's key with fingerprint {fingerprint} is needed: set OKIL_VAULT_KEY or "
        "OKIL_VAULT_KEY_FILE. Nothing was changed.",
    },
    "vault-key-wrong": {
        "ru": "Этот ключ хранилища ({place}, отпечаток {given}) не тот, которым запечатана копия "
        "(отпечаток {fingerprint}). Ничего не изменено.",
        "kk": "Бұл сақтау орнының кілті ({place}, таңбасы {given}) көшірме мөрленген кілт емес "
        "(таңбасы {fingerprint}). Ештеңе өзгертілген жоқ.",
        "en": "This key of the vault ({place}, fingerprint {given}) is not the one the backup was "
        "sealed with (fingerprint {fingerprint}). Nothing was changed.",
    },
    "keyboard": {"ru": "с клавиатуры", "kk": "пернетақтадан", "en": "from the keyboard"},
    "restored": {
        "ru": "Восстановлено: {path}. Таблиц: {tables}, строк: {rows}, записей журнала: {journal}; "
        "цепочка журнала цела.",
        "kk": "Қалпына келтірілді: {path}. Кестелер: {tables}, жолдар: {rows}, журнал жазбалары: "
        "{journal}; журнал тізбегі бүтін.",
        "en": "Restored: {path}. Tables: {tables}, rows: {rows}, journal entries: {journal}; "
        "the journal's chain is whole.",
    },
    "restored-broken": {
        "ru": "Восстановлено, но с журналом не всё в порядке:",
        "kk": "Қалпына келтірілді, бірақ журналда ақау бар:",
        "en": "Restored, but something is wrong with the journal:",
    },
    "sign-in-again": {
        "ru": "Входы не переносятся: каждый входит заново.",
        "kk": "Кірулер көшірілмейді: әркім қайта кіреді.",
        "en": "Sign-ins are not carried over: everyone signs in again.",
    },
}

words.SENTENCES.update(SENTENCES)


@contextmanager
def said_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except NotPossible as reason:
        raise words.Stopped(reason.code, **reason.facts) from reason
