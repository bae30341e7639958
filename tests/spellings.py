"""Ways to write the address of a shared preview, each of which may reach a log."""

from __future__ import annotations

TOKEN = "0123456789abcdef0123456789abcdef.s3cr-t_" + "Ab9" * 12
"""As programme/publishing/previews.py makes them."""

ADDRESSES = [
    f"/shared/{TOKEN}/",
    f"/ar/shared/{TOKEN}/items/1/",
    f"/SHARED/{TOKEN}",
    f"/en/Shared/{TOKEN}/",
    f"/%61r/shared/{TOKEN}/",
    f"/ar/sh%61red/{TOKEN}/",
    f"/ar/%53%48%41%52%45%44/{TOKEN}/",
    f"/en%2Fshared%2F{TOKEN}/",
    f"/en/%2573hared/{TOKEN}/",
    f"/en/%252573hared%25252F{TOKEN}/",
    f"//en//shared//{TOKEN}/",
    f"//en/shared/{TOKEN}/shared/",
    f"/en/./shared/../shared/{TOKEN}/",
    f"/share/{TOKEN}/",
    f"/en/preview/{TOKEN.replace('.', '%2E')}/",
    f"/x/y/z/{TOKEN}",
    f"/{TOKEN}",
]
"""Right ones, and such as lead nowhere but tell the token all the same."""

IN_A_QUERY = [
    f"/en/admin/login/?next=/en/shared/{TOKEN}/",
    f"/en/admin/login/?next=%2Fen%2FShared%2F{TOKEN}%2F",
    f"/en/?a=1&b={TOKEN}",
]
"""What tells it behind the path."""

TOLD = "s3cr"
"""What stands in a line that tells the token, whole or cut."""
