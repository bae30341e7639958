"""A first programme, entered by hand from nothing, in the site as the public has it.

Two processes behind the shipped nginx, PostgreSQL, https; an editor who also publishes writes
all of it in the forms of the desk, a delegate reads it on a phone, a State gets another name.
In Arabic from nothing to the end; then in English as much as shows that it is no other way.
"""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tools.browser.chromium import DESKTOP, PHONE
from tools.servers.database import Database
from tools.servers.site import HOST, Site, nginx_program

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
        "next meeting": "2028 Intersessional Meetings",
        "item": "Cooperation and assistance",
        "next item": "Mine clearance",
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
HOURS = {"morning": ("10:00", "13:00"), "afternoon": ("15:00", "18:00")}


@dataclass(frozen=True)
class Plan:
    """What is entered: texts by their names among the words, and how many items."""

    year: int
    meeting: str
    item: str
    items: int

    @property
    def address(self) -> str:
        return f"{self.year}-intersessional-meetings"

    @property
    def sittings(self) -> list[tuple[str, str]]:
        """Day and part of each: the last day has a morning alone."""
        days = [f"{self.year}-06-{day}" for day in (15, 16, 17)]
        return [(day, part) for day in days for part in HOURS][:5]


PLAN = Plan(2027, "meeting", "item", items=3)
NEXT = Plan(2028, "next meeting", "next item", items=1)


# --- the site ----------------------------------------------------------------------------------


@pytest.fixture
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


def enter_venue(editor: Editor) -> None:
    """Where meetings are held."""
    editor.add("meetings/venue", name="venue")
    editor.save()


def enter_meeting(editor: Editor, plan: Plan) -> None:
    """A meeting of three days with five sittings, in one form."""
    (first, _part), *_others, (last, _its) = plan.sittings
    editor.add("meetings/meeting", name=plan.meeting, venue="venue", starts_on=first, ends_on=last)
    for number, (day, part) in enumerate(plan.sittings):
        start, end = HOURS[part]
        editor.row("sittings", number, date=day, part=part, start=start, end=end)
    editor.row("breaks", 0, kind="lunch", date=first, start="13:00", end="15:00")
    editor.save()


def enter_items(editor: Editor, plan: Plan) -> None:
    """Items, each with who presents it, an open list and its place."""
    for number in range(1, plan.items + 1):
        editor.add(
            "programme/agendaitem", meeting=plan.meeting, number=str(number), title=plan.item
        )
        editor.row("presenters", 0, function="speaker", role="presents")
        editor.row("lists", 0, invitation="floor", kind="open")
        editor.page.locator("#id_lists-0-open_to_states_parties").check()
        editor.row("placements", 0, date=plan.sittings[number][0])
        editor.save()


def enter_lists(editor: Editor, plan: Plan) -> None:
    """A list of States that are typed quickly, with its invitation in the same form."""
    editor.add("programme/speakinglist", item=plan.item, invitation="invitation", kind="named")
    editor.page.locator("#entries-0 .select2-selection").click()
    for name in STATES[editor.language]:
        editor.page.keyboard.type(name, delay=30)
        editor.page.keyboard.press("Enter")
    chosen = editor.page.locator("#entries-group tr:not(.empty-form) .select2-selection__rendered")
    expect(chosen.nth(len(STATES["en"]) - 1)).to_contain_text(STATES[editor.language][-1])
    editor.save()


def enter_panel(editor: Editor, plan: Plan) -> None:
    """A panel with two who speak."""
    editor.add("panels/panel", meeting=plan.meeting, slug="panel-1", title="panel")
    editor.fill("", date=plan.sittings[1][0], start="16:00", end="17:00")
    for place, role in enumerate(("moderates", "panellist")):
        editor.row("panellists", place, function="speaker", role=role)
    editor.save()


def publish(editor: Editor, plan: Plan, *, reissue: bool = False) -> None:
    """Publish what the draft says, after a look at it and at its warnings."""
    page = editor.page
    page.goto(f"/{editor.language}/admin/")
    page.get_by_role("link", name=WORDS[editor.language][plan.meeting]).first.click()
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
    for _half_second in range(120):
        page.goto(path)
        if page.locator("body", has_text=words).count():
            return
        page.wait_for_timeout(500)
    said = page.locator("body").inner_text()
    raise AssertionError(f"{path} does not say {words!r}: {said}")


def test_a_first_programme_from_nothing(people: Browser, address: str) -> None:
    with (
        somebody(people, address, viewport=DESKTOP) as page,
        somebody(people, address, viewport=PHONE) as phone,
    ):
        editor, words = Editor(page, "ar"), WORDS["ar"]
        editor.log_in()
        enter_venue(editor)
        enter_meeting(editor, PLAN)
        enter_items(editor, PLAN)
        enter_lists(editor, PLAN)
        enter_panel(editor, PLAN)
        publish(editor, PLAN)

        programme = f"/ar/meetings/{PLAN.address}/"
        reads(phone, programme, words["meeting"])
        reads(phone, f"{programme}items/3/", words["speaker"])
        reads(phone, f"{programme}panels/panel-1/", words["panel"])
        reads(phone, "/ar/delegations/tcd/", words["item"])

        rename(editor, "tcd", "República del Chad")
        publish(editor, PLAN, reissue=True)
        reads(phone, "/es/delegations/tcd/", "República del Chad")
        assert "Rev.1" not in phone.locator("body").inner_text()

        editor, words = Editor(page, "en"), WORDS["en"]
        enter_meeting(editor, NEXT)
        enter_items(editor, NEXT)
        enter_lists(editor, NEXT)
        publish(editor, NEXT)

        reads(phone, f"/en/meetings/{NEXT.address}/items/1/", words["speaker"])
        reads(phone, "/en/delegations/tcd/", words["next item"])
