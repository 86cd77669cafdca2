"""Model fields whose content never reaches the database unsealed."""

from __future__ import annotations

import base64
import hmac
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.expressions import Case, Value, When
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save
from django.db.models.sql.where import WhereNode
from django.views.decorators.debug import sensitive_variables

from okil.foundation.vault.keys import Key, key_to_seal, known_key, scope_of
from okil.foundation.vault.sealed import Sealed
from okil.foundation.vault.sealing import key_number, seal, unseal

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    Bytes = models.BinaryField[Any, Any]
else:
    Bytes = models.BinaryField  # takes no type arguments while running


LOOKUPS = {"exact", "in", "isnull"}


class PlainTextRefused(TypeError):  # noqa: N818 (reads as what happened)
    """Code tried to write, or to look for, unsealed content in a sealed column."""


class SealedAttribute(DeferredAttribute):
    """Wraps what is assigned at once, so that no one reads it back from the record."""

    field: SealedField

    def __set__(self, record: models.Model, value: object) -> None:
        name = self.field.attname
        if isinstance(value, Sealed):
            record.__dict__[name] = value
            return
        record.__dict__[name] = (
            None if value is None else Sealed(plain=self.field.plain_bytes(value))
        )
        # A hash left out by defer() or only() must be written with the new text.
        for hashed in hashes_of(type(record), self.field.name):
            record.__dict__.setdefault(hashed.attname, None)


class SealedField(Bytes):
    # Not for people's hands, so in no ModelForm and in no form's initial data.
    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, purpose: str, **options: Any) -> None:
        self.purpose = purpose
        options["editable"] = False
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, list(args), {**options, "purpose": self.purpose}

    @property
    def label(self) -> str:
        """The place that a seal is bound to: renaming a model or a field means sealing again."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def plain_bytes(self, value: object) -> bytes:
        raise NotImplementedError

    def plain_value(self, content: bytes) -> str | bytes:
        raise NotImplementedError

    @sensitive_variables("content")
    def opened(self, value: Sealed, key: Key) -> str | bytes:
        content = unseal(key.secret_or_refused(), value.sealed_bytes(), label=self.label)
        return self.plain_value(content)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value: Sealed | None = getattr(model_instance, self.attname)
        if value is None:
            return None
        scope = scope_of(model_instance)
        if value.is_stored_form:
            self._require_sealed_for(scope, value)
            return value
        key = key_to_seal(scope, self.purpose)
        sealed = Sealed(
            sealed=seal(
                key.secret_or_refused(),
                value.plain_bytes_to_seal(),
                key_number=key.number,
                label=self.label,
            )
        )
        setattr(model_instance, self.attname, sealed)
        return sealed

    def _require_sealed_for(self, scope: str, value: Sealed) -> None:
        # Text of another scope, or of a transaction that was rolled back, could never be opened.
        key = known_key(scope, self.purpose)
        if key is None or key.number != key_number(value.sealed_bytes()):
            raise ValueError(f"{self.label} was not sealed in {scope}: assign its text again.")

    def get_lookup(self, lookup_name: str) -> type[models.Lookup[Any]] | None:
        # "contains" and the like would look into sealed bytes, and find nothing for ever.
        return super().get_lookup(lookup_name) if lookup_name in LOOKUPS else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(sealed=bytes(value))

    def to_python(self, value: Any) -> Any:
        """From a dump of sealed rows (base64), or as it is."""
        if isinstance(value, str):
            return Sealed(sealed=base64.b64decode(value, validate=True))
        return value

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else base64.b64encode(value.sealed_bytes()).decode("ascii")

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value.sealed_bytes()
        raise PlainTextRefused(
            f"{self.label} is sealed: assign to a record and save it; search with vault.find()."
        )

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        # BinaryField asks for no preparation of its own: this is the last door before the database.
        ready = value if prepared and isinstance(value, bytes) else self.get_prep_value(value)
        return super().get_db_prep_value(ready, connection, prepared=True)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if hasattr(value, "as_sql"):
            self._require_sealed_parts(value)
        return super().get_db_prep_save(value, connection)

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        # update() asks for the placeholder of an expression, and for nothing else.
        if hasattr(value, "as_sql"):
            self._require_sealed_parts(value)
        placeholder: str = super().get_placeholder(  # type: ignore[misc]  # unknown to the stubs
            value, compiler, connection
        )
        return placeholder

    def _require_sealed_parts(self, expression: Any) -> None:
        """bulk_update() writes CASE WHEN pk = … THEN <sealed>; any other expression is refused."""
        for part in expression.flatten():
            if isinstance(part, Value) and (part.value is None or isinstance(part.value, Sealed)):
                continue
            if not isinstance(part, Case | When | Cast | WhereNode):
                raise PlainTextRefused(f"{self.label} is sealed: no expression writes to it.")


class SealedText(SealedField):
    """A text of any length, sealed with the key of the record's `vault_scope` and this purpose."""

    _pyi_private_set_type: str | Sealed
    _pyi_private_get_type: Sealed  # type: ignore[assignment]  # not the bytes of its base

    def plain_bytes(self, value: object) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self.label} takes text, not {type(value).__name__}.")
        return value.encode("utf-8", "surrogatepass")

    def plain_value(self, content: bytes) -> str:
        return content.decode("utf-8", "surrogatepass")


