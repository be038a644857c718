"""gunicorn's settings for `gunicorn config.wsgi`; `manage.py serve` uses the same."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.web import server_settings

globals().update(server_settings())
