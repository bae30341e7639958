"""Each sentence that tells staff where their words are is proved by a test, which is named here."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po
from django.conf import settings

PROMISES = re.compile(
    r"what you (entered|sent|need|wrote)|(send|sent) it|you opened|go back|way back|"
    r"(nothing was|not|yours was not) (be )?(saved|published|changed)\b",
    re.IGNORECASE,
)
"""What a sentence says that promises words, or that tells why they were refused."""

ELSEWHERE = (
    "Ask whoever sent it to you",
    "Not published yet",
    "cannot be published like this",
    "has not changed",
)
"""Of sentences that are about something else."""

SENT = "serving/staff/test_sent.py"
LOST = "desk/rows/test_lost_updates.py"
RELEASE = "desk/publish/test_admin_publishing.py"
ONCE = "desk/rows/test_once.py"
BROWSER = "browser/desk/test_words.py"

REFUSES = f"{SENT}::test_whatever_refuses_a_form_gives_back_what_was_sent"
AFTER_LOGIN = f"{SENT}::test_what_was_sent_after_the_end_of_a_session_is_saved_after_the_next_login"
ENDED = f"{BROWSER}::test_a_session_that_ended_in_mid_form_costs_a_login_and_no_word"
EXPIRED = f"{BROWSER}::test_a_form_from_before_another_login_is_sent_once_more"
OUTAGE = f"{SENT}::test_an_outage_gives_back_what_was_sent_and_it_can_be_sent_once_more"
FAULT = f"{SENT}::test_a_fault_in_mid_save_gives_back_what_was_sent"
GONE = f"{BROWSER}::test_a_row_that_a_colleague_deleted_leaves_the_words_on_the_page"
CONFLICT = f"{LOST}::test_a_field_changed_by_both_is_refused_with_both_values_and_then_kept"
UNTOLD = f"{LOST}::test_a_form_that_does_not_tell_what_it_was_made_from_is_refused_and_nothing_lost"
MOVED = f"{RELEASE}::test_a_draft_that_moved_is_shown_anew_with_what_is_new_and_what_was_typed"
IN_DOUBT = "browser/desk/test_names_that_wait.py::test_nothing_is_saved_while_a_name_is_in_doubt"
TOO_LARGE = (
    f"{BROWSER}::test_the_way_back_from_a_form_that_the_proxy_refuses_leads_to_what_was_written"
)

PROVED = {
    "You are logged in again. Nothing was saved yet.": AFTER_LOGIN,
    "Nothing was saved yet. Log in, and you can send it once more.": ENDED,
    "Nothing was saved: somebody deleted this row": GONE,
    "Somebody saved the same at this moment": FAULT,
    "Nothing was changed: somebody saved since": (
        f"{LOST}::test_a_deletion_is_asked_for_anew_where_a_colleague_wrote_into_what_goes"
    ),
    "Somebody deleted or moved this row": (
        f"{SENT}::test_a_row_that_a_colleague_deleted_beneath_a_form_keeps_what_was_typed"
    ),
    "Somebody changed this after": CONFLICT,
    "Somebody changed “{row}”": (
        f"{LOST}::test_a_row_changed_meanwhile_is_deleted_only_after_it_was_shown"
    ),
    "What you entered stands here": UNTOLD,
    "Nothing was saved. This page does not tell": UNTOLD,
    "Nothing was saved: somebody else saved": CONFLICT,
    "Nothing was saved: %(who)s saved": CONFLICT,
    "Nothing was published: more than wording": (
        f"{RELEASE}::test_more_than_wording_is_offered_no_reissue_and_the_page_says_why"
    ),
    "Nothing was published: you published": (
        f"{ONCE}::test_whoever_published_from_another_page_is_not_told_of_a_colleague"
    ),
    "Nothing was saved: this page was saved before, as": (
        f"{ONCE}::test_other_content_from_a_saved_page_is_asked_about_and_kept"
    ),
    "Nothing was saved: this page was saved before, with its new rows": (
        f"{ONCE}::test_new_rows_of_a_saved_page_are_asked_about_and_kept"
    ),
    "Nothing was published: somebody saved": MOVED,
    "Nothing was published: %(who)s published": (
        f"{RELEASE}::test_the_second_of_two_publishers_is_told_who_published_what"
    ),
    "Nothing was saved. The form was open": EXPIRED,
    "Nothing was saved. Go back to your form": TOO_LARGE,
    "The database does not answer.": OUTAGE,
    "This took too long, perhaps because": FAULT,
    "What you sent": REFUSES,
    "Send it once more": EXPIRED,
    "Copy what you need.": REFUSES,
    "Nothing was saved": GONE,
    "Not saved.": IN_DOUBT,
    "Nothing was changed, since something is in the way:": (
        "programme/rows/test_restoring.py::"
        "test_what_cannot_come_back_is_refused_by_name_and_nothing_is_written"
    ),
}
"""By the beginning of a sentence: the test that proves what it says."""


def promises() -> list[str]:
    """The sentences of all catalogues that promise something of the kind."""
    with (settings.BASE_DIR / "locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        told = [str(one.id) for one in read_po(file) if one.id and isinstance(one.id, str)]
    return [
        one for one in told if PROMISES.search(one) and not any(other in one for other in ELSEWHERE)
    ]


def test_each_promise_is_proved() -> None:
    unproved = [one for one in promises() if not any(one.startswith(key) for key in PROVED)]

    assert unproved == []


def test_each_proof_is_there() -> None:
    for proof in PROVED.values():
        file, _, name = proof.partition("::")
        text = (settings.BASE_DIR / "tests" / file).read_text(encoding="utf-8")
        assert f"def {name}(" in text, proof


def test_no_sentence_is_forgotten_here() -> None:
    assert [key for key in PROVED if not any(one.startswith(key) for one in promises())] == []
