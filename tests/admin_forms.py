"""What a browser would send from a form of the admin: read from the page that came back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

Attributes = list[tuple[str, str | None]]


class FormReader(HTMLParser):
    """Reads the fields of the page's main form, as far as they are sent."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: dict[str, str] = {}
        self._form = False
        self._select: str | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        known = dict(attrs)
        if tag == "form":
            self._form = known.get("method") == "post" and known.get("id") != "logout-form"
        if not self._form or "disabled" in known:
            return
        name = known.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in known and self._select:
            self.data[self._select] = known.get("value") or ""
        elif tag == "textarea":
            self._text = name
            self.data[name] = ""
        elif tag == "input":
            self._input(name, known)

    def _input(self, name: str, known: dict[str, str | None]) -> None:
        kind = known.get("type", "text")
        if kind in {"submit", "button"}:
            return
        if kind in {"checkbox", "radio"} and "checked" not in known:
            return
        self.data[name] = known.get("value") or ("on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            # A page's first line break in a box is none, and those sent have two characters
            # (HTML 4.10.11, 4.10.21.4).
            text = self.data[self._text].removeprefix("\n")
            self.data[self._text] = text.replace("\n", "\r\n")
            self._text = None
        elif tag == "form":
            self._form = False

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.data[self._text] += data


def fields_of(page: str) -> dict[str, str]:
    """The fields of a page's form by name; the empty rows that scripts copy are left out."""
    reader = FormReader()
    reader.feed(page)
    return {name: value for name, value in reader.data.items() if "__prefix__" not in name}


def admin_url(model: type[Model], page: str, *args: Any, language: str = "en") -> str:
    """The address of a page of the admin in a language."""
    options = model._meta
    with translation.override(language):
        return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=args)


def change(client: Client, row: Model, *, language: str = "en", **values: str) -> Any:
    """Open a row's form, change some fields, and send it."""
    return send(client, admin_url(type(row), "change", row.pk, language=language), **values)


def send(client: Client, address: str, **values: str) -> Any:
    """Open the form at an address, change some fields, and send it."""
    fields = fields_of(client.get(address).content.decode())
    return client.post(address, fields | values)


def new_row(prefix: str, number: int, **values: str) -> dict[str, str]:
    """Fields of a row that “Add another” adds to a table or to forms beneath a form."""
    fields = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": str(number + 1), **fields}


def errors_of(response: Any) -> list[str]:
    """All error messages of a form that came back; empty where it was saved."""
    if response.status_code != 200:
        return []
    form = response.context["adminform"].form
    found = [message for messages in form.errors.values() for message in messages]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(one) for one in inline.formset.non_form_errors()]
        for errors in inline.formset.errors:
            found += [message for messages in errors.values() for message in messages]
    return found


def messages_of(response: Any) -> list[str]:
    """What the page that follows says above its content."""
    return [str(one) for one in response.context["messages"]]


def delete(client: Client, row: Model, *, language: str = "en") -> Any:
    """Ask for the deletion of a row, and confirm it."""
    return send(client, admin_url(type(row), "delete", row.pk, language=language))
