"""Server time, queries and size of the pages that people open all day, at three sizes of a committee."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Job, Organisation, User
from cells.tasks import run_job
from evaluations.actions.seasons import SeasonEntry, open_season
from evaluations.models import RatingSheet, Season
from members.models import Member
from tests.bench.candidates import fill_candidates
from tests.bench.inspected import fill_cases, fill_plans, open_whole_round
from tests.bench.measuring import measure, page_table, versions, write_section

SLOW = 5  # repeats of what takes seconds
PAGES = {
    "desk, committee staff": ("canbo", "/"),
    "desk, base officer": ("coso", "/"),
    "desk, cell secretary": ("bithu", "/"),
    "desk, reader": ("thuongtruc", "/"),
    "list of members, first page": ("canbo", "/members/"),
    "list of members, page 20": ("canbo", "/members/?page=20"),
    "list of members, last page": ("canbo", "/members/?page=last"),
    "list with four filters": ("canbo", "/members/?sex=female&status=official&degree=bachelor&grade=HTTNV"),
    "list by a word of the name": ("canbo", "/members/?q=nguyen+hai"),
    "list by four digits": ("canbo", "/members/?q=0123"),
    "list as of a past day": ("canbo", "/members/?on=31/12/2025"),
    "search over everything": ("canbo", "/search/?q=nguyen+van+hai"),
    "search, cell secretary": ("bithu", "/search/?q=nguyen"),
    "member's page": ("canbo", "/members/{member}/"),
    "member's sheet": ("canbo", "/members/{member}/sheet/"),
    "cell's rating page, 40 members": ("bithu", "/evaluations/sheets/{sheet}/"),
    "seasons": ("canbo", "/evaluations/"),
    "season board, committee": ("canbo", "/evaluations/seasons/{season}/"),
    "season board, base": ("coso", "/evaluations/seasons/{season}/"),
    "decision page of a base": ("coso", "/evaluations/seasons/{season}/decisions/{base}/"),
    "tree": ("canbo", "/cells/"),
    "tree of a past day": ("canbo", "/cells/?on=30/06/2025"),
    "organisation of a past day": ("canbo", "/cells/organisations/{base}/?on=30/06/2025"),
    "changes of the tree": ("canbo", "/cells/events/"),
    "moves": ("canbo", "/members/transfers/"),
    "moves, cell secretary": ("bithu", "/members/transfers/"),
    "committee of a base": ("canbo", "/members/committees/{base}/"),
    "accounts": ("quantri", "/cells/accounts/"),
    "log": ("canbo", "/log/"),
    "log of a cell": ("bithu", "/log/"),
    "report page, base": ("canbo", "/evaluations/report/{base}/{year}/"),
    "report page, whole committee": ("canbo", "/evaluations/report/{root}/{year}/"),
    "form 1 of the year, whole committee": ("canbo", "/members/statistics/form-1/{root}/"),
    "form 1 of the year, base": ("canbo", "/members/statistics/form-1/{base}/"),
    "form 3, whole committee": ("canbo", "/members/statistics/form-3/{root}/"),
    "form 3 of a past day, whole committee": ("canbo", "/members/statistics/form-3/{root}/?until=31/12/2025"),
    "form 5, whole committee": ("canbo", "/members/statistics/form-5/{root}/"),
    "names behind a figure of form 1": ("canbo", "/members/statistics/form-1/{root}/names/?row=B"),
    "badges due, whole committee": ("canbo", "/members/badges/"),
    "cards to ask for, whole committee": ("canbo", "/members/cards/"),
    "party life, whole committee": ("canbo", "/members/life/{root}/"),
    "names of who stayed away": ("canbo", "/members/life/{root}/names/absent/"),
    "files by unit": ("canbo", "/members/dossiers/"),
    "files of people": ("canbo", "/members/dossiers/files/"),
    "quality desk": ("canbo", "/members/quality/"),
    "findings of the quality desk": ("canbo", "/members/quality/findings/"),
    "five years excellent": ("canbo", "/evaluations/report/runs/excellent/"),
    "people on the way, committee": ("canbo", "/admissions/"),
    "people on the way, by a word of the name": ("canbo", "/admissions/?q=mau"),
    "people on the way, cell secretary": ("bithu", "/admissions/"),
    "what admission waits for, committee": ("canbo", "/admissions/tasks/"),
    "what admission waits for, cell secretary": ("bithu", "/admissions/tasks/"),
    "board of admissions, committee": ("canbo", "/admissions/bodies/{root}/board/{year}/"),
    "report on admissions, committee": ("canbo", "/admissions/bodies/{root}/report/{year}/"),
    "form 2, committee": ("canbo", "/admissions/statistics/form-2/{root}/"),
    "a candidate": ("canbo", "/admissions/{candidate}/"),
    "his conditions": ("canbo", "/admissions/{candidate}/conditions/"),
    "his procedure": ("canbo", "/admissions/{candidate}/procedure/"),
    "his forms": ("canbo", "/admissions/{candidate}/forms/"),
    "desk, inspection officer": ("kiemtra", "/"),
    "cases of the inspection officer": ("kiemtra", "/discipline/"),
    "a case": ("kiemtra", "/discipline/{case}/progress/"),
    "its inspection": ("kiemtra", "/discipline/{case}/inspection/"),
    "its votes and decisions": ("kiemtra", "/discipline/{case}/votes/"),
    "its papers": ("kiemtra", "/discipline/{case}/papers/"),
    "suspensions": ("kiemtra", "/discipline/suspensions/"),
    "register of proceedings": ("kiemtra", "/discipline/proceedings/"),
    "denunciations": ("kiemtra", "/discipline/denunciations/"),
    "plans of supervision, committee": ("kiemtra", "/discipline/plans/"),
    "coverage of cells, committee": ("kiemtra", "/discipline/supervision/{root}/"),
    "indicators of inspection": ("kiemtra", "/discipline/indicators/"),
    "discipline statistics, committee": ("kiemtra", "/discipline/statistics/{root}/"),
    "inspection report, committee": ("kiemtra", "/discipline/statistics/{root}/report/"),
    "rounds of screening": ("canbo", "/evaluations/screening/"),
    "board of a round, committee": ("canbo", "/evaluations/screening/rounds/{round}/"),
    "people of a round, committee": ("canbo", "/evaluations/screening/rounds/{round}/people/"),
    "report of a round, committee": ("canbo", "/evaluations/screening/rounds/{round}/report/"),
    "a cell of a round": ("bithu", "/evaluations/screening/rounds/{round}/cells/{cell}/"),
    "matters of removal, committee": ("canbo", "/evaluations/removals/"),
    "report PDF, base": ("canbo", "/evaluations/report/{base}/{year}/pdf/"),
    "report workbook, whole committee": ("canbo", "/evaluations/report/{root}/{year}/xlsx/"),
}
SLOW_PAGES = {"report page, whole committee", "report PDF, base", "report workbook, whole committee"}


# Their figures are kept until somebody does something; measured also just after somebody has.
AFTER_AN_ACT = (
    "desk, committee staff",
    "list of members, first page",
    "list with four filters",
    "list as of a past day",
    "badges due, whole committee",
    "party life, whole committee",
    "report page, whole committee",
    "form 1 of the year, whole committee",
    "form 3, whole committee",
    "people on the way, committee",
    "what admission waits for, committee",
    "board of admissions, committee",
)


def bench_pages(world, sign_in):
    places = find_places()
    found = [
        measure(name, getter(sign_in(username), url.format(**places)), repeats=SLOW if name in SLOW_PAGES else 30)
        for name, (username, url) in PAGES.items()
    ]
    for name in AFTER_AN_ACT:
        username, url = PAGES[name]
        get = acting(getter(sign_in(username), url.format(**places)))
        found.append(measure(f"{name}: first time after an act", get, repeats=SLOW))
    found.append(measure("export of the whole list", exporter(sign_in("canbo")), repeats=1))
    found.append(replace(measure("opening a season (act alone)", opener(places), repeats=1), size=0))
    write(world, places, found)


def find_places():
    """Ids that the addresses need, those of the demo's story."""
    secretary, officer, staff = (
        User.objects.get(username=name).roles_today[0].organisation for name in ("bithu", "coso", "canbo")
    )
    season, today = Season.objects.open().get(), timezone.localdate()
    fill_plans(today.year)
    return {
        "member": Member.objects.filter(home=secretary).first().pk,
        "sheet": RatingSheet.objects.get(season=season, organisation=secretary).pk,
        "season": season.pk,
        "base": officer.pk,
        "root": staff.pk,
        "candidate": fill_candidates(),
        "case": fill_cases(staff, today),
        "round": open_whole_round(staff, today),
        "cell": secretary.pk,
        "year": season.year - 1,
    }


