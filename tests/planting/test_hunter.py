"""The hunter is itself hunted: a planted leak of each kind must be found, and nothing else."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import os
import pickle
import quopri
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from django.core import signing
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tests.planting.hunter import Find, find

NAME = "Клёнова Дина"
NEEDLES = [NAME, "Ромашкина Вера"]


def zipped(
    content: bytes, method: int = zipfile.ZIP_DEFLATED, name: str = "word/document.xml"
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 20)
        archive.writestr(name, content)
    return file.getvalue()


def letter(subject: str = "A change", text: str = "There is news.") -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = "somebody@example.org"
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    return message.as_bytes()


def pdf_of(text: str, *, attached: bool = False) -> bytes:
    """Latin letters on a page, or any file attached to it."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 100)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    shown = "A page" if attached else text
    spaced = " ".join(f"({letter}) -5" for letter in shown)  # set letter by letter
    stream.set_data(f"BT /F1 12 Tf 10 50 Td [{spaced}] TJ ET".encode())
    page[NameObject("/Contents")] = stream.flate_encode()
    if attached:
        writer.add_attachment("list.txt", text.encode())
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def sqlite_file(text: str, encoding: str = "UTF-8") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA encoding = '{encoding}'")
    connection.execute("CREATE TABLE t (language, name)")
    connection.execute("INSERT INTO t VALUES ('ru', ?)", [text])
    connection.commit()
    return connection.serialize()


def in_lines(content: bytes) -> bytes:
    return b"\r\n".join(content[i : i + 19] for i in range(0, len(content), 19))


def calendar_of(text: str) -> bytes:
    """Folded at every seventh byte, so within letters too."""
    line = f"SUMMARY:{text}".encode()
    folded = b"\r\n ".join(line[i : i + 7] for i in range(0, len(line), 7))
    return b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + folded + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def many_times(wrap: Callable[[bytes], bytes], times: int) -> bytes:
    content = NAME.encode()
    for _ in range(times):
        content = wrap(content)
    return content


LONG = f"{'A quiet sentence. ' * 40}{NAME}{' And one more.' * 40}"

