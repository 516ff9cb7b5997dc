"""What the pages of admission show to whom: names out of scope, the personal number, religion unasked."""

from django.urls import reverse

from cells.models import LogEntry
from tests.admissions.dossier_cases import in_order

LISTS = ["candidates", "tasks", "arriving"]
TABS = ["candidate", "source", "conditions", "cv", "papers", "procedure", "probation", "forms"]


def test_nobody_reads_another_place_in_lists_counts_and_answers(as_, tree, cast):
    in_order(tree.here, by=cast.secretary, full_name="Trần Hoa Kín", personal_id="001095012345")
    lists = [reverse(f"admissions:{name}") for name in LISTS]
    pages = [*lists, f"{lists[0]}?q=Kín", "/", "/search/?q=Kín", "/log/"]

    for who in (cast.stranger, cast.other_officer, cast.reader, cast.inspector, cast.head, cast.administrator):
        client = as_(who)
        assert [page for page in pages if "Hoa Kín" in client.get(page, follow=True).content.decode()] == [], who


def test_the_personal_number_is_masked_and_in_no_log(as_, tree, cast):
    candidate = in_order(tree.here, by=cast.secretary, personal_id="001095012345")

    for who in (cast.secretary, cast.officer):
        client = as_(who)
        pages = [reverse(f"admissions:{name}", args=[candidate.pk]) for name in (*TABS, "background")]
        assert [page for page in pages if "001095012345" in client.get(page).content.decode()] == []
    assert "001095012345" not in str(list(LogEntry.objects.values_list("data", flat=True)))


def test_religion_shows_nowhere_unasked(as_, tree, cast):
    profile = {"religion": "cao_dai", "religion_standing": "recognised"}
    candidate = in_order(tree.here, by=cast.secretary, profile=profile)
    client = as_(cast.officer)

    for name in TABS:
        text = client.get(reverse(f"admissions:{name}", args=[candidate.pk])).content.decode()
        assert "Cao Đài" not in text, name
        assert "Theo tôn giáo" not in text, name
