from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from okil.foundation.accounts.sessions import SessionStore


class UserManager(models.Manager["User"]):
    def create_user(self, email: str, *, language: str, at: datetime) -> User:
        return self.create(email=email.lower(), language=language, created_at=at)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """An officer's account: an address and a language, nothing else about the person.

    No password, no name (names are sealed, in areas/bodies), no superuser: nobody stands above the
    table of roles. The moment of the last sign-in is not kept either.
    """

    email = models.EmailField(_("E-mail address"), unique=True)
    language = models.CharField(
        _("Language"),
        max_length=2,
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        default="ru",
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    # The two columns that Django's base class would bring along.
    password = None  # type: ignore[assignment]  # there is no such column
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an address is kept in small letters",
                condition=models.Q(email=Lower("email")),
            )
        ]

    def __str__(self) -> str:
        # It lands in logs and error reports, so it does not tell the address.
        return f"account {self.pk}"

    def has_usable_password(self) -> bool:
        return False

    def check_password(self, raw_password: str | None) -> bool:
        return False

    def set_password(self, raw_password: str | None) -> NoReturn:
        raise NotImplementedError("nobody has a password here")


class Session(AbstractBaseSession):
    """A browser somebody is signed in with. Its contents are sealed; its key is kept only as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from okil.foundation.accounts.sessions import SessionStore

        return SessionStore

    def __str__(self) -> str:
        return "session"

    @property
    def facts(self) -> dict[str, Any]:
        decoded: dict[str, Any] = self.get_decoded()
        return decoded
