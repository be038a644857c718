"""Run the register's commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except ImproperlyConfigured as problem:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
