"""Ways in which content is wrapped, and how each is undone. Every peeler answers bytes to look into.

A peeler that does not fit answers nothing. Runs that were decoded are joined by line ends: what is
compressed inside is found again by its first bytes, wherever it stands.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import email
import email.policy
import html
import io
import lzma
import quopri
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from email.header import decode_header
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from pypdf import PdfReader

# What one compressed stream may unfold to: a bomb is not a leak.
MOST_INFLATED = 4_000_000
PIECE = 512
ZLIB_OR_GZIP, DEFLATE = 47, -15

# Only the surroundings of what is wrapped are unwrapped: layers shrink as they go deeper.
SURROUNDINGS = 100
PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
ENTITY = re.compile(rb"&(?:#x?[0-9a-fA-F]+|[a-zA-Z]+[0-9]*);")
ESCAPE = re.compile(
    rb"\\+(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8})"
    rb"|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|([nrt]))"
)
BLANKS = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
BASE32 = re.compile(rb"[A-Z2-7]{16,}")
# Not the dictionaries of a PDF, << … >>.
MARK_UP = re.compile(rb"(?<!<)</[A-Za-z]|/>(?!>)")
HEX = re.compile(rb"[0-9a-fA-F]{16,}")
LINE_END = re.compile(rb"[ \t]*=?\r?\n[ \t>]*")
FOLD = re.compile(rb"\r?\n[ \t]")
SOFT_LINE_END = re.compile(rb"=\r?\n")
QUOTED = re.compile(rb"=[0-9A-F]{2}")
ENCODED_WORD = re.compile(rb"=\?[^?\s]+\?[bqBQ]\?[^?]*\?=")
COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
ZIP_MEMBER = struct.Struct("<4s5H3L2H")
ASCII_IN_UTF_16 = re.compile(rb"(?:[\t\n\r\x20-\x7e]\0){8,}|(?:\0[\t\n\r\x20-\x7e]){8,}")
# Of either end first. What repeats is written out: an expression that begins with certain bytes is
# looked for ten times as quickly.
WIDE_LETTERS = re.compile(
    rb"\x04[\x01-\xff]\x04[\x01-\xff]\x04[\x01-\xff]\x04|\0[A-Za-z]\0[A-Za-z]\0[A-Za-z]\0"
)
MOJIBAKE = re.compile(rb"(?:(?:[\xc2\xc3][\x80-\xbf]){2,}[ -~]{0,3})+")
SOME_MOJIBAKE = re.compile(rb"[\xc2\xc3][\x80-\xbf][\xc2\xc3][\x80-\xbf]")
WHOLE_FILES = (b"%PDF-", b"PK\x03\x04")
# TrueType, OpenType and CFF: they draw letters and say none.
FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"\x01\x00\x04")
TELLING = re.compile(
    rb"[ -~]{8}|(?:[\xd0-\xd3][\x80-\xbf]){4}|[\xa8\xb8\xc0-\xff]{6}"
    rb"|\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|BZh|\xfd7zXZ|%PDF|PK\x03\x04"
)


def telling(content: bytes) -> bool:
    """Whether it may say something: what was no base64, decoded as if it were, almost never does."""
    return bool(TELLING.search(content) or WIDE_LETTERS.search(content))


def peeled(content: bytes, before: str = "") -> Iterator[tuple[str, bytes]]:
    """A PDF or a ZIP is taken apart; what its parts hold is unwrapped in every way.

    Text whose tags were taken away just `before` has no others.
    """
    ways = FILE_PEELERS if content.startswith(WHOLE_FILES) else PEELERS
    for name, peel in ways.items():
        if name == before == "tags":
            continue
        for inner in peel(content):
            if not inner.startswith(FONTS):
                yield name, inner


def around(pattern: re.Pattern[bytes], content: bytes) -> bytes:
    """Every place the pattern stands in, with its surroundings; overlapping ones joined."""
    places: list[list[int]] = []
    for match in pattern.finditer(content):
        begin = max(0, match.start() - SURROUNDINGS)
        if places and begin <= places[-1][1]:
            places[-1][1] = match.end() + SURROUNDINGS
        else:
            places.append([begin, match.end() + SURROUNDINGS])
    return b"\n".join(content[begin:end] for begin, end in places)


def percent(content: bytes) -> Iterable[bytes]:
    places = around(PERCENT, content)
    if places:
        yield unquote_to_bytes(places.replace(b"+", b" "))


def entities(content: bytes) -> Iterable[bytes]:
    places = around(ENTITY, content)
    if places:
        text = html.unescape(places.decode("utf-8", "surrogateescape"))
        yield text.encode("utf-8", "surrogateescape")


def tags(content: bytes) -> Iterable[bytes]:
    """Text that mark-up cuts in pieces, as word processors do."""
    if MARK_UP.search(content):
        yield re.sub(rb"<[^<>]*>", b"", content)


def folded(content: bytes) -> Iterable[bytes]:
    """A calendar or a card goes on in the next line wherever a line is full, be it within a letter."""
    if b"BEGIN:V" in content:
        yield FOLD.sub(b"", content)


def escapes(content: bytes) -> Iterable[bytes]:
    r"""\u041a of JSON and old pickles, \x and octal bytes of Python and PostgreSQL."""
    places = around(ESCAPE, content)
    if places:
        yield ESCAPE.sub(_unescaped, places)


def _unescaped(match: re.Match[bytes]) -> bytes:
    short, braced, long, byte, octal, blank = match.groups()
    if blank:
        return BLANKS[blank]
    if byte or octal:
        return bytes([int(byte, 16) if byte else int(octal, 8)])
    number = int(short or braced or long, 16)
    return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else match[0]


def base_64(content: bytes) -> Iterable[bytes]:
    """Standard and URL-safe, whole or broken into lines, from each of four places in a run."""
    texts = [content, LINE_END.sub(b"", content)] if b"\n" in content else [content]
    for text in texts:
        decoded = [_base64(run) for run in BASE64.findall(text)]
        for several in zip(*decoded, strict=True):
            yield b"\n".join(filter(None, several))


def _joined(decoded: Iterable[bytes]) -> bytes:
    return b"\n".join(piece for piece in decoded if telling(piece))


URL_SAFE = bytes.maketrans(b"-_", b"+/")


@lru_cache(maxsize=100_000)  # the same words stand on every page
def _base64(run: bytes) -> tuple[bytes, ...]:
    """What it says from each of four places; mostly nothing."""
    return tuple(_joined([_base64_of(run.translate(URL_SAFE)[start:])]) for start in range(4))


def _base64_of(run: bytes) -> bytes:
    usable = run[: len(run) - 1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))


def base_32(content: bytes) -> Iterable[bytes]:
    runs = BASE32.findall(content)
    if runs:
        yield _joined(base64.b32decode(run[: len(run) // 8 * 8]) for run in runs)


def hexadecimal(content: bytes) -> Iterable[bytes]:
    runs = HEX.findall(content)
    for start in range(2) if runs else ():
        yield _joined(
            binascii.unhexlify(run[start : len(run) - (len(run) - start) % 2]) for run in runs
        )


def quoted_printable(content: bytes) -> Iterable[bytes]:
    places = around(QUOTED, SOFT_LINE_END.sub(b"", content))
    if places:
        yield quopri.decodestring(places)


def encoded_words(content: bytes) -> Iterable[bytes]:
    """Names in mail headers; a long one goes on in the next word."""
    words = ENCODED_WORD.findall(content)
    if words:
        yield b"".join(_words(word.decode("ascii", "replace")) for word in words)


def _words(word: str) -> bytes:
    try:
        [(decoded, charset)] = decode_header(word)
        text = (
            decoded if isinstance(decoded, str) else decoded.decode(charset or "ascii", "replace")
        )
    except (LookupError, ValueError):
        return b""
    return text.encode("utf-8", "replace")


def mail(content: bytes) -> Iterable[bytes]:
    if not re.match(rb"[A-Za-z-]+:[^\n]*\n", content):
        return
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        yield payload
        charset = part.get_content_charset() or "utf-8"
        try:
            yield payload.decode(charset, "replace").encode()
        except LookupError:  # a charset of another world; the payload itself was given
            continue


def compressed(content: bytes) -> Iterable[bytes]:
    """zlib and gzip wherever they begin; bare deflate, bzip2 and xz."""
    for match in COMPRESSED.finditer(content):
        yield inflated(content, match.start(), ZLIB_OR_GZIP)[0]
    headless, _ = inflated(content, 0, DEFLATE)
    if len(headless) > 8:
        yield headless
    for magic, decompressor in (
        (b"BZh", bz2.BZ2Decompressor),
        (b"\xfd7zXZ", lzma.LZMADecompressor),
    ):
        for match in re.finditer(re.escape(magic), content):
            try:
                yield decompressor().decompress(content[match.start() :], MOST_INFLATED)
            except (OSError, EOFError, lzma.LZMAError):
                continue


def inflated(content: bytes, begin: int, window: int) -> tuple[bytes, int]:
    """What comes out before the stream ends or breaks; where it ended well, or where it began."""
    stream = zlib.decompressobj(window)
    out = bytearray()
    for start in range(begin, len(content), PIECE):
        try:
            out += stream.decompress(content[start : start + PIECE], MOST_INFLATED - len(out))
        except zlib.error:
            break
        if stream.eof:
            return bytes(out), min(start + PIECE, len(content)) - len(stream.unused_data)
        if len(out) >= MOST_INFLATED:
            break
    return bytes(out), begin


def bare(content: bytes) -> bytes:
    """Without compressed streams that end well: what they say is peeled, and as they lie there each
    short name stands somewhere by chance.
    """
    begins = [(match.start(), ZLIB_OR_GZIP) for match in COMPRESSED.finditer(content)]
    begins += [(begin, DEFLATE) for begin in _deflated_members(content)]
    left: list[bytes] = []
    at = 0
    for begin, window in sorted(begins):
        if begin >= at:
            left.append(content[at:begin])
            _, at = inflated(content, begin, window)
    return b"\n".join([*left, content[at:]]) if left else content


def zip_members(content: bytes) -> Iterable[bytes]:
    """By the members' own headers: also in a ZIP that is cut off, or lies inside another file."""
    # A stored member lies in the open, and is searched with what it lies in.
    for begin in _deflated_members(content):
        yield inflated(content, begin, DEFLATE)[0]


