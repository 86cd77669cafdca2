from __future__ import annotations

from okil.site.command_line.installation import open_installation


def run(arguments: list[str], language: str) -> int:
    open_installation(language)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["okil manage", *arguments])
    return 0
