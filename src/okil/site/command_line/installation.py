"""What every command that uses the database needs: data folder, keys, Django, tables, static files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from okil.site import environment
from okil.site.command_line.words import Stopped


def open_installation(language: str) -> None:
    """The data folder and its keys, then Django. Nothing of Django may be imported before."""
    os.umask(0o077)  # what the program writes is for its own user
    environment.prepare()
    environment.read_environment()  # a wrong setting is found before anything else is tried
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okil.site.settings")
    from okil.site.translations import compile_all

    compile_all()
    import django

    django.setup()
    from django.utils.translation import activate

    activate(language)


def bring_up_to_date() -> None:
    """Tables, cache, static files as this version needs them; then the vault's key must fit."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from okil.foundation import vault

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    _gather_static_files()
    vault.require_right_key()


def require_demonstration_stays_here(host: str) -> None:
    """A demonstration signs people in without a code: it must not be reached from elsewhere."""
    from django.conf import settings

    if not is_demonstration():
        return
    if settings.ENVIRONMENT.database_url_given or not environment.is_loopback(host):
        raise Stopped("demonstration-elsewhere")


def is_demonstration() -> bool:
    from okil.site.demonstration.models import Mark

    return Mark.objects.filter(pk=1).exists()


def _gather_static_files() -> None:
    from django.conf import settings
    from django.core.management import call_command

    gathered = Path(settings.STATIC_ROOT).with_name("static-gathered")
    fingerprint = _fingerprint_of_static_files()
    if gathered.exists() and gathered.read_text(encoding="utf-8") == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    gathered.write_text(fingerprint, encoding="utf-8")


def _fingerprint_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda each: each[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
