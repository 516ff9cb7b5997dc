"""Settings of the tests: nothing of a run touches `var/`, passwords are quick, static files are served as they are."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="party-tests-")
os.environ["VAR_DIR"] = _folder.name
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

DEBUG = False
DEMO_DATA = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# A pool would keep the test database busy when it is to be dropped.
DATABASES["default"]["OPTIONS"].pop("pool", None)
