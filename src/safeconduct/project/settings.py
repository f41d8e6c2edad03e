"""Django's settings, safe by default. What an operator may change is in ``options.py``."""

from pathlib import Path

from csp.constants import NONE, SELF

from safeconduct.project import addresses, databases, keyfile, kinds
from safeconduct.project.options import OPTIONS, data_folder

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()
DEMONSTRATION = OPTIONS["DEMONSTRATION"].truth() or kinds.kind_of(DATA) == kinds.DEMONSTRATION
HTTPS = OPTIONS["HTTPS"].truth() or not DEMONSTRATION
OPERATOR_NAME = OPTIONS["OPERATOR_NAME"].text()
CHILD_PROTECTION = OPTIONS["CHILD_PROTECTION"].text().strip()
KEEP = OPTIONS["KEEP"].text()
LEDGER = OPTIONS["LEDGER"].text().strip()
CONSOLE_ADDRESS = addresses.console(OPTIONS["HOSTS"].text())
LEAVE_TO = OPTIONS["LEAVE_TO"].text()
VEILS_AN_HOUR = OPTIONS["VEILS_AN_HOUR"].number()
VEILS_A_DAY = OPTIONS["VEILS_A_DAY"].number()

# Vault keys carry this word, so that a demonstration's keys open nothing in a real programme and the reverse.
SAFECONDUCT_CONTEXT = "demonstration" if DEMONSTRATION else "programme"

DEBUG = False
SECRET_KEY = keyfile.django_secret(DATA)
ALLOWED_HOSTS = [host.strip() for host in OPTIONS["HOSTS"].text().split(",") if host.strip()]
ROOT_URLCONF = "safeconduct.project.urls"
WSGI_APPLICATION = "safeconduct.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "safeconduct.audit",
    "safeconduct.vault",
    "safeconduct.accounts",
    "safeconduct.domains.partners",
    "safeconduct.domains.defenders",
    "safeconduct.domains.safety",
    "safeconduct.domains.early_warning",
    "safeconduct.domains.cases",
    "safeconduct.domains.demands",
    "safeconduct.domains.remedy",
    "safeconduct.domains.transparency",
    "safeconduct.web",
    "safeconduct.cli",
    "safeconduct.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "safeconduct.web.privacy.PrivacyMiddleware",
    "safeconduct.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "safeconduct.web.sessions.SessionsMiddleware",
    "safeconduct.web.zones.ZoneMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "safeconduct.web.patience.PatienceMiddleware",
    "safeconduct.web.answers.ErrorsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "safeconduct.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

DATABASES = {"default": databases.configured(DATA)}

# Nothing uploaded may touch the disk before it is sealed; the portal's own handler seals chunk by chunk.
FILE_UPLOAD_HANDLERS = ["safeconduct.web.sealing.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
PAGE_ZONE = OPTIONS["TIME_ZONE"].zone()
LANGUAGES = [(code.strip(), code.strip()) for code in OPTIONS["LANGUAGES"].text().split(",") if code.strip()]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-form" if HTTPS else "form"
CSRF_FAILURE_VIEW = "safeconduct.web.answers.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

LOGGING_CONFIG = None  # structlog is set up in project.logs, with a redactor that lets only ids through.
