"""gunicorn's settings for `gunicorn config.wsgi`; `manage.py serve` uses the same."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.web import server_settings  # noqa: E402 - reads the settings named above

globals().update(server_settings())
