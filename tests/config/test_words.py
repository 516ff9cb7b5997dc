"""No English word is left on a screen: pages of the whole cast, empty forms sent, errors of the library."""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.test_access import grid
from tests.things import things

# Words that Django, its libraries, or a hurried hand leave behind. None is a Vietnamese word or a code that we show.
TELLTALE = re.compile(
    r"\b(this|field|please|enter|valid|invalid|value|required|submit|search|select|choice|choices|ensure|password|"
    r"username|login|logout|sign in|sign out|delete|save|cancel|yes|true|false|none|null|error|page|next|previous|"
    r"first|last|home|welcome|today|yesterday|january|monday|sunday|currently|change|clear|browse|upload|download|file|date|"
    r"with|from|the|and|not|must|your|unknown|pending|draft|done|failed|running|waiting|locked|open|closed|"
    r"permission|denied|forbidden|found|server|account|member|members|report|season|sheet)\b",
    re.IGNORECASE,
)  # fmt: skip
SPOKEN = {"title", "placeholder", "aria-label", "alt"}
# Names of file kinds, of keys and of an official layout that people know by their English letters.
MEANT = re.compile(r"\b(PDF|Excel|Word|Email|CSV|Enter(?! (a|the|only)\b)|[Ff]ile (nhập liệu )?4\.0)\b")
BOUND = {"nothing": "1"}  # makes an empty form a sent one


class Visible(HTMLParser):
    """The words of a page that somebody sees or hears."""

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style", "code")
        self.words += [value for name, value in attributes if name in SPOKEN and value]
        kind = dict(attributes)
        if tag == "input" and kind.get("type") in ("submit", "button", "reset"):
            self.words.append(kind.get("value", "Submit"))

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def english(markup):
    """Telltale words of a page, each with what stands around it."""
    parser = Visible()
    parser.feed(markup)
    text = MEANT.sub("", re.sub(r"\s+", " ", " ".join(parser.words)))
    return [f"…{text[max(0, m.start() - 40) : m.end() + 40]}…" for m in TELLTALE.finditer(text)]


def answers(head, rows, method, wanted):
    """(page, object, name of the first of the cast who gets one of `wanted`) for every line of the grid."""
    for (page, how, thing), statuses in rows.items():
        names = [name for name, status in zip(head, statuses, strict=True) if status in wanted]
        if how == method and names:
            yield page, thing, names[-1]


@pytest.mark.parametrize(("method", "wanted"), [("GET", {"200"}), ("POST", {"200", "422"})])
def test_no_english_on_any_page(tree, cast, method, wanted):
    head, rows = grid()
    found, clients, faults = things(tree, cast), {"anonymous": Client()}, []
    for name in head[1:]:
        clients[name] = Client()
        clients[name].force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    for page, thing, name in answers(head, rows, method, wanted):
        address = reverse(page, kwargs=None if thing == "-" else found[thing])
        with transaction.atomic():
            response = clients[name].get(address) if method == "GET" else clients[name].post(address, BOUND)
            transaction.set_rollback(True)
        if response["Content-Type"].startswith("text/html"):
            faults += [f"{page} ({name}): {words}" for words in english(response.content.decode())]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("address", ["/no/such/page/", "/cells/organisations/999999/"])
def test_no_english_where_there_is_nothing(client, cast, as_, address):
    response = as_(cast.staff).get(address)
    assert response.status_code == 404
    assert english(response.content.decode()) == []


def test_no_english_at_a_closed_door(cast, as_):
    response = as_(cast.administrator).get("/members/")
    assert response.status_code == 403
    assert english(response.content.decode()) == []


def test_no_english_without_the_token_of_the_form(cast):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("login"), {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert english(response.content.decode()) == []


@pytest.mark.parametrize(
    ("validator", "value"),
    [
        (MaxLengthValidator(3), "abcd"),
        (MaxValueValidator(3), 4),
        (MinValueValidator(3), 2),
        (EmailValidator(), "x"),
    ],
)
def test_no_english_in_the_messages_of_validators(validator, value):
    with translation.override("vi"), pytest.raises(ValidationError) as refusal:
        validator(value)
    assert [english(message) for message in refusal.value.messages] == [[]]


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ("<p>This field is required.</p>", 3),
        ('<input type="submit">', 1),
        ('<input placeholder="Search …">', 1),
        ("<script>if (true) { this.value }</script><p>Chưa điền mục này.</p>", 0),
        ("<p>Đảng ủy Sao Mai, tệp Excel, bản PDF</p>", 0),
    ],
)
def test_the_eye_sees(markup, count):
    assert len(english(markup)) == count
