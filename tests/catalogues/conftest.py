"""What is tested here needs pages that are published, as those of `programme` do."""

from tests.programme.conftest import publish

__all__ = ["publish"]