LEAKS: dict[str, bytes | str] = {
    # How a name is written
    "as given": f"<td>{NAME}</td>",
    "in capitals": NAME.upper(),
    "the other way round": "Дина КЛЁНОВА",
    "with е for ё": "Кленова Дина",
    "surname alone": "г-жа Клёнова,",
    "surname declined": "письмо Клёновой",
    "given name alone": "Здравствуйте, Дина!",
    "given name after a Latin letter": "ruДина",
    "in Latin letters": "dina.klenova@example.org",
    "in Latin letters with yo": "KLYONOVA",
    "in an address": "/people/klenova-dina/",
    "with a stress mark": "Клёно\u0301ва",
    "with a soft hyphen": "Клё\u00adнова",
    "with ё in two parts": "Кле\u0308нова",
    "across two lines": "Клёнова\n   Дина",
    # How text is encoded
    "UTF-16 LE": NAME.encode("utf-16-le"),
    "UTF-16 BE at an odd place": b"x" + NAME.encode("utf-16-be"),
    "UTF-16 with mark": NAME.encode("utf-16"),
    "Windows Cyrillic": NAME.encode("cp1251"),
    "in the middle of bytes": bytes(range(256)) + NAME.encode() + bytes(range(256)),
    "percent": quote(NAME),
    "percent and plus": quote_plus(NAME),
    "percent twice": quote(quote(NAME)),
    "entities": "".join(f"&#{ord(letter)};" for letter in NAME),
    "hexadecimal entities": "".join(f"&#x{ord(letter):x};" for letter in NAME),
    "entities twice": html.escape("".join(f"&#{ord(letter)};" for letter in NAME)),
    "cut by tags": "<w:t>Клё</w:t></w:r><w:r><w:t>нова</w:t>",
    "JSON": json.dumps({"name": NAME}),
    "JSON in JSON": json.dumps(json.dumps({"name": NAME})),
    "JavaScript braces": "".join(f"\\u{{{ord(letter):x}}}" for letter in NAME),
    "repr of bytes": repr(NAME.encode()),
    "ascii of text": ascii(NAME),
    "octal bytes": "".join(f"\\{byte:o}" for byte in NAME.encode()),
    "hexadecimal": NAME.encode().hex(),
    "bytes column of PostgreSQL": "\\x" + NAME.encode().hex(),
    "UTF-8 taken for Latin-1": NAME.encode().decode("latin-1"),
    # How content is wrapped
    "base64": base64.b64encode(LONG.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b"\xfb\xff\xfe" + NAME.encode()),
    "base64 without padding": base64.urlsafe_b64encode(NAME.encode()).rstrip(b"="),
    "base64 in lines": in_lines(base64.b64encode(LONG.encode())),
    "base64 glued to a word": b"token_" + base64.b64encode(NAME.encode()),
    "base64 in JSON lines": json.dumps(in_lines(base64.b64encode(LONG.encode())).decode()),
    "base64 in UTF-16": base64.b64encode(NAME.encode()).decode().encode("utf-16"),
    "base64 of UTF-16": base64.b64encode(NAME.encode("utf-16-le")),
    "base64 three times": many_times(base64.b64encode, 3),
    "base32": base64.b32encode(LONG.encode()),
    "quoted-printable": quopri.encodestring(NAME.encode()),
    "zlib": zlib.compress(LONG.encode()),
    "zlib level 0 to 9": zlib.compress(LONG.encode(), 9) + zlib.compress(b"x", 1),
    "zlib in the middle": b"\x80\x04x\x9c" + b"column" + zlib.compress(LONG.encode()) + b"tail",
    "zlib cut off": zlib.compress(LONG.encode() * 50)[:-30],
    "gzip": gzip.compress(LONG.encode()),
    "bare deflate": zlib.compress(LONG.encode())[2:-4],
    "bzip2": bz2.compress(LONG.encode()),
    "xz": b"head" + lzma.compress(LONG.encode()),
    "ZIP": zipped(LONG.encode()),
    "ZIP stored": zipped(NAME.encode(), zipfile.ZIP_STORED),
    "ZIP inside a file": b"x" * 999 + zipped(LONG.encode()) + b"y" * 99_999,
    "ZIP cut off": zipped(LONG.encode())[:-40],
    "ZIP in ZIP": zipped(zipped(LONG.encode()), name="inner.zip"),
    "name of a ZIP member": zipped(b"x", name=f"{NAME}.txt"),
    "word processor": zipped("<w:t>Клё</w:t><w:t>нова</w:t>".encode() * 9),
    "spreadsheet": zipped("<si><t>&#1050;&#1083;ёнова</t></si>".encode(), name="xl/shared.xml"),
    "calendar": calendar_of(NAME),
    "PDF text": pdf_of("Klenova Dina"),
    "PDF attachment": pdf_of(NAME, attached=True),
    "PDF in base64": base64.encodebytes(pdf_of("Klenova Dina")),
    # Where Django and mail keep things
    "mail body": letter(text=LONG),
    "mail subject": letter(subject=f"{NAME}: news that is too long for one line of a mail header"),
    "mail body in Windows Cyrillic": (
        b"Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(NAME.encode("cp1251"))
    ),
    "session": signing.dumps({"name": NAME}, key="k", salt="s", compress=True),
    "long session": signing.dumps({"name": LONG}, key="k", salt="s", compress=True),
    "signed cookie": signing.Signer(key="k").sign_object({"name": NAME}),
    "signed text": signing.Signer(key="k").sign(NAME),
    "pickle 0": pickle.dumps({"name": NAME}, protocol=0),
    "pickle 2": pickle.dumps({"name": NAME}, protocol=2),
    "pickle 5": pickle.dumps({"name": NAME}, protocol=5),
    "bytes in an old pickle": pickle.dumps(NAME.encode(), protocol=2),
    "cache row": base64.b64encode(zlib.compress(pickle.dumps({"name": LONG}))),
    "SQLite file": sqlite_file(NAME),
    "SQLite file in UTF-16": sqlite_file(NAME, "UTF-16le"),
    "everything at once": zipped(
        base64.encodebytes(gzip.compress(json.dumps(quote(LONG)).encode()))
    ),
}


def test_a_number_is_found_whole_only() -> None:
    needle = ["+7 701 555 43 21"]

    assert find(needle, {"a": "tel:+77015554321", "b": b"+7-701-555-43-21"})
    assert find(needle, {"a": "701 and 555 and 43"}) == []


def test_a_name_that_is_public_hides_no_other() -> None:
    page = "Elected: Клёнова Дина."

    assert find(["Ромашкина Дина"], {"page": page}, public=["Клёнова Дина"]) == []
    assert find(["Ромашкина Дина"], {"page": f"{page} Ромашкина"}, public=["Клёнова Дина"])


def test_a_name_whose_parts_others_made_public_is_found_whole() -> None:
    public = ["Клёнова Дина", "Ромашкина Вера"]

    for page in ("Клёнова Вера", "вера КЛЁНОВА", "Кл\u00adёноваВера"):
        assert find(["Клёнова Вера"], {"page": page}, public=public), page
    assert find(["Клёнова Вера"], {"page": "Клёнова, Ромашкина Вера"}, public=public) == []


