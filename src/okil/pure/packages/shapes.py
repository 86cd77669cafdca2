"""Which form a JSON value must have: a table of fields, read by a check and printed as JSON Schema.

Every object is closed. A package goes from hand to hand, and there shall be no room in it where
something could stand that nobody looks for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from okil.pure.packages.failures import Faulty

LANGUAGES = ("ru", "kk", "en")
MOST = 1_000_000_000
LONGEST_TEXT = 20_000
MOST_ITEMS = 100_000


class Shape:
    """What a value may be. `check` raises Faulty("wrong-form", place=…) for any other."""

    def check(self, value: Any, place: str) -> None:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError


def require(condition: bool, place: str) -> None:
    if not condition:
        raise Faulty("wrong-form", place=place)


@dataclass(frozen=True)
class Text(Shape):
    least: int = 0
    most: int = LONGEST_TEXT
    pattern: str | None = None

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, str) and self.least <= len(value) <= self.most, place)
        require(self.pattern is None or bool(re.fullmatch(self.pattern, value)), place)

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "string"}
        if self.pattern is not None:
            return {**found, "pattern": f"^{self.pattern}$"}
        if self.least:
            found["minLength"] = self.least
        return {**found, "maxLength": self.most}


@dataclass(frozen=True)
class Number(Shape):
    least: int = 0
    most: int = MOST

    def check(self, value: Any, place: str) -> None:
        # True equals 1, and is no number.
        is_number = isinstance(value, int) and not isinstance(value, bool)
        require(is_number and self.least <= value <= self.most, place)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Flag(Shape):
    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, bool), place)

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Moment(Shape):
    """A moment with its time zone, in ISO writing."""

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, str) and len(value) <= 40, place)
        try:
            found = datetime.fromisoformat(value)
            is_complete = found.utcoffset() is not None
            # At the edges of the calendar a moment has no UTC to be compared in.
            require(is_complete and 1990 <= found.year < 2200, place)
        except ValueError as error:
            raise Faulty("wrong-form", place=place) from error

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True)
class Day(Shape):
    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, str) and len(value) == len("2024-09-07"), place)
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise Faulty("wrong-form", place=place) from error

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Either(Shape):
    """Just these values."""

    values: tuple[Any, ...]

    def check(self, value: Any, place: str) -> None:
        # 1 equals True, and is another value.
        require(any(value == each and type(value) is type(each) for each in self.values), place)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.values)}


@dataclass(frozen=True)
class Maybe(Shape):
    """This, or null."""

    shape: Shape

    def check(self, value: Any, place: str) -> None:
        if value is not None:
            self.shape.check(value, place)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}


@dataclass(frozen=True)
class Each(Shape):
    """A list of these."""

    shape: Shape
    most: int = MOST_ITEMS
    least: int = 0

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, list) and self.least <= len(value) <= self.most, place)
        for at, each in enumerate(value):
            self.shape.check(each, f"{place}[{at}]")

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "array", "items": self.shape.schema()}
        if self.least:
            found["minItems"] = self.least
        return {**found, "maxItems": self.most}


@dataclass(frozen=True)
class Named(Shape):
    """An object whose keys are not known before; each value has this form."""

    shape: Shape
    key: str = r".{1,200}"

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, dict), place)
        for key, each in value.items():
            require(bool(re.fullmatch(self.key, key)), place)
            self.shape.check(each, f"{place}.{key}")

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{self.key}$"},
            "additionalProperties": self.shape.schema(),
        }


@dataclass(frozen=True)
class Fields(Shape):
    """An object with exactly these fields, and perhaps with those of `more`."""

    fields: Mapping[str, Shape]
    about: str = ""
    more: Mapping[str, Shape] = field(default_factory=dict)

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, dict), place)
        inside = f"{place}." if place else ""
        known = {**self.fields, **self.more}
        for name in sorted(value.keys() - known.keys()):
            raise Faulty("unknown-field", place=f"{inside}{name}"[:100])
        for name, shape in known.items():
            require(name in value or name in self.more, f"{inside}{name}")
            if name in value:
                shape.check(value[name], f"{inside}{name}")

    def schema(self) -> dict[str, Any]:
        about = {"description": self.about} if self.about else {}
        return {
            "type": "object",
            **about,
            "additionalProperties": False,
            "required": list(self.fields),
            "properties": {
                name: shape.schema() for name, shape in {**self.fields, **self.more}.items()
            },
        }


@dataclass(frozen=True)
class Anything(Shape):
    """An object that another reader examines: the count sheet, the plan, an act's before and after."""

    schema_file: str = ""

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, dict), place)

    def schema(self) -> dict[str, Any]:
        return {"$ref": self.schema_file} if self.schema_file else {"type": "object"}


@dataclass(frozen=True)
class Texts(Shape):
    """A text in some of the three languages; in `least` of them at least."""

    least: int = 0

    def check(self, value: Any, place: str) -> None:
        require(isinstance(value, dict) and value.keys() <= set(LANGUAGES), place)
        for language, text in value.items():
            Text().check(text, f"{place}.{language}")
        require(sum(bool(text.strip()) for text in value.values()) >= self.least, place)

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            **({"minProperties": self.least} if self.least else {}),
            "properties": {language: Text().schema() for language in LANGUAGES},
        }


@dataclass(frozen=True)
class Name(Shape):
    """The name of a body, an organisation, a place: written in one way, or in several languages."""

    def check(self, value: Any, place: str) -> None:
        (Text() if isinstance(value, str) else Texts()).check(value, place)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [Text().schema(), Texts().schema()]}


SHA256 = Text(pattern="[0-9a-f]{64}")
POSITIVE = Number(least=1)
CODE = Text(pattern=r"[a-z0-9][a-z0-9_.-]{0,79}")
