"""Django's types of columns and rows take parameters; here they are said once, for all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from django.db import models
    from django.utils.functional import _StrOrPromise

# As text, since Django's own classes take no parameters while they run.
Column: TypeAlias = "models.Field[Any, Any]"
Relation: TypeAlias = "models.ForeignKey[Any, Any]"
Rows: TypeAlias = "models.QuerySet[Any]"
Words: TypeAlias = "_StrOrPromise"

Passed: TypeAlias = Any
"""What is handed on to Django as it came."""

Values: TypeAlias = Mapping[str, Any]
"""Values of a row by column: as many types as there are kinds of columns."""
