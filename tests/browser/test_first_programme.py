"""A first programme, entered by hand from nothing, in the site as the public has it.

Two processes behind the shipped nginx, PostgreSQL, https; an editor who also publishes writes
all of it in the forms of the desk, a delegate reads it on a phone, a State gets another name.
"""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.bench.database import Database
from tests.bench.site import HOST, Site, nginx_program
from tests.browser.visiting import DESKTOP, PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserType, Page, Response

PASSWORD = secrets.token_urlsafe(20)

ACCOUNT = """
from django.contrib.auth.models import Group, User
user = User.objects.create_user("editor", password={password!r}, is_staff=True)
user.groups.set(Group.objects.filter(name__in=["Editors", "Publishers"]))
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "venue": "Maison de la Paix",
        "meeting": "2027 Intersessional Meetings",
        "heading": "Opening",
        "item": "Cooperation and assistance",
        "speaker": "The President",
        "invitation": "The Committee will invite ({delegations}) to take the floor.",
        "floor": "All States Parties may ask for the floor.",
        "conditional": "States Parties that have missed a deadline are invited.",
        "panel": "Women in mine action",
    },
    "ar": {
        "venue": "دار السلام",
        "meeting": "اجتماعات ما بين الدورات لعام 2027",
        "heading": "الافتتاح",
        "item": "التعاون والمساعدة",
        "speaker": "الرئيس",
        "invitation": "تدعو اللجنة ({delegations}) إلى أخذ الكلمة.",
        "floor": "يجوز لجميع الدول الأطراف طلب الكلمة.",
        "conditional": "تُدعى الدول الأطراف التي فاتها موعد نهائي.",
        "panel": "المرأة في الأعمال المتعلقة بالألغام",
    },
}
TEXTS = {"name", "title", "function", "invitation"}
STATES = {"en": ("cambodia", "chad", "Peru"), "ar": ("كمبوديا", "تشاد", "بيرو")}
SITTINGS = [(f"2027-06-{day}", part) for day in (15, 16, 17) for part in ("morning", "afternoon")][
    :5
]
HOURS = {"morning": ("10:00", "13:00"), "afternoon": ("15:00", "18:00")}
ADDRESS = "2027-intersessional-meetings"


# --- the site ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody vouches for."""
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    subprocess.run([*command, "-subj", f"/CN={HOST}"], check=True, capture_output=True)
    return folder


@pytest.fixture
def address(tmp_path: Path, certificate: Path) -> Iterator[str]:
    """Where the site answers, with the directory of delegations, an account and nothing else."""
    if not nginx_program():
        pytest.skip("There is no nginx here: on Debian, apt-get install nginx-light.")
    database = Database()
    try:
        with Site(tmp_path, database.start()) as site:
            site.certificate = certificate
            site.prepare()
            site.manage("import_delegations")
            site.manage("shell", "--command", ACCOUNT.format(password=PASSWORD))
            for name in ("1", "2"):
                site.socket(name)
            address = f"https://{HOST}:{site.start_nginx()}"
            for name in ("1", "2"):
                site.start(name, SITE_URL=address)
            yield address
    finally:
        database.stop()


