"""What an account can get at all: the answer to every address of the access grid, and to what people type into them."""

import io
import re
import zipfile

from django.db import transaction
from django.test import Client
from django.urls import reverse

from cells.models import User
from tests.test_access import grid

# Tokens, and the number that a blank form proposes, differ with every answer; nothing else may.
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|name="id" value=")[^"]+')
PACKED = ("spreadsheetml", "wordprocessingml", "zip")
WRITTEN_AT = "docProps/core.xml"  # when the file was made
TYPED = ("L", "Kín", "Lê Văn Kín", "le van kin", "niêm phong", "kỷ luật")


def addresses(found):
    """Every address of the grid that is read, with the objects of `found`, and the searches and suggestions."""
    for page, method, thing in grid()[1]:
        if method == "GET":
            yield reverse(page, kwargs=None if thing == "-" else found[thing])
    for words in TYPED:
        for page in ("search", "members:list", "members:member_options", "admissions:candidates"):
            for name in ("q", "member"):
                yield f"{reverse(page)}?{name}={words}"


def answers(user, found):
    """{address: (status, bytes)} of everything that an account may ask; nothing that is asked changes anything."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    User.objects.filter(pk=user.pk).update(last_login=None)  # when somebody was there last is no answer of ours
    cookies = client.cookies.copy()
    return {address: _answer(client, address, cookies) for address in addresses(found) if "sign-out" not in address}


def _answer(client, address, cookies):
    with transaction.atomic():
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies.copy()
    kind = response.headers.get("Content-Type", "")
    body = _unpacked(content) if any(word in kind for word in PACKED) else TOKENS.sub(b"", content)
    headers = {name: value for name, value in response.headers.items() if name in ("Location", "Content-Disposition")}
    return response.status_code, headers, body


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != WRITTEN_AT}