def _deflated_members(content: bytes) -> Iterator[int]:
    for match in re.finditer(rb"PK\x03\x04", content):
        header = content[match.start() : match.start() + ZIP_MEMBER.size]
        if len(header) < ZIP_MEMBER.size:
            continue
        method, name_length, extra_length = (ZIP_MEMBER.unpack(header)[i] for i in (3, 9, 10))
        if method == 8:
            yield match.start() + ZIP_MEMBER.size + name_length + extra_length


def pdf(content: bytes) -> Iterable[bytes]:
    begin = content.find(b"%PDF-")
    if begin < 0:
        return
    try:
        reader = PdfReader(io.BytesIO(content[begin:]))
        told = [page.extract_text() for page in reader.pages]
        told += [str(value) for value in (reader.metadata or {}).values()]
        attached = [data for several in reader.attachments.values() for data in several]
    except Exception:
        # A file that only looks like a PDF breaks pypdf in many ways; its streams are still inflated.
        return
    text = "\n".join(told)
    yield text.encode("utf-8", "replace")
    yield re.sub(r"\s+", "", text).encode("utf-8", "replace")  # letters set one by one
    yield from attached


def wide(content: bytes) -> Iterable[bytes]:
    """ASCII written in UTF-16: it may be base64, JSON or mark-up again."""
    runs = ASCII_IN_UTF_16.findall(content) if b"\0" in content else []
    if runs:
        yield b"\n".join(run.replace(b"\0", b"") for run in runs)


def mojibake(content: bytes) -> Iterable[bytes]:
    """UTF-8 taken for Latin-1 and encoded again, as bytes are in old pickles."""
    words = MOJIBAKE.findall(content) if SOME_MOJIBAKE.search(content) else []
    if words:
        yield b"\n".join(words).decode("utf-8").encode("latin-1")


PEELERS: dict[str, Callable[[bytes], Iterable[bytes]]] = {
    "percent": percent,
    "entities": entities,
    "tags": tags,
    "folded": folded,
    "escapes": escapes,
    "base64": base_64,
    "base32": base_32,
    "hexadecimal": hexadecimal,
    "quoted-printable": quoted_printable,
    "encoded words": encoded_words,
    "mail": mail,
    "compressed": compressed,
    "zip": zip_members,
    "pdf": pdf,
    "utf-16": wide,
    "mojibake": mojibake,
}
FILE_PEELERS = {
    name: PEELERS[name] for name in ("escapes", "hexadecimal", "compressed", "zip", "pdf")
}
