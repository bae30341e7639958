#!/usr/bin/env python3
"""Run the site's commands; `python manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from operating.environment import BadEnvironmentError


def main() -> None:
    """Run one command, and put a bad environment in its own words instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadEnvironmentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
