"""Settings, read from the environment; `.env.example` and docs/operation.md name them all."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
SHORTEST_SECRET = 40
if len(SECRET_KEY) < SHORTEST_SECRET or SECRET_KEY.startswith(("change", "django-insecure")):
    raise ImproperlyConfigured("SECRET_KEY must be a secret of at least 40 characters.")
# Seal what is stored secret: the newest first, so that it can be changed (docs/operation.md).
SEALING_KEYS = env.list("SEALING_KEYS", default=[]) or [SECRET_KEY]
DEBUG = env.bool("DEBUG", default=False)
SECURE = env.bool("SECURE", default=True)
KOMPETANSE_DEMO = env.bool("KOMPETANSE_DEMO", default=False)
DEMO_MAIL_ROOT = env.str("DEMO_MAIL_ROOT", default="")

# Host names of the platform itself, where the Kommune is the first part of the path. A Kommune's
# own host names are rows; ALLOWED_HOSTS must hold them too.
PLATFORM_HOSTS = env.list("PLATFORM_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# How people write the platform's address; it stands in notices as text, never as a link.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "kompetanse.skall",
    "kompetanse.kommuner",
    "kompetanse.organisasjon",
    "kompetanse.varsler",
    "kompetanse.personvern",
    "kompetanse.innlogging",
    "kompetanse.plattform",
    "kompetanse.hrimport",
    "planer",
    "kartlegging",
    "soknader",
    "rapporter",
]
if KOMPETANSE_DEMO:
    INSTALLED_APPS.insert(0, "demo")  # Before the shell: it overrides the banner and the log-in.

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kompetanse.kommuner.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kompetanse.kommuner.middleware.TenantMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kompetanse.organisasjon.middleware.ActorMiddleware",
    "kompetanse.plattform.middleware.OperatorMiddleware",
    "kompetanse.skall.middleware.IdleMiddleware",
    "kompetanse.innlogging.middleware.SessionMiddleware",
    "kompetanse.innlogging.middleware.DemandMiddleware",
    "kompetanse.skall.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kompetanse.skall.middleware.DomainErrorMiddleware",
    "kompetanse.skall.middleware.LookingMiddleware",
]

ROOT_URLCONF = "kompetanse.urls"
WSGI_APPLICATION = "kompetanse.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kompetanse.skall.context.shell",
            ],
        },
    }
]

# The owner migrates and owns the tables; the app role that serves pages owns nothing.
IS_OWNER = env.str("KOMPETANSE_ROLE", default="app") == "owner"
DATABASES = {
    "default": env.db_url("DATABASE_OWNER_URL" if IS_OWNER else "DATABASE_URL")
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
}

REDIS_URL = env.str("REDIS_URL")
# Lets several installations share one Redis without seeing each other's work.
REDIS_PREFIX = env.str("REDIS_PREFIX", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "global_keyprefix": REDIS_PREFIX,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

AUTH_USER_MODEL = "organisasjon.Bruker"
AUTHENTICATION_BACKENDS = ["kompetanse.organisasjon.backend.TenantBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "skall:home"
ACCOUNT_ADAPTER = "kompetanse.innlogging.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kompetanse.innlogging.forms.account.LoginForm",
    "change_password": "kompetanse.innlogging.forms.account.ChangePasswordForm",
    "reauthenticate": "kompetanse.innlogging.forms.account.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "skall:start"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Beside allauth's own limits. Of wrong passwords, the key of the first is the name, of the second
# the name and the address, of the third the name and a browser known to it (innlogging/guesses.py).
# A whole town hall may stand behind one address: so many there may each minute log in, be wrong or
# on their way in, and begin or end a log-in elsewhere.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed_anywhere": "60/m/ip,30/h/key",
    "login_failed_here": "5/5m/key,10/h/key",
    "login_failed_known": "5/5m/key,20/h/key",
    "openid": "300/m/ip",
}
MFA_ADAPTER = "kompetanse.innlogging.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is asked for PIN, finger or face, so that it is two factors in one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kompetanse.innlogging.forms.factor.AuthenticateForm",
    "reauthenticate": "kompetanse.innlogging.forms.factor.ReauthenticateForm",
    "activate_totp": "kompetanse.innlogging.forms.factor.ActivateTOTPForm",
    "edit_webauthn": "kompetanse.innlogging.forms.factor.EditPasskeyForm",
    "add_webauthn": "kompetanse.innlogging.forms.factor.AddPasskeyForm",
}
# An OpenID provider on this machine or a private network; for tests and demonstrations alone.
OPENID_ALLOW_PRIVATE = env.bool("OPENID_ALLOW_PRIVATE", default=False)
# Throttling counts by the caller's address, which the proxies in front pass on.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
# The header in which the proxy in front tells when a request came; empty: none does.
ARRIVAL_HEADER = env.str("ARRIVAL_HEADER", default="")
ACCOUNT_USER_DISPLAY = str

EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ikke-svar@kompetanse.example")

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# Off: it would also group years and the ids in hidden fields. Amounts are grouped by norsk.kroner.
USE_THOUSAND_SEPARATOR = False
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".lokal" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

FILES_ROOT = Path(env.str("FILES_ROOT", default=str(BASE_DIR / ".lokal" / "filer")))
# Who has been erased, by number; laid back over an older backup it is done again (ops/restore).
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", default=str(FILES_ROOT / "slettinger.jsonl")))
# Where HR systems may lay files, a folder for each Kommune: <slug>/. Empty: none is looked in.
HR_IMPORT_ROOT = env.str("HR_IMPORT_ROOT", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CRISPY_ALLOWED_TEMPLATE_PACKS = "designsystemet"
CRISPY_TEMPLATE_PACK = "designsystemet"
CRISPY_FAIL_SILENTLY = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # A user name is unique in its Kommune, not in all.
CSRF_FAILURE_VIEW = "kompetanse.skall.views.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^helse/$"]
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kompetanse.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Each step of each document would fill the log, from the moment the printer is imported.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint.progress", "fontTools")},
}