def test_a_text_is_found_by_its_beginning() -> None:
    remark = "Список лежал открытым, его видели все.\nПотом его убрали."

    for page in (remark, f"<p>{remark[:45]}</p>", json.dumps(remark), remark.replace(" ", "")):
        assert find([], {"page": page}, texts=[remark]), page
    assert find([], {"page": "Список лежал в конверте. Потом его убрали."}, texts=[remark]) == []


CLEAN: dict[str, bytes | str] = {
    "words with the letters inside": "Единая годинa, медина и динамика; Веранда, доверие, вероятность.",
    "Latin words with the letters inside": "medina dinar ordinary; verandah, overall, severe",
    "maple": "Клён стоит у дома, клёны шумят; ромашка.",
    "a page": "<p>The commission of group 3 met on Thursday.</p>" * 500,
    "closed": "••• <Sealed •••>",
    "a mail": letter(),
    "a document": zipped(b"<w:t>Nothing personal.</w:t>" * 99),
    "a calendar": calendar_of("Action 12"),
    "a PDF": pdf_of("Protocol 12"),
    "a database": sqlite_file("Комиссия"),
    "hashes": "\n".join(f"{number:064x}" for number in range(500)),
    "nothing": "",
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_planted_leak_is_found(kind: str) -> None:
    found = find(NEEDLES, {"clean": "Nothing here.", kind: LEAKS[kind]})

    assert {(finding.source, finding.needle) for finding in found} == {(kind, NAME)}


@pytest.mark.parametrize("kind", CLEAN)
def test_a_clean_source_yields_nothing(kind: str) -> None:
    assert find(NEEDLES, {kind: CLEAN[kind]}) == []


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=500, max_size=5_000))
def test_bytes_of_no_meaning_yield_nothing_and_break_nothing(content: bytes) -> None:
    # PDF and ZIP marks lead the peelers into it.
    source = b"PK\x03\x04" + content + b"%PDF-1.7" + content + b"BZh9\x1f\x8b\x08\xfd7zXZ" + content

    assert find(NEEDLES, {"noise": source}) == []


def test_the_write_ahead_log_of_a_database_is_read_like_any_file(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (name)")
    connection.execute("INSERT INTO t VALUES (?)", [NAME])

    found = find(NEEDLES, {path.name: path.read_bytes() for path in tmp_path.iterdir()})

    assert [finding.source for finding in found] == ["d.sqlite3-wal"]
    connection.close()


def test_a_find_says_where_it_was_and_under_which_layers() -> None:
    source = base64.b64encode(gzip.compress(LONG.encode()))

    assert find([NAME], {"export": source}) == [
        Find("export", NAME, "кленов", ("base64", "compressed"))
    ]
    assert str(find([NAME], {"export": source})[0]) == (
        "'Клёнова Дина' as 'кленов' in export > base64 > compressed"
    )


def test_a_pickle_is_not_executed() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return pytest.fail, ("The pickle was executed.",)

    assert find(NEEDLES, {"task": pickle.dumps(Trap())}) == []


def test_letters_in_a_compressed_stream_are_chance_unless_it_is_broken() -> None:
    stream = zlib.compress(b" Dina " + os.urandom(900), 0)

    assert find(NEEDLES, {"whole": b"begin " + stream + b" end"})[0].layers == ("compressed",)
    assert find(NEEDLES, {"cut off": b"begin " + stream[:-30] + b" end"})[0].layers == ()
    assert find(NEEDLES, {"after it": zlib.compress(b"x" * 99) + b" Dina"})[0].layers == ()
    assert find(NEEDLES, {"after a member": zipped(b"x" * 99) + b" Dina"})[0].layers == ()


def test_a_line_of_many_pages_is_read_in_each_where_it_says_something_new() -> None:
    pages = {
        "first": "telephone +7 701\n\nnothing",
        "second": "nothing\n 555 43 21",
        "third": "nothing\ntelephone +7 701\n\n   555 43 21\nnothing",
        "fourth": "nothing\ntelephone +7 701\n\n   555 43 21\nnothing",
    }

    found = find(["+7 701 555 43 21"], pages)

    assert [finding.source for finding in found] == ["third", "fourth"]


def test_a_bomb_ends() -> None:
    bomb = zlib.compress(zlib.compress(b"\0" * 30_000_000, 9), 9)

    assert find(NEEDLES, {"bomb": bomb}) == []
