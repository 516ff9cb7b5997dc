"""Pages of a candidate as a test opens and fills them."""

from django.urls import reverse

JUNK = ("\x00", "9" * 400, "31/02/2026", "01/01/0001", "31/12/9999", "🙂", "<script>", "-1")


def at(name, row):
    return reverse(f"admissions:{name}", args=[row.pk])


def text(answer):
    return answer.content.decode()


def shown(client, address):
    """The values of a form as its page shows them."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {
        name: "on" for name in form.fields if form[name].value() is True
    }


def unticked(values):
    return {name: value for name, value in values.items() if value is not False}
