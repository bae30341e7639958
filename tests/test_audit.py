from __future__ import annotations

import pytest

from tools.audit import verdict

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
FAULTY = {
    "name": "nh3",
    "version": "0.1",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.2"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
UNKNOWN = {"name": "typst", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("dependencies", "lines", "is_faulty"),
    [
        pytest.param([SOUND], ["1 dependencies audited, 0 known faults."], False, id="sound"),
        pytest.param(
            [SOUND, FAULTY],
            [
                "nh3 0.1: PYSEC-1, mended in 0.2",
                "nh3 0.1: PYSEC-2, mended in no version yet",
                "2 dependencies audited, 2 known faults.",
            ],
            True,
            id="faulty",
        ),
        pytest.param(
            [SOUND, UNKNOWN],
            [
                "1 dependencies audited, 0 known faults.",
                "1 are not audited: the index asked from here knows no faults.",
            ],
            False,
            id="unknown",
        ),
        pytest.param(
            None,
            ["Dependencies are not audited: known faults cannot be asked for from here."],
            False,
            id="nobody to ask",
        ),
    ],
)
def test_audit_fails_on_faults_alone_and_says_what_it_could_not_ask(
    *, dependencies: list[dict[str, object]] | None, lines: list[str], is_faulty: bool
) -> None:
    assert verdict(dependencies) == (lines, is_faulty)
