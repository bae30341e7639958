"""Error pages: what each says, in the language that is active."""

from __future__ import annotations

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ErrorWords(NamedTuple):
    """What happened, and what it means or what to do."""

    heading: Promise | str
    message: Promise | str


ERRORS = {
    # The request cannot be understood.
    "400": ErrorWords(
        _("This request cannot be understood"),
        _("The address or the form holds something that this site cannot read."),
    ),
    # This reader may not.
    "403": ErrorWords(
        _("This page is not open to you"),
        _("Please sign in with an account that may see it."),
    ),
    # A form without the mark that it was ours.
    "403_csrf": ErrorWords(
        _("This form has expired"),
        _(
            "Nothing was saved. The form was open for too long, somebody logged in or out in this "
            "browser meanwhile, or the browser refuses cookies."
        ),
    ),
    # Nothing stands at this address.
    "404": ErrorWords(
        _("There is no such page"),
        _(
            "The address may be mistyped, or an item may have another number in a later version "
            "of the programme."
        ),
    ),
    # A link to a preview that nobody made.
    "404_preview": ErrorWords(
        _("This link leads nowhere"),
        _("Perhaps a part of it was lost on the way. Ask whoever sent it to you for a new one."),
    ),
    # A method that this address does not answer to.
    "405": ErrorWords(
        _("This address can only be read"),
        _("It takes no forms. Please follow one of these links."),
    ),
    # What stood at this address was withdrawn.
    "410": ErrorWords(
        _("This programme has been withdrawn"),
        _(
            "The programme, or the version of it that stood at this address, is no longer public. "
            "What is public now stands under all meetings."
        ),
    ),
    # A link to a preview whose days are over, or that was revoked.
    "410_preview": ErrorWords(
        _("This link is no longer open"),
        _("It led to a draft for some days only. Ask whoever sent it to you for a new one."),
    ),
    # The proxy refuses who sends too much at once (client_max_body_size in deploy/nginx).
    "413": ErrorWords(
        _("This is too long to be sent at once"),
        _(
            "Nothing was saved. Go back to your form, keep a copy of what you wrote, and send "
            "less of it at a time."
        ),
    ),
    # The proxy refuses who asks for too much at once (deploy/nginx/limits.conf).
    "429": ErrorWords(
        _("Many requests are coming from your network"),
        _("Please try again in a few seconds."),
    ),
    # The fault is ours.
    "500": ErrorWords(
        _("Something went wrong on our side"),
        _("The fault has been recorded. Please try again in a few minutes."),
    ),
    # For a while this cannot be answered.
    "503": ErrorWords(
        _("The site is busy or being maintained"),
        _("Please try again in a few minutes."),
    ),
    # The database is away, and with it the desk of the staff.
    "503_desk": ErrorWords(
        _("The desk cannot be reached for a moment"),
        _(
            "The database does not answer. What is published stays public. If you have just sent "
            "a form, it may not be saved. Please try again in a moment."
        ),
    ),
    # The database ended what staff asked for, since it or a colleague's work took too long.
    "503_desk_busy": ErrorWords(
        _("The desk is busy for a moment"),
        _(
            "This took too long, perhaps because a colleague is saving the same programme. If you "
            "have just sent a form, it may not be saved. Please try again in a moment."
        ),
    ),
}
"""By status (RFC 9110, 15.5, 15.6; RFC 6585, 4), which another word follows where it has causes."""


def status_of(error: str) -> int:
    """The status of a key of `ERRORS`."""
    return int(error[:3])


def error_html(error: str, **context: object) -> str:
    """The page of an error, a key of `ERRORS`; for `context` see its template."""
    known = {"status": status_of(error), "error": ERRORS[error], "place": None}
    return render_to_string("error.html", known | context)
