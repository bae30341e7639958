"""Ask the site with the settings of the public: `python -m tests.serving.asking ADDRESS…`.

Prints one JSON object for each address: status, headers and cookies. An address that begins with
http:// is asked without TLS.
"""

from __future__ import annotations

import json
import sys

import django
from django.test import Client


def main() -> None:
    """Ask for each address once."""
    django.setup()
    for address in sys.argv[1:]:
        plain = address.startswith("http://")
        host, _, path = address.removeprefix("http://").removeprefix("https://").partition("/")
        response = Client(raise_request_exception=False).get(
            f"/{path}", secure=not plain, headers={"host": host}
        )
        answer = {
            "status": response.status_code,
            "headers": {name.lower(): value for name, value in response.headers.items()},
            "cookies": [cookie.OutputString() for cookie in response.cookies.values()],
        }
        print(json.dumps(answer))  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()
