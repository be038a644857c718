"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.mode import refuse_other_mode  # noqa: E402 - needs the apps that the line above loads

refuse_other_mode()