def getter(client, url):
    """A call that gets the page whole; a page that refuses stops the run."""

    def get():
        return sent(client.get(url, headers={"accept-encoding": "identity"}))

    return get


def acting(get):
    """The same call, each time after an act of somebody; the act itself takes about a millisecond."""
    by = User.objects.get(username="canbo")

    def act_and_get():
        record("demo.act", None, by=by)
        return get()

    return act_and_get


def exporter(client):
    """A call that gets the whole list; where it is long, by the job that the page starts."""

    def post():
        response = client.post("/members/export/")
        if response.status_code == 302:
            job = Job.objects.latest("created_at")
            run_job.call(str(job.pk))
            response = client.get(f"/cells/jobs/{job.pk}/file/")
        return sent(response)

    return post


def opener(places):
    """A call that opens next year's season and takes it back."""
    root = Organisation.objects.get(pk=places["root"])
    by = User.objects.get(username="canbo")
    year = timezone.localdate().year + 1

    def open_and_take_back():
        with transaction.atomic():
            open_season(SeasonEntry(year=year, reference_date=date(year, 12, 31)), organisation=root, by=by)
            transaction.set_rollback(True)
        return b""

    return open_and_take_back


def sent(response):
    assert response.status_code == 200, f"{response.request['PATH_INFO']}: {response.status_code}"
    return b"".join(response.streaming_content) if response.streaming else response.content


def write(world, places, found):
    members, cells = Member.objects.count(), Organisation.objects.cells().open().count()
    title = f"{members:,} members in {cells:,} cells (`{world.scale}`)"
    note = f"{versions()} The demo of this size loads in {world.seconds:,.0f} s."
    write_section(world.scale, title, f"{note}\n\n{page_table(found)}")
