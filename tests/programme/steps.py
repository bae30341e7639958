"""Counting what a function does, in steps that are the same on every machine."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def steps_of(call: Callable[[], object], *, most: float = math.inf) -> int:
    """How many lines of Python a call runs; fails as soon as they are more than `most`."""
    steps = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal steps
        steps += event == "line"
        if steps > most:
            raise AssertionError(f"More than {most} steps.")
        return trace

    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(None)
    return steps
