"""One document with some subjects of another.

Publishing these alone is to put subjects of the draft into the public document; taking them back,
to put public ones into the draft.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from programme.comparing.changes import Subject
from programme.comparing.directory import recoded
from programme.comparing.mixture import Mixture
from programme.comparing.needs import Reason, needs_of
from programme.comparing.parts import Document, Parts


class NeedsSubjectError(ValueError):
    """A subject cannot be grafted without others that differ too; `needed` names them all."""

    def __init__(self, subject_id: str, needed: tuple[Subject, ...]) -> None:
        super().__init__(f"{subject_id} needs {', '.join(one.id for one in needed)}")
        self.subject_id = subject_id
        self.needed = needed


def grafted(target: Document, source: Document, subject_ids: Collection[str]) -> Document:
    """The target with some subjects, and all beneath them, as the source has them.

    What is gone from the source goes. An order belongs to what it is the order in: others keep
    that of the target unless it is chosen too. The meeting is its own fields and the order of its
    agenda; a sitting, its own fields and the day of what stands in it. Both documents call
    delegations by the same codes. Raises NeedsSubjectError.
    """
    parts = Parts(target), Parts(source)
    mixture = Mixture(*parts, subject_ids)
    if not (needs := needs_of(mixture)):
        return mixture.document()
    whole, needed = mixture, set[str]()
    while more := {need.needed for need in needs_of(whole)}:
        needed |= more
        whole = Mixture(*parts, {*subject_ids, *needed})
    asked = next(one for one in subject_ids if needs[0].subject in mixture.with_all_beneath({one}))
    raise NeedsSubjectError(asked, whole.outermost(needed))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A draft in which some subjects are as in public again, or the public document itself."""

    document: Document
    chosen: frozenset[str] | None = None
    """Ids of all subjects that come back, with those beneath them; None for everything."""
    too: tuple[Subject, ...] = ()
    """What comes back beside what was asked for."""
    lost: Mapping[str, Reason | None] = field(default_factory=dict)
    """What would go though nobody asked for it, since public has it nowhere; and why."""

    @property
    def is_whole(self) -> bool:
        """Whether everything comes back."""
        return self.chosen is None

    def holds(self, subject_id: str) -> bool:
        """Whether a subject comes back."""
        return self.chosen is None or subject_id in self.chosen


def taken_back(
    draft: Document, public: Document, subject_ids: Collection[str] | None = None
) -> TakenBack:
    """The draft with some public subjects grafted into it, and all that they need; or with all."""
    public = recoded(public, draft)
    if subject_ids is None:
        return TakenBack(public)
    parts = Parts(draft), Parts(public)
    asked = Mixture(*parts, subject_ids)
    mixture, reasons = Mixture(*parts, asked.chosen), dict[str, Reason]()
    while more := dict(_needed(mixture)):
        reasons = more | reasons
        mixture = Mixture(*parts, mixture.with_all_beneath(mixture.chosen | more.keys()))
    lost = (one for one in parts[0].subjects if one in mixture.chosen - asked.chosen)
    return TakenBack(
        mixture.document(),
        frozenset(mixture.chosen),
        mixture.outermost(reasons.keys()),
        {one: reasons.get(one) for one in lost if one not in parts[1].subjects},
    )


def _needed(mixture: Mixture) -> Iterator[tuple[str, Reason]]:
    """What comes back with what has been chosen, and why."""
    for need in needs_of(mixture):
        stays = need.reason == "sitting" and need.needed not in mixture.source.subjects
        if not stays:  # what is new in a sitting goes along with it to its old day
            yield need.needed, need.reason
    for node in mixture.source.nodes.values():
        if node.key[0] == "entry" and node.holder in mixture.chosen:
            now = mixture.target.nodes.get(node.key)
            if now and now.holder != node.holder and node.id not in mixture.chosen:
                yield node.id, "sitting"  # what stood in a sitting comes back with it
