"""Django's settings. What an operator may choose comes from the environment: `okil.site.environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from okil.site import vault_key
from okil.site.environment import read_environment

ENVIRONMENT = read_environment()
HERE = Path(__file__).parent

SECRET_KEY = ENVIRONMENT.secret_key
VAULT_KEY = ENVIRONMENT.vault_key
VAULT_KEY_SOURCE = vault_key.place()
BOARD_KEY = ENVIRONMENT.board_key
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts
SITE_ADDRESS = ENVIRONMENT.address
ROOT_URLCONF = "okil.site.urls"
WSGI_APPLICATION = "okil.site.wsgi.application"
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "okil.foundation.audit",
    "okil.foundation.background",
    "okil.foundation.vault",
    "okil.foundation.accounts",
    "okil.foundation.notifications",
    "okil.foundation.documents",
    "okil.foundation.web",
    "okil.booth",
    "okil.areas.bodies",
    "okil.areas.elections",
    "okil.site.demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "okil.foundation.web.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "okil.site.navigation.write_for_the_body",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "okil.foundation.accounts.middleware.keep_sign_in",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "okil.site.navigation.page_frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "okil.foundation.web.templatetags.okil",
                "okil.site.template_words",
            ],
        },
    }
]

# People and sign-in: a code by e-mail, then a second factor. No passwords, no sign-up.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office"
LOGOUT_REDIRECT_URL = "home"

# Languages
LANGUAGE_CODE = "ru"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale", HERE / "locale_frameworks"]
FORMAT_MODULE_PATH = "okil.site.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: hashed names, served by the application itself.
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The operator learns that a page broke and where (okil.foundation.web.faults). Django's own lines hold
# addresses, and an address may be somebody's personal link.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(message)s"}},
    "handlers": {
        "operator": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "okil": {"handlers": ["operator"], "level": "INFO"},
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}

# An attached paper is sealed before it touches a disk: it is never kept in a temporary file.
FILE_UPLOAD_HANDLERS = ["okil.foundation.web.uploads.InMemory"]

# Rate limits and short-lived facts hold across processes, so they live in the database.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "okil_cache",
        "KEY_FUNCTION": "okil.foundation.accounts.rate_limits.cache_key",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECURE = urlsplit(SITE_ADDRESS).scheme == "https"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # with the browser, like the session
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SECURE else []
CSRF_FAILURE_VIEW = "okil.foundation.web.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Not "no-referrer": browsers then send "Origin: null" with our own forms, and they are refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
X_FRAME_OPTIONS = "DENY"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Sign-in (django-allauth) and mail. A code by e-mail, then a second factor; nobody signs up.
SESSION_ENGINE = "okil.foundation.accounts.sessions"
ACCOUNT_ADAPTER = "okil.foundation.notifications.sign_in_letters.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by each code; no second table of them
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who asks for a code to a strange address sends no mail
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "request_login_code": "okil.foundation.accounts.forms.RequestCodeForm",
    "confirm_login_code": "okil.foundation.accounts.forms.ConfirmCodeForm",
}
MFA_ADAPTER = "okil.foundation.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_ISSUER = "Okil"
MFA_TOTP_TOLERANCE = 1  # cheap phones with a clock half a minute off
MFA_FORMS = {
    "authenticate": "okil.foundation.accounts.forms.AuthenticateForm",
    "reauthenticate": "okil.foundation.accounts.forms.ReauthenticateForm",
    "activate_totp": "okil.foundation.accounts.forms.ActivateAppForm",
    "add_webauthn": "okil.foundation.accounts.forms.AddPasskeyForm",
}
# With https there is one reverse proxy before us, and the last address in X-Forwarded-For is the one
# it saw; what a visitor wrote before it is not believed. Without, nobody's header is.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
# The default of 300 entries would let anyone push out others' rate limits by making many.
CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}

# smtp:// changes to TLS at once, except on this machine; smtps:// begins with it.
_MAIL = urlsplit(ENVIRONMENT.mail_url)
EMAIL_BACKEND = (
    "okil.foundation.notifications.smtp.EmailBackend"
    if _MAIL.hostname
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp" and EMAIL_HOST not in ("localhost", "127.0.0.1", "::1")
EMAIL_PORT = _MAIL.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