class SealedBytes(SealedField):
    """A file or a structure, sealed with the key of the record's `vault_scope` and this purpose."""

    _pyi_private_set_type: bytes | Sealed
    _pyi_private_get_type: Sealed  # type: ignore[assignment]  # not the bytes of its base

    def plain_bytes(self, value: object) -> bytes:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError(f"{self.label} takes bytes, not {type(value).__name__}.")
        return bytes(value)

    def plain_value(self, content: bytes) -> bytes:
        return content


class KeyedHash(Bytes):
    """HMAC-SHA256 of a sealed text, for exact search inside one scope: `vault.find()`.

    Declared above the field it hashes, because fields are saved in this order.
    """

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        options["editable"] = False
        options.setdefault("db_index", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, list(args), {**options, "of": self.of}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self._require_saved_together, sender=cls)

    @property
    def source(self) -> SealedText:
        return cast("SealedText", self.model._meta.get_field(self.of))

    @sensitive_variables("text")
    def hashed(self, text: str, key: Key) -> bytes:
        secret = key.derived(f"keyed hash {self.model._meta.label_lower}.{self.name}")
        content = normalised(text).encode("utf-8", "surrogatepass")
        return hmac.digest(secret, content, "sha256")

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        if self.of not in model_instance.__dict__:  # deferred, so unchanged
            return cast("bytes | None", getattr(model_instance, self.attname))
        value: Sealed | None = model_instance.__dict__[self.of]
        if value is None:
            setattr(model_instance, self.attname, None)
        elif not value.is_stored_form:
            key = key_to_seal(scope_of(model_instance), self.source.purpose)
            # The text stays inside this call: no local variable holds it when a save fails.
            setattr(model_instance, self.attname, self.hashed(self._plain_text(value), key))
        return cast("bytes | None", getattr(model_instance, self.attname))

    def _plain_text(self, value: Sealed) -> str:
        return self.source.plain_value(value.plain_bytes_to_seal())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def _require_saved_together(
        self,
        instance: models.Model,
        update_fields: frozenset[str] | None = None,
        **_signal: object,
    ) -> None:
        if update_fields is None or (self.name in update_fields) == (self.of in update_fields):
            return
        if self.of not in instance.__dict__:  # deferred, so unchanged
            return
        value: Sealed | None = instance.__dict__[self.of]
        if value is None or not value.is_stored_form:
            raise ValueError(
                f"{self.model._meta.label}: save {self.of!r} and {self.name!r} together."
            )

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        problem = self._wrong_place()
        errors = [checks.Error(problem, obj=self, id="vault.E001")] if problem else []
        return [*super().check(**options), *errors]

    def _wrong_place(self) -> str:
        try:
            source = self.model._meta.get_field(self.of)
        except FieldDoesNotExist:
            return f"There is no field {self.of!r} to hash."
        if not isinstance(source, SealedText):
            return f"{self.of!r} is not a SealedText."
        if source.creation_counter < self.creation_counter:
            return f"Declare {self.name!r} above {self.of!r}, the field it hashes."
        return ""


def hashes_of(model: type[models.Model], name: str) -> list[KeyedHash]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, KeyedHash) and field.of == name
    ]


def sealed_fields(model: type[models.Model], *, purpose: str | None = None) -> list[SealedField]:
    fields: Iterable[models.Field[Any, Any]] = model._meta.concrete_fields
    return [
        field
        for field in fields
        if isinstance(field, SealedField) and purpose in (None, field.purpose)
    ]


def normalised(text: str) -> str:
    """One spelling for search: case, runs of spaces, and ё written as е make no difference."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.replace("ё", "е").split())