@pytest.fixture
def people(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that finds the site by its name."""
    flags = [*browser_type_launch_args["args"], f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    with browser_type.launch(**{**browser_type_launch_args, "args": flags}) as browser:
        yield browser


@contextmanager
def somebody(people: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page on which no answer is an error."""
    context = people.new_context(base_url=address, ignore_https_errors=True, **options)
    page = context.new_page()
    errors: list[str] = []
    page.on("response", lambda answer: errors.extend(error_in(answer)))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    context.close()


def error_in(answer: Response) -> list[str]:
    """An answer that stops somebody; not a page that is not public yet."""
    least = 400 if "/admin/" in answer.url else 500
    return [f"{answer.status} {answer.url}"] if answer.status >= least else []


# --- the desk ----------------------------------------------------------------------------------


class Editor:
    """Somebody at the desk in a language, who writes in English and in that language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language

    def log_in(self) -> None:
        """Log in, as whoever may edit and publish."""
        self.page.goto(f"/{self.language}/admin/")
        self.page.locator("#id_username").fill("editor")
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.locator("[type=submit]").click()
        expect(self.page.locator("#user-tools")).to_be_visible()

    def add(self, model: str, **values: str) -> None:
        """Open the form of a new row, and fill it."""
        self.page.goto(f"/{self.language}/admin/{model}/add/")
        self.fill("", **values)

    def row(self, group: str, number: int, **values: str) -> None:
        """Fill a row beneath the form, added if there is no empty one."""
        if not self.page.locator(f"#{group}-{number}").count():
            self.page.locator(f"#{group}-group .add-row a").last.click()
        self.fill(f"{group}-{number}-", **values)

    def fill(self, prefix: str, **values: str) -> None:
        """Fill fields; one whose name is among the words of a programme has a text in each."""
        for name, value in values.items():
            if name in TEXTS:
                for language in {"en", self.language}:
                    self.fill_one(f"{prefix}{name}_{language}", WORDS[language].get(value, value))
            else:
                self.fill_one(prefix + name, WORDS[self.language].get(value, value))

    def fill_one(self, name: str, value: str) -> None:
        """Fill one field as its kind wants it."""
        field = self.page.locator(f"#id_{name}")
        if "select2-hidden-accessible" in (field.get_attribute("class") or ""):
            field.locator("xpath=..").locator(".select2-selection").click()
            self.page.keyboard.type(value, delay=30)
            self.page.keyboard.press("Enter")
            expect(
                field.locator("xpath=..").locator(".select2-selection__rendered")
            ).to_contain_text(value, ignore_case=True)
        elif field.evaluate("one => one.tagName") == "SELECT":
            wanted = field.locator(f"option[value='{value}']")
            if not wanted.count():
                wanted = field.locator("option", has_text=value)
            field.select_option(wanted.first.get_attribute("value"))
        else:
            field.fill(value)

    def save(self) -> None:
        """Save, and be told so."""
        self.page.locator("[name=_save]").last.click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()


def enter_meeting(editor: Editor) -> None:
    """A meeting of three days with five sittings, in one form, and where it is held."""
    editor.add("meetings/venue", name="venue")
    editor.save()
    days = {"starts_on": "2027-06-15", "ends_on": "2027-06-17"}
    editor.add("meetings/meeting", name="meeting", venue="venue", **days)
    for number, (day, part) in enumerate(SITTINGS):
        start, end = HOURS[part]
        editor.row("sittings", number, date=day, part=part, start=start, end=end)
    editor.row("breaks", 0, kind="lunch", date=SITTINGS[0][0], start="13:00", end="15:00")
    editor.save()


def enter_items(editor: Editor) -> None:
    """Nine items, each with who presents it, an open list and its place."""
    for number in range(1, 10):
        editor.add("programme/agendaitem", meeting="meeting", number=str(number), title="item")
        editor.row("presenters", 0, function="speaker", role="presents")
        editor.row("lists", 0, invitation="floor", kind="open")
        editor.page.locator("#id_lists-0-open_to_states_parties").check()
        editor.row("placements", 0, date=SITTINGS[number // 2][0])
        editor.save()


def enter_lists(editor: Editor) -> None:
    """A list of States that are typed quickly, with its invitation in the same form."""
    editor.add("programme/speakinglist", item="item", invitation="invitation", kind="named")
    editor.page.locator("#entries-0 .select2-selection").click()
    for name in STATES[editor.language]:
        editor.page.keyboard.type(name, delay=30)
        editor.page.keyboard.press("Enter")
    chosen = editor.page.locator("#entries-group tr:not(.empty-form) .select2-selection__rendered")
    expect(chosen.nth(len(STATES["en"]) - 1)).to_contain_text(STATES[editor.language][-1])
    editor.save()


def enter_panels(editor: Editor) -> None:
    """Two panels, each with two who speak."""
    for number in (1, 2):
        editor.add("panels/panel", meeting="meeting", slug=f"panel-{number}", title="panel")
        editor.fill("", date=SITTINGS[number][0], start="16:00", end="17:00")
        for place, role in enumerate(("moderates", "panellist")):
            editor.row("panellists", place, function="speaker", role=role)
        editor.save()


def publish(editor: Editor, *, reissue: bool = False) -> None:
    """Publish what the draft says, after a look at it and at its warnings."""
    page = editor.page
    page.goto(f"/{editor.language}/admin/")
    page.get_by_role("link", name=WORDS[editor.language]["meeting"]).first.click()
    page.locator("a[href*='/publish/']").first.click()
    for warning in page.locator(".desk-warnings [type=checkbox]").all():
        warning.check()
    if reissue:
        page.locator("[name=how][value=reissue]").check()
        page.locator("[name=no_change_of_meaning]").check()
    page.locator(".submit-row [type=submit]").click()
    expect(page.locator("#notice-en")).to_be_visible()


def rename(editor: Editor, code: str, name: str) -> None:
    """Give a State another Spanish name."""
    page = editor.page
    page.goto(f"/{editor.language}/admin/meetings/delegation/?q={code}")
    page.locator("#result_list tbody th a").first.click()
    page.locator("#id_name_es").fill(name)
    editor.save()


# --- delegates ---------------------------------------------------------------------------------


def reads(page: Page, path: str, words: str) -> None:
    """Read words on a page as soon as it has them: a publication takes a second or two."""
    for _second in range(20):
        page.goto(path)
        if page.locator("body", has_text=words).count():
            return
        page.wait_for_timeout(500)
    said = page.locator("body").inner_text()
    raise AssertionError(f"{path} does not say {words!r}: {said}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_first_programme_from_nothing(people: Browser, address: str, language: str) -> None:
    words = WORDS[language]
    with somebody(people, address, viewport=DESKTOP) as page:
        editor = Editor(page, language)
        editor.log_in()
        enter_meeting(editor)
        enter_items(editor)
        enter_lists(editor)
        enter_panels(editor)
        publish(editor)

        with somebody(people, address, viewport=PHONE) as phone:
            programme = f"/{language}/meetings/{ADDRESS}/"
            reads(phone, programme, words["meeting"])
            reads(phone, f"{programme}items/9/", words["speaker"])
            reads(phone, f"{programme}panels/panel-2/", words["panel"])
            reads(phone, f"/{language}/delegations/tcd/", words["item"])

            rename(editor, "tcd", "República del Chad")
            publish(editor, reissue=True)
            reads(phone, "/es/delegations/tcd/", "República del Chad")
            assert "Rev.1" not in phone.locator("body").inner_text()
