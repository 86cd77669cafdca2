"""What went wrong, as one sentence for the person at the keyboard."""

from __future__ import annotations

import errno
import sqlite3
import sys

from okil.pure.refusal import Refused
from okil.site.command_line.words import Stopped, sentence
from okil.site.environment import WrongSetting

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SQLITE_SENTENCES = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_CANTOPEN: "database-not-opened",
    sqlite3.SQLITE_READONLY: "database-read-only",
    sqlite3.SQLITE_NOTADB: "database-damaged",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_IOERR: "disk-broken",
    sqlite3.SQLITE_BUSY: "database-busy",
}


def sentence_about(error: Exception, language: str) -> str:
    if isinstance(error, WrongSetting):
        return error.in_language(language)
    if isinstance(error, Stopped):
        return sentence(error.code, language, **error.facts)
    if isinstance(error, OSError):
        return _about_the_system(error, language)
    if isinstance(error, Refused):
        from okil.foundation.web.refusals import sentence as sentence_of_refusal

        return sentence_of_refusal(error)
    return _about_django(error, language)


def _about_the_system(error: OSError, language: str) -> str:
    if error.errno in FULL:
        return sentence("disk-full", language)
    what = error.strerror or type(error).__name__
    if error.filename is not None:
        return sentence("file-failed", language, path=error.filename, reason=what)
    return sentence("system-failed", language, reason=what)


def _about_django(error: Exception, language: str) -> str:
    """Django's and the vault's errors, which exist only where Django has been loaded."""
    vault = sys.modules.get("okil.foundation.vault")
    if vault is not None and isinstance(error, vault.WrongVaultKey):
        return str(error)
    database = sys.modules.get("django.db")
    if database is not None and isinstance(error, database.Error):
        return _about_the_database(error, language)
    return sentence("unexpected", language, kind=type(error).__name__)


def _about_the_database(error: Exception, language: str) -> str:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind; the rest says more about it than a sentence needs.
        kind = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return sentence(SQLITE_SENTENCES.get(kind, "database-failed"), language)
    if type(error).__name__ == "OperationalError":
        return sentence("database-unreachable", language)
    return sentence("database-failed", language)
