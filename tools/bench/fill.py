"""Fill the database with the programmes of 2024, and print a cookie of somebody logged in."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from tools.bench import rows

    rows.fill()
    print(rows.staff_cookie())
