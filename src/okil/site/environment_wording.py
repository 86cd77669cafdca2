"""What is wrong with a setting, in three languages: said before Django and its catalogues are there."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "data-not-a-folder": {
        "ru": "OKIL_DATA: «{path}» не папка; нужна папка, в которую Okil может писать.",
        "kk": "OKIL_DATA: «{path}» бума емес; Okil жаза алатын бума керек.",
        "en": "OKIL_DATA: “{path}” is not a folder; it must be a folder Okil may write to.",
    },
    "data-not-writable": {
        "ru": "OKIL_DATA: в папку «{path}» нельзя писать; нужна папка, в которую Okil может писать.",
        "kk": "OKIL_DATA: «{path}» бумасына жазуға болмайды; Okil жаза алатын бума керек.",
        "en": "OKIL_DATA: “{path}” cannot be written to; it must be a folder Okil may write to.",
    },
    "key-not-hexadecimal": {
        "ru": "{variable}: это не ключ; нужны ровно 64 шестнадцатеричные цифры (32 байта).",
        "kk": "{variable}: бұл кілт емес; тура 64 он алтылық цифр керек (32 байт).",
        "en": "{variable}: this is not a key; it must be exactly 64 hexadecimal digits (32 bytes).",
    },
    "secret-too-short": {
        "ru": "{variable}: слишком коротко; нужно не меньше 50 знаков.",
        "kk": "{variable}: тым қысқа; кемінде 50 таңба керек.",
        "en": "{variable}: this is too short; it must have at least 50 characters.",
    },
    "secret-given-twice": {
        "ru": "{variable} и {variable}_FILE заданы одновременно; нужно только одно из них.",
        "kk": "{variable} мен {variable}_FILE екеуі де берілген; тек біреуі керек.",
        "en": "{variable} and {variable}_FILE are both set; only one of them may be.",
    },
    "secret-file-unreadable": {
        "ru": "{variable}: файл «{path}» нельзя прочитать; нужен файл, который Okil может читать.",
        "kk": "{variable}: «{path}» файлын оқуға болмайды; Okil оқи алатын файл керек.",
        "en": "{variable}: the file “{path}” cannot be read; it must be a file Okil may read.",
    },
    "secrets-not-made": {
        "ru": "В папке «{path}» ещё нет ключей: сначала okil start или okil serve.",
        "kk": "«{path}» бумасында кілттер әлі жоқ: алдымен okil start немесе okil serve.",
        "en": "There are no keys in “{path}” yet: okil start or okil serve makes them.",
    },
    "hosts-wrong": {
        "ru": "OKIL_HOSTS: «{value}» не имя узла; нужны имена через запятую, "
        "без https:// и порта, например vote.example.org.",
        "kk": "OKIL_HOSTS: «{value}» торап атауы емес; үтірмен бөлінген атаулар керек, "
        "https:// мен портсыз, мысалы vote.example.org.",
        "en": "OKIL_HOSTS: “{value}” is not a host name; it must be names with commas, "
        "without https:// and port, for example vote.example.org.",
    },
    "address-wrong": {
        "ru": "OKIL_ADDRESS: «{value}» не адрес сайта; нужен https://имя, "
        "без пути (http:// только для localhost).",
        "kk": "OKIL_ADDRESS: «{value}» сайт мекенжайы емес; жолсыз https://атау керек "
        "(http:// тек localhost үшін).",
        "en": "OKIL_ADDRESS: “{value}” is not the address of a site; it must be https://name "
        "without a path (http:// only for localhost).",
    },
    "mail-wrong": {
        "ru": "OKIL_MAIL: это не адрес почтового сервера; нужно "
        "smtp://имя:пароль@сервер:587 или smtps://имя:пароль@сервер:465.",
        "kk": "OKIL_MAIL: бұл пошта серверінің мекенжайы емес; "
        "smtp://атау:құпиясөз@сервер:587 немесе smtps://атау:құпиясөз@сервер:465 керек.",
        "en": "OKIL_MAIL: this is not the address of a mail server; it must be "
        "smtp://name:password@server:587 or smtps://name:password@server:465.",
    },
    "mail-missing": {
        "ru": "OKIL_MAIL: не задан; настоящий сайт (OKIL_ADDRESS с https://) посылает письма, "
        "нужно smtp://имя:пароль@сервер:587.",
        "kk": "OKIL_MAIL: берілмеген; нақты сайт (OKIL_ADDRESS https:// болса) хат жібереді, "
        "smtp://атау:құпиясөз@сервер:587 керек.",
        "en": "OKIL_MAIL: not set; a real site (OKIL_ADDRESS with https://) sends mail, "
        "it must be smtp://name:password@server:587.",
    },
    "mail-from-wrong": {
        "ru": "OKIL_MAIL_FROM: «{value}» не адрес почты; нужен адрес вида okil@example.org.",
        "kk": "OKIL_MAIL_FROM: «{value}» пошта мекенжайы емес; okil@example.org түріндегі мекенжай керек.",
        "en": "OKIL_MAIL_FROM: “{value}” is not a mail address; it must be like okil@example.org.",
    },
    "listen-wrong": {
        "ru": "OKIL_LISTEN: «{value}» не сетевой адрес; его задаёт okil serve --host.",
        "kk": "OKIL_LISTEN: «{value}» желілік мекенжай емес; оны okil serve --host береді.",
        "en": "OKIL_LISTEN: “{value}” is not a network address; okil serve --host sets it.",
    },
    "database-url-wrong": {
        "ru": "DATABASE_URL: это не адрес PostgreSQL; нужно "
        "postgresql://имя:пароль@сервер:5432/база.",
        "kk": "DATABASE_URL: бұл PostgreSQL мекенжайы емес; "
        "postgresql://атау:құпиясөз@сервер:5432/база керек.",
        "en": "DATABASE_URL: this is not the address of a PostgreSQL database; it must be "
        "postgresql://name:password@server:5432/database.",
    },
    "unknown-setting": {
        "ru": "{variable}: такой настройки нет; все они в docs/operations.md.",
        "kk": "{variable}: мұндай баптау жоқ; бәрі docs/operations.md ішінде.",
        "en": "{variable}: there is no such setting; docs/operations.md lists them all.",
    },
}
