"""What the commands say, in three languages.

Not in the translation catalogues: these sentences must be there before Django is, and before the
catalogues are compiled.
"""

from __future__ import annotations

import os

LANGUAGES = ("ru", "kk", "en")

SENTENCES: dict[str, dict[str, str]] = {
    "usage": {
        "ru": "Команды Okil. Справка по одной из них: okil КОМАНДА --help",
        "kk": "Okil командалары. Біреуі туралы анықтама: okil КОМАНДА --help",
        "en": "The commands of Okil. About one of them: okil COMMAND --help",
    },
    "common-options": {
        "ru": "--lang ru|kk|en выбирает язык; OKIL_TRACE=1 показывает, где случилась ошибка.",
        "kk": "--lang ru|kk|en тілді таңдайды; OKIL_TRACE=1 қате қай жерде болғанын көрсетеді.",
        "en": "--lang ru|kk|en chooses the language; OKIL_TRACE=1 shows where an error happened.",
    },
    "exit-status": {
        "ru": "Код завершения: 0 всё в порядке, 1 проверено и найдены нарушения, "
        "2 команду или данные нельзя использовать.",
        "kk": "Аяқталу коды: 0 бәрі дұрыс, 1 тексерілді, бұзушылық бар, "
        "2 команданы не деректерді қолдануға болмайды.",
        "en": "Exit status: 0 all is well, 1 checked and something is wrong, "
        "2 the command or its input cannot be used.",
    },
    "unknown-command": {
        "ru": "Команды «{command}» нет; okil --help перечисляет все команды.",
        "kk": "«{command}» деген команда жоқ; okil --help барлық команданы көрсетеді.",
        "en": "There is no command “{command}”; okil --help lists them all.",
    },
    "unknown-language": {
        "ru": "--lang: «{language}» не подходит; можно ru, kk или en.",
        "kk": "--lang: «{language}» жарамайды; ru, kk немесе en болуы керек.",
        "en": "--lang cannot be “{language}”; it may be ru, kk or en.",
    },
    "arguments-not-understood": {
        "ru": "okil {command}: так вызвать нельзя ({reason}); см. okil {command} --help.",
        "kk": "okil {command}: бұлай шақыруға болмайды ({reason}); okil {command} --help қараңыз.",
        "en": "okil {command} cannot be called like this ({reason}); see okil {command} --help.",
    },
    "help-title": {"ru": "вызов: ", "kk": "шақыру: ", "en": "usage: "},
    "help-arguments": {"ru": "что указать", "kk": "нені көрсету керек", "en": "what to name"},
    "help-options": {
        "ru": "что можно выбрать",
        "kk": "нені таңдауға болады",
        "en": "what to choose",
    },
    "help-help": {
        "ru": "показать эту справку",
        "kk": "осы анықтаманы көрсету",
        "en": "show this help",
    },
    # Commands
    "about-demo": {
        "ru": "показать цикл 2024 года с десятью группами на этом компьютере",
        "kk": "осы компьютерде он тобы бар 2024 жылғы циклді көрсету",
        "en": "show the 2024 cycle with its ten groups on this computer",
    },
    "about-start": {
        "ru": "начать настоящую установку: орган, языки, первый адрес Секретариата",
        "kk": "нақты орнатуды бастау: орган, тілдер, Хатшылықтың алғашқы мекенжайы",
        "en": "begin a real installation: body, languages, first Secretariat address",
    },
    "about-serve": {
        "ru": "запустить сайт и фоновую работу",
        "kk": "сайтты және фондық жұмысты іске қосу",
        "en": "serve the site and do the background work",
    },
    "about-count": {
        "ru": "подсчитать: кто избран, кто альтернат, что не решено и почему",
        "kk": "санау: кім сайланды, кім альтернат, не шешілмеді және неге",
        "en": "count: who is elected, who is alternate, what stays open, and why",
    },
    "about-booth": {
        "ru": "хеши файлов кабины для голосования, как они отдаются браузеру",
        "kk": "дауыс беру кабинасы файлдарының браузерге берілетін күйіндегі хештері",
        "en": "the hashes of the booth's files as they are served",
    },
    "about-plan": {
        "ru": "проверить план выборов, предложить даты, которые можно соблюсти",
        "kk": "сайлау жоспарын тексеру, сақтауға болатын күндерді ұсыну",
        "en": "check the plan of an election, propose dates that can be kept",
    },
    "about-regulation": {
        "ru": "проверить Положение группы: что выполнено, что нарушено, о чём не сказано",
        "kk": "топтың Ережесін тексеру: не орындалған, не бұзылған, не айтылмаған",
        "en": "check a group's regulation: what is fulfilled, broken, left unsaid",
    },
    "about-verify": {
        "ru": "проверить архив тайного голосования",
        "kk": "жасырын дауыс беру мұрағатын тексеру",
        "en": "verify the archive of a secret vote",
    },
    "about-archive": {
        "ru": "показать архив, найти в нём бюллетень, сравнить два архива",
        "kk": "мұрағатты көрсету, одан бюллетень табу, екі мұрағатты салыстыру",
        "en": "show an archive, find a ballot in it, compare two archives",
    },
    "about-package": {
        "ru": "проверить пакет документов группы: протокол, подписи, подсчёт, журнал",
        "kk": "топтың құжаттар топтамасын тексеру: хаттама, қолтаңбалар, санақ, журнал",
        "en": "verify a group's package: protocol, signatures, count, journal",
    },
    "about-matching-key": {
        "ru": "ключ для сверки групп: создать в файле, показать отпечаток",
        "kk": "топтарды салыстыру кілті: файлда жасау, ізін көрсету",
        "en": "the key for comparing the groups: make it in a file, show its fingerprint",
    },
    "about-backup": {
        "ru": "сохранить в один файл всё, кроме ключа хранилища",
        "kk": "сақтау орнының кілтінен басқаның бәрін бір файлға сақтау",
        "en": "write everything but the vault's key into one file",
    },
    "about-restore": {
        "ru": "восстановить всё из файла резервной копии",
        "kk": "сақтық көшірме файлынан бәрін қалпына келтіру",
        "en": "bring everything back from a backup file",
    },
    "about-manage": {
        "ru": "собственные команды Django",
        "kk": "Django-ның өз командалары",
        "en": "Django's own commands",
    },
    # Options
    "option-host": {
        "ru": "адрес, который слушает сервер (по умолчанию 127.0.0.1)",
        "kk": "сервер тыңдайтын мекенжай (әдепкісі 127.0.0.1)",
        "en": "the address the server listens on (127.0.0.1 by default)",
    },
    "option-port": {
        "ru": "порт (по умолчанию 8000)",
        "kk": "порт (әдепкісі 8000)",
        "en": "the port (8000 by default)",
    },
    "option-workers": {
        "ru": "число процессов, в каждом четыре потока (по умолчанию 2)",
        "kk": "процестер саны, әрқайсысында төрт ағын (әдепкісі 2)",
        "en": "how many processes of four threads each (2 by default)",
    },
    "option-no-serve": {
        "ru": "только подготовить, не запускать сервер",
        "kk": "тек дайындау, серверді іске қоспау",
        "en": "prepare only, do not serve",
    },
    "option-fresh": {
        "ru": "стереть прежнюю демонстрацию и создать новую",
        "kk": "бұрынғы көрсетілімді өшіріп, жаңасын жасау",
        "en": "remove the demonstration made before and make a new one",
    },
    "option-name": {
        "ru": "название органа на этом языке",
        "kk": "органның осы тілдегі атауы",
        "en": "the name of the body in this language",
    },
    "option-languages": {
        "ru": "языки сайта через запятую, первый главный: ru,kk,en",
        "kk": "сайт тілдері үтір арқылы, біріншісі негізгі: ru,kk,en",
        "en": "the languages of the site with commas, the main one first: ru,kk,en",
    },
    "option-time-zone": {
        "ru": "часовой пояс, например Asia/Almaty",
        "kk": "уақыт белдеуі, мысалы Asia/Almaty",
        "en": "the time zone, for example Asia/Almaty",
    },
    "option-secretariat": {
        "ru": "адрес почты первого сотрудника Секретариата",
        "kk": "Хатшылықтың алғашқы қызметкерінің пошта мекенжайы",
        "en": "the e-mail address of the first person of the Secretariat",
    },
    # Failures
    "port-busy": {
        "ru": "Порт {port} на {host} занят другой программой; выберите другой: --port.",
        "kk": "{host} мекенжайындағы {port} порты бос емес; басқасын таңдаңыз: --port.",
        "en": "Port {port} on {host} is taken by another program; choose another with --port.",
    },
    "host-not-here": {
        "ru": "Адрес {host} не принадлежит этому компьютеру; --host 127.0.0.1 подходит всегда.",
        "kk": "{host} мекенжайы бұл компьютердікі емес; --host 127.0.0.1 әрқашан жарайды.",
        "en": "The address {host} is not one of this computer; --host 127.0.0.1 always is.",
    },
    "port-forbidden": {
        "ru": "Порт {port} этой программе не разрешён; выберите номер больше 1023: --port.",
        "kk": "{port} порты бұл бағдарламаға рұқсат етілмеген; 1023-тен үлкен нөмір таңдаңыз: --port.",
        "en": "Port {port} is not allowed to this program; choose one above 1023 with --port.",
    },
    "disk-full": {
        "ru": "На диске нет места; освободите место и повторите.",
        "kk": "Дискіде орын жоқ; орын босатып, қайталаңыз.",
        "en": "The disk is full; make room and try again.",
    },
    "disk-broken": {
        "ru": "Диск не читает или не пишет базу данных.",
        "kk": "Диск дерекқорды оқымайды немесе жазбайды.",
        "en": "The disk fails to read or write the database.",
    },
    "file-failed": {
        "ru": "Файл {path}: {reason}.",
        "kk": "{path} файлы: {reason}.",
        "en": "The file {path}: {reason}.",
    },
    "system-failed": {
        "ru": "Операционная система отказала: {reason}.",
        "kk": "Операциялық жүйе бас тартты: {reason}.",
        "en": "The operating system refused: {reason}.",
    },
    "database-unreachable": {
        "ru": "Сервер базы данных не отвечает или не впускает; проверьте DATABASE_URL.",
        "kk": "Дерекқор сервері жауап бермейді немесе кіргізбейді; DATABASE_URL тексеріңіз.",
        "en": "The database server does not answer or lets nobody in; look at DATABASE_URL.",
    },
    "database-not-opened": {
        "ru": "Файл базы данных в OKIL_DATA не открывается; проверьте права и место.",
        "kk": "OKIL_DATA ішіндегі дерекқор файлы ашылмайды; құқықтар мен орынды тексеріңіз.",
        "en": "The database file in OKIL_DATA cannot be opened; look at its rights and the disk.",
    },
    "database-read-only": {
        "ru": "Файл базы данных в OKIL_DATA доступен только для чтения.",
        "kk": "OKIL_DATA ішіндегі дерекқор файлы тек оқуға ашық.",
        "en": "The database file in OKIL_DATA can only be read.",
    },
    "database-damaged": {
        "ru": "Файл базы данных в OKIL_DATA повреждён; okil restore вернёт резервную копию.",
        "kk": "OKIL_DATA ішіндегі дерекқор файлы бүлінген; okil restore сақтық көшірмені қайтарады.",
        "en": "The database file in OKIL_DATA is damaged; okil restore brings a backup back.",
    },
    "database-busy": {
        "ru": "База данных занята другой программой; повторите позже.",
        "kk": "Дерекқорды басқа бағдарлама алып тұр; кейінірек қайталаңыз.",
        "en": "Another program keeps the database busy; try again later.",
    },
    "database-failed": {
        "ru": "База данных не выполнила команду; OKIL_TRACE=1 покажет подробности.",
        "kk": "Дерекқор команданы орындамады; OKIL_TRACE=1 егжей-тегжейін көрсетеді.",
        "en": "The database could not do it; OKIL_TRACE=1 shows the details.",
    },
    "unexpected": {
        "ru": "Этого мы не ожидали ({kind}); OKIL_TRACE=1 покажет, где это случилось.",
        "kk": "Мұны күтпеген едік ({kind}); OKIL_TRACE=1 қай жерде болғанын көрсетеді.",
        "en": "We did not expect this ({kind}); OKIL_TRACE=1 shows where it happened.",
    },
    # Serving
    "process-does-not-start": {
        "ru": "Сервер не запускается: его процесс трижды завершился сразу; причина в строках выше.",
        "kk": "Сервер іске қосылмайды: процесі үш рет бірден аяқталды; себебі жоғарғы жолдарда.",
        "en": "The server does not start: its process ended at once three times; the lines above "
        "say why.",
    },
    "serving": {
        "ru": "Okil работает: {address} (остановить: Ctrl+C)",
        "kk": "Okil жұмыс істеп тұр: {address} (тоқтату: Ctrl+C)",
        "en": "Okil is serving: {address} (Ctrl+C stops it)",
    },
    "demonstration-elsewhere": {
        "ru": "Это демонстрация: она открывает двери без пароля и работает только на 127.0.0.1 "
        "и без DATABASE_URL.",
        "kk": "Бұл көрсетілім: ол есіктерді құпиясөзсіз ашады, сондықтан тек 127.0.0.1 "
        "мекенжайында және DATABASE_URL-сіз жұмыс істейді.",
        "en": "This is a demonstration: its doors open without a password, so it is served on "
        "127.0.0.1 only and without DATABASE_URL.",
    },
    "demonstration-would-hide-real-data": {
        "ru": "OKIL_DATA: в папке «{path}» настоящая установка; демонстрации нужна своя папка.",
        "kk": "OKIL_DATA: «{path}» бумасында нақты орнату бар; көрсетілімге өз бумасы керек.",
        "en": "OKIL_DATA: “{path}” holds a real installation; the demonstration needs a folder "
        "of its own.",
    },
    "demonstration-being-made": {
        "ru": "Создаём демонстрацию: цикл 2024 года, десять групп…",
        "kk": "Көрсетілім жасалуда: 2024 жылғы цикл, он топ…",
        "en": "Making the demonstration: the 2024 cycle, ten groups…",
    },
    "demonstration-progress": {
        "ru": "Готово: {percent} %",
        "kk": "Дайын: {percent} %",
        "en": "Done: {percent} %",
    },
    "demonstration-doors": {
        "ru": "Войти можно так (ссылки на первой странице, без почты):",
        "kk": "Былай кіруге болады (сілтемелер бірінші бетте, поштасыз):",
        "en": "These may sign in (links on the first page, no mail needed):",
    },
    # Beginning an installation
    "ask-name": {
        "ru": "Название органа ({language}), можно оставить пустым: ",
        "kk": "Органның атауы ({language}), бос қалдыруға болады: ",
        "en": "Name of the body ({language}), may stay empty: ",
    },
    "ask-languages": {
        "ru": "Языки сайта, первый главный [{suggested}]: ",
        "kk": "Сайт тілдері, біріншісі негізгі [{suggested}]: ",
        "en": "Languages of the site, the main one first [{suggested}]: ",
    },
    "ask-time-zone": {
        "ru": "Часовой пояс [Asia/Almaty]: ",
        "kk": "Уақыт белдеуі [Asia/Almaty]: ",
        "en": "Time zone [Asia/Almaty]: ",
    },
    "ask-secretariat": {
        "ru": "Почта первого сотрудника Секретариата: ",
        "kk": "Хатшылықтың алғашқы қызметкерінің поштасы: ",
        "en": "E-mail of the first person of the Secretariat: ",
    },
    "name-missing": {
        "ru": "Нужно название органа хотя бы на одном языке: --name-ru, --name-kk или --name-en.",
        "kk": "Орган атауы кемінде бір тілде керек: --name-ru, --name-kk немесе --name-en.",
        "en": "The body needs a name in one language at least: --name-ru, --name-kk or --name-en.",
    },
    "languages-wrong": {
        "ru": "«{value}» не список языков; можно ru, kk, en через запятую, каждый один раз.",
        "kk": "«{value}» тілдер тізімі емес; үтірмен ru, kk, en болады, әрқайсысы бір рет.",
        "en": "“{value}” is no list of languages; it may be ru, kk, en with commas, each once.",
    },
    "time-zone-wrong": {
        "ru": "«{value}» не часовой пояс; нужен такой: Asia/Almaty.",
        "kk": "«{value}» уақыт белдеуі емес; мынадай керек: Asia/Almaty.",
        "en": "“{value}” is no time zone; it must be like Asia/Almaty.",
    },
    "secretariat-wrong": {
        "ru": "«{value}» не адрес почты; нужен адрес вида name@example.org.",
        "kk": "«{value}» пошта мекенжайы емес; name@example.org түріндегі мекенжай керек.",
        "en": "“{value}” is not a mail address; it must be like name@example.org.",
    },
    "begun": {
        "ru": "Готово. Передайте эту ссылку сотруднику Секретариата, она сработает один раз:",
        "kk": "Дайын. Бұл сілтемені Хатшылық қызметкеріне беріңіз, ол бір рет жұмыс істейді:",
        "en": "Done. Give this link to the person of the Secretariat; it works once:",
    },
    "serve-next": {
        "ru": "Остальное в браузере: запустите okil serve и откройте ссылку.",
        "kk": "Қалғаны браузерде: okil serve іске қосып, сілтемені ашыңыз.",
        "en": "The rest is done in the browser: run okil serve and open the link.",
    },
}


class Stopped(Exception):  # noqa: N818 (reads as what happened)
    """A command that cannot go on, for a reason that has a sentence here."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def sentence(code: str, language: str, /, **facts: object) -> str:
    return SENTENCES[code][language].format(**facts)


def language_of_environment() -> str:
    """The reader's language as programs on a command line find it, else English."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"
