"""Settings, from environment variables, in the order in which an operator asks.

`.env.example` explains each variable. Without DEBUG=1 everything is meant for the public:
what is missing or wrong stops the start with a sentence that says how to mend it.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF

from operating import limits
from operating.databases import CONNECTION_AGE, database
from operating.environment import Environment
from operating.logs import LAYOUTS, LEVELS, logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment(os.environ)


# Is this a workshop or the public site? ------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)


# Which secret, and under which addresses? ----------------------------------------------------


def for_the_public(how_to_mend: str) -> str:
    """Require a variable of the public site alone; a workshop has defaults."""
    return "" if DEBUG else how_to_mend


SECRET_KEY = env.secret(
    "SECRET_KEY",
    "a-key-for-one-developer-s-own-machine-and-for-no-other-place",
    at_least=50,
    required=for_the_public(
        "set it to 50 random characters or more, for example what "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` prints, "
        "or name a file that holds them in SECRET_KEY_FILE.",
    ),
)
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]"],
    required=for_the_public(
        "list the names that the site answers to, with commas, such as programme.example.org.",
    ),
)
# The one address that canonical links, feeds and calendars name, whatever host was asked.
SITE_URL = env.origin(
    "SITE_URL",
    "http://127.0.0.1:8000",
    required=for_the_public("give the public address, such as https://programme.example.org."),
)
# Where readers may write to those who run the site; the first page names it.
CONTACT_ADDRESS = env.email("CONTACT_ADDRESS")


# Where are the rows? -------------------------------------------------------------------------

DATABASES = {
    "default": database(
        env,
        default=f"sqlite:///{quote(str(BASE_DIR / 'db.sqlite3'))}",
        required=for_the_public(
            "give the address of the database that holds the rows, such as "
            "postgresql://programme@%2Frun%2Fpostgresql/programme, or name a file that holds it "
            "in DATABASE_URL_FILE.",
        ),
        # In a workshop each request has a thread of its own, which leaves nothing behind.
        connection_age=0 if DEBUG else CONNECTION_AGE,
    ),
}
# A folder of this machine in which each process keeps what is public, so that a restart serves
# while the database is away; "" for none.
SPOOL_DIR = env.text("SPOOL_DIR", str(BASE_DIR / "spool") if DEBUG else "")
# So many requests that need the database, or a page of an old version that is not kept, are
# answered at the same time in one process.
STAFF_AT_ONCE = limits.IN_A_WORKSHOP if DEBUG else limits.STAFF_AT_ONCE
OLD_AT_ONCE = limits.IN_A_WORKSHOP if DEBUG else limits.OLD_AT_ONCE
# Rendered pages that each process keeps in memory; in a workshop templates change at any time.
PAGE_CACHE_BYTES = env.number("PAGE_CACHE_MB", 0 if DEBUG else 64) * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# Is the way to the reader safe? --------------------------------------------------------------

SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 0 if DEBUG else 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
# Other names under the operator's domain are not this site's to decide about: whoever runs the
# whole domain turns on HSTS for subdomains (W005) and preload lists (W021) at the proxy.
# Two libraries of one name (W003): the tags for translations replace Django's on purpose.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "templates.W003"]

# Only a proxy that sets this header itself, and drops what the reader sent, may be believed.
_proxy_header = env.text("PROXY_SSL_HEADER")
SECURE_PROXY_SSL_HEADER = (
    (f"HTTP_{_proxy_header.upper().replace('-', '_')}", "https") if _proxy_header else None
)

# The header in which a proxy tells who asks; the same holds for it.
_address_header = env.text("PROXY_ADDRESS_HEADER")
CLIENT_ADDRESS_HEADER = (
    f"HTTP_{_address_header.upper().replace('-', '_')}" if _address_header else ""
)

SESSION_COOKIE_SECURE = not DEBUG
# A working day after the last work: whoever comes back the next morning logs in again.
SESSION_COOKIE_AGE = 12 * 60 * 60
# So that a link from a mail opens the desk, while no form of another site can use it.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "serving.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}


# In which languages? -------------------------------------------------------------------------

# Each by its own name, so that its readers find it in a page that they cannot read.
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True

MODELTRANSLATION_LANGUAGES = ("en", "fr", "es", "ar")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr", "es", "ar")
# A text that nobody translated stays empty: what stands for it is decided in the document.
MODELTRANSLATION_AUTO_POPULATE = False

# Instants are kept in UTC. Each meeting brings its own zone; all else that staff read stands in
# that of the desk.
USE_TZ = True
TIME_ZONE = env.zone("DESK_TIME_ZONE", "Europe/Zurich")


# What belongs to the site? -------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose classes it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles, whose runserver it replaces
    "django.contrib.staticfiles",
    "django.forms",  # whose widgets are templates of the site (FORM_RENDERER)
    "csp",
    "serving",
    "operating",
    "catalogues",
    "desk",
    "meetings",
    "panels",
    "programme",
]

MIDDLEWARE = [
    "serving.health.ForOperators",  # before all that asks for a host or for https
    "serving.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "serving.middleware.RefuseNullBytes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "serving.staff.outages.Outages",  # before all that asks the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "serving.staff.sessions.StaffSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "serving.middleware.ErrorPages",
]

ROOT_URLCONF = "config.urls"
# Named, so that the development server starts what a process of the site runs beside its pages.
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # The three that Django's admin needs; the site's own pages take values from views.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {
                # In the place of Django's, for Django's own templates as well.
                "i18n": "catalogues.tags",
            },
        },
    },
]
# Widgets are rendered as pages are, so that the tags above are theirs too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# Who may edit? -------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
# Where a login leads whose way on (?next=) is none of ours.
LOGIN_REDIRECT_URL = "admin:index"
# A meeting with its sittings is one form, each text in four languages.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Nothing of ours takes a file.
DATA_UPLOAD_MAX_NUMBER_FILES = 10


# Where do style sheets, scripts and fonts come from? -----------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
# Said here and not derived later from DEBUG, which the test runner turns off.
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG


# What is written down? -----------------------------------------------------------------------

LOGGING = logging_settings(
    env.choice("LOG_FORMAT", LAYOUTS, "LINE"), env.choice("LOG_LEVEL", LEVELS, "INFO")
)


env.stop_if_bad()
