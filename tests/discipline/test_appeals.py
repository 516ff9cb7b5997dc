"""Appeals and what they leave: upheld, changed, annulled; one standing fact of a case at most."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import RuleOverride
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.appeals import AnnounceAppealEntry, AnnulEntry, AppealDecisionEntry, AppealEntry
from discipline.enums import State
from discipline.models import Appeal, CaseDecision
from discipline.nightly import lapse_sanctions
from members.actions.sanctions import void_sanction
from members.models import Ending, Membership, Restoration, Sanction
from tests.discipline.cases import opened
from tests.discipline.test_decisions import decided, expelled
from tests.discipline.vote_cases import answered, appealed, carried_out, cell_of, days

pytestmark = pytest.mark.django_db
ABOVE = "Ủy ban Kiểm tra Tỉnh ủy"


@pytest.fixture
def by(cast):
    return cast.inspector


@pytest.fixture
def accused(tree):
    return cell_of(tree.here, 6)[0]


@pytest.fixture
def in_force(accused, by):
    return carried_out(decided(accused, by), by)


def test_the_window_is_thirty_working_days(in_force, by):
    """From 10/5/2026 (a Sunday): 30 working days end on 19/6/2026."""
    with pytest.raises(ValidationError, match="19/06/2026"):
        appealed(in_force, by, date(2026, 6, 20))
    case = appealed(in_force, by, date(2026, 6, 20), late_reason="nằm viện")
    assert (case.state, Appeal.objects.get().late_reason) == (State.APPEALED, "nằm viện")


def test_in_time_on_its_last_day(in_force, by):
    assert appealed(in_force, by, date(2026, 6, 19)).state == State.APPEALED


def test_upheld_changes_nothing(in_force, by):
    case = answered(appealed(in_force, by, days(20)), by, "upheld", days(60))
    assert case.state == State.IN_FORCE
    assert Sanction.objects.get().voided_at is None
    assert CaseDecision.objects.count() == 1


def test_changed_is_another_decision_and_another_fact(in_force, by):
    case = answered(appealed(in_force, by, days(20)), by, "changed", days(60), announced_on=days(70), new_form="KT")
    old, new = CaseDecision.objects.order_by("recorded_at", "announced_on")
    assert (new.form, new.replaces, new.number, case.state) == ("KT", old, "9-QĐ", State.IN_FORCE)
    assert new.lapses_on == date(2027, 5, 10)
    standing = Sanction.objects.standing().get()
    assert (standing.form, standing.decided_by, standing.lapses_on) == ("reprimand", ABOVE, date(2027, 5, 10))
    assert Sanction.objects.count() == 2


@pytest.mark.parametrize(
    ("served", "lapses_on"), [(True, date(2027, 1, 10)), (False, date(2027, 7, 10))], ids=["E10", "E10 not counted"]
)
def test_an_expulsion_changed_to_a_warning(tree, accused, by, system, served, lapses_on):
    RuleOverride.objects.create(
        organisation=tree.root, topic="discipline_violation", key="expiry_counts_served_time", value=served,
        reason="quy chế", started_on=date(2025, 7, 1), recorded_by=system,
    )  # fmt: skip
    first, second = date(2026, 1, 10), date(2026, 7, 10)
    case = carried_out(expelled(accused, by, first, first), by, first)
    assert case.state == State.EXIT
    case = appealed(case, by, date(2026, 2, 2))
    case = answered(case, by, "changed", date(2026, 7, 1), announced_on=second, new_form="CC")

    assert case.state == State.IN_FORCE
    assert CaseDecision.objects.get(form="CC").lapses_on == lapses_on
    assert Sanction.objects.standing().get().lapses_on == lapses_on
    assert Membership.objects.standing().get(member=accused).ended_on is None
    assert Restoration.objects.get().kind == "rights"
    assert Ending.objects.get().voided_at is None


def test_annulled_restores(accused, by):
    case = carried_out(expelled(accused, by), by)
    case = answered(appealed(case, by, days(20)), by, "annulled", days(60))
    assert case.state == State.ANNULLED_WRONGFUL
    assert not Sanction.objects.standing().exists()
    assert CaseDecision.objects.get().annulled_on == days(60)
    assert Membership.objects.standing().get(member=accused).ended_on is None


def test_a_wrongful_decision_is_annulled_without_an_appeal(in_force, by):
    entry = AnnulEntry(on=days(90), document="3-QĐ/UBKTTU", decided_by=ABOVE, note="bị can được tuyên không có tội")
    actions.annul(in_force, entry, by=by)
    in_force.refresh_from_db()
    assert in_force.state == State.ANNULLED_WRONGFUL
    assert Sanction.objects.get().void_reason == "quyết định kỷ luật bị hủy vì oan, sai: 3-QĐ/UBKTTU"


def test_the_next_level_before_the_first_answer_is_announced(accused, by):
    case = appealed(carried_out(expelled(accused, by), by), by, days(20))
    entry = AppealDecisionEntry(on=days(60), outcome="changed", new_form="CC", decided_by=ABOVE, document="9-QĐ")
    actions.decide_appeal(case, entry, by=by)
    case = appealed(case, by, days(65))
    again = AppealDecisionEntry(on=days(90), outcome="changed", new_form="CC", decided_by="Ban Bí thư")
    with pytest.raises(ValidationError, match="phải khác"):
        actions.decide_appeal(case, again, by=by)
    case = answered(case, by, "changed", days(90), new_form="KT")
    assert Sanction.objects.standing().get().form == "reprimand"
    assert set(Appeal.objects.values_list("announced_on", flat=True)) == {days(90)}
    assert case.state == State.IN_FORCE


def test_not_accepted_names_its_reason(in_force, by):
    case = appealed(in_force, by, days(20))
    with pytest.raises(ValidationError, match="lý do không nhận"):
        actions.decide_appeal(case, AppealDecisionEntry(on=days(30), outcome="not_accepted", decided_by=ABOVE), by=by)
    case = answered(case, by, "not_accepted", days(30), refusal="for_another")
    assert (case.state, Appeal.objects.get().refusal) == (State.IN_FORCE, "for_another")


@pytest.mark.parametrize(
    ("form", "words"), [("CCH", "không giữ chức vụ"), ("CC", "phải khác"), ("", "chọn hình thức mới")]
)
def test_the_new_form_exists_and_is_another(in_force, by, form, words):
    case = appealed(in_force, by, days(20))
    entry = AppealDecisionEntry(on=days(30), outcome="changed", new_form=form, decided_by=ABOVE)
    with pytest.raises(ValidationError, match=words):
        actions.decide_appeal(case, entry, by=by)
    assert Appeal.objects.get().outcome == ""


def test_a_discipline_that_is_appealed_does_not_lapse_by_itself(in_force, by):
    case = appealed(in_force, by, days(20))
    assert lapse_sanctions(on=days(400), by=by) == 0
    case = answered(case, by, "upheld", days(400))
    assert lapse_sanctions(on=days(401), by=by) == 1


def test_after_a_change_the_page_names_who_changed_it_and_shows_no_notice_of_the_old_one(in_force, by, as_):
    case = answered(appealed(in_force, by, days(20)), by, "changed", days(60), new_form="KT")
    opened(case, by)
    page = as_(by).get(reverse("discipline:execution", args=[case.pk])).content.decode()
    decided = page.split("Số, ngày")[1].split("</dd>")[0]
    assert "9-QĐ" in decided
    assert "Ủy ban Kiểm tra Tỉnh ủy" in decided
    assert "Thông báo cơ quan" not in page  # the notice of the old decision is not the new one's


def test_steps_of_an_appeal_are_taken_back(in_force, by):
    case = answered(appealed(in_force, by, days(20)), by, "upheld", days(60))
    for name, state in (("announce_appeal", "appeal_decided"), ("decide_appeal", "appealed"), ("appeal", "in_force")):
        actions.void_last_step(case.steps.get(step=name), reason="ghi nhầm", by=by)
        case.refresh_from_db()
        assert case.state == state
    assert not Appeal.objects.standing().exists()


def facts_of(member):
    """What stands in the record of a member: sanctions in their words, endings, memberships."""
    said = (
        "form",
        "decided_on",
        "announced_on",
        "lapses_on",
        "decision",
        "decided_by",
        "act_from",
        "act_to",
        "act_unit",
    )
    return (
        list(Sanction.objects.standing().filter(member=member).values_list(*said, "article_code")),
        list(Ending.objects.standing().filter(member=member).values_list("ended_on", "decision", "decided_by")),
        list(
            Membership.objects.standing()
            .filter(member=member)
            .values_list("organisation", "started_on", "ended_on", "end_reason")
        ),
        list(Restoration.objects.standing().filter(member=member)),
    )


def test_a_changed_form_is_taken_back(accused, in_force, by):
    before = facts_of(accused)
    appealed(in_force, by, days(20))
    for _ in range(2):  # and announced again, and taken back again
        case = answered(in_force, by, "changed", days(60), new_form="KT")
        assert facts_of(accused) != before
        assert taken_back(case, by, "announce_appeal").state == State.APPEAL_DECIDED
        assert facts_of(accused) == before
        old = CaseDecision.objects.standing().get()
        assert (old.form, old.sanction.voided_at, old.annulled_on) == ("CC", None, None)
        assert Appeal.objects.standing().get().announced_on is None
        assert taken_back(case, by, "decide_appeal").state == State.APPEALED
    assert Sanction.objects.count() == 5


@pytest.mark.parametrize(("outcome", "form"), [("changed", "CC"), ("annulled", "")])
def test_an_expulsion_that_did_not_hold_holds_again(accused, by, outcome, form):
    case = carried_out(expelled(accused, by), by)
    before = facts_of(accused)
    case = answered(appealed(case, by, days(20)), by, outcome, days(60), new_form=form)
    assert Restoration.objects.standing().count() == 1
    taken_back(case, by, "announce_appeal")
    assert facts_of(accused) == before
    assert CaseDecision.objects.standing().get().annulled_on is None


def test_an_annulment_is_taken_back(accused, by):
    case = carried_out(expelled(accused, by), by)
    before = facts_of(accused)
    entry = AnnulEntry(on=days(90), document="3-QĐ/UBKTTU", decided_by=ABOVE, note="không có tội")
    for _ in range(2):
        actions.annul(case, entry, by=by)
        assert taken_back(case, by, "annul").state == State.EXIT
        assert facts_of(accused) == before


def test_what_the_record_built_on_is_not_taken_back(accused, by):
    case = carried_out(expelled(accused, by), by)
    entry = AnnulEntry(on=days(90), document="3-QĐ/UBKTTU", decided_by=ABOVE, note="không có tội")
    actions.annul(case, entry, by=by)
    Membership.objects.standing().filter(member=accused).update(ended_on=days(100), end_reason="died")
    before = facts_of(accused)
    with pytest.raises(NotAllowed, match="Hãy hủy việc sau ấy trước"):
        taken_back(case, by, "annul")
    assert facts_of(accused) == before


def test_a_sanction_voided_by_hand_does_not_come_back(accused, in_force, by):
    void_sanction(Sanction.objects.get(), reason="ghi hai lần", by=by)
    actions.annul(in_force, AnnulEntry(on=days(90), document="3-QĐ", decided_by=ABOVE, note="oan"), by=by)
    taken_back(in_force, by, "annul")
    assert not Sanction.objects.standing().exists()


def taken_back(case, by, name):
    """The case with its last step of a name taken back."""
    actions.void_last_step(case.steps.filter(voided_at=None).get(step=name), reason="ghi nhầm", by=by)
    case.refresh_from_db()
    return case


def test_the_answer_twice_is_refused(in_force, by):
    case = answered(appealed(in_force, by, days(20)), by, "upheld", days(60))
    with pytest.raises(NotAllowed):
        actions.announce_appeal(case, AnnounceAppealEntry(on=days(61)), by=by)


def test_an_appeal_is_not_before_the_last_step(in_force, by):
    with pytest.raises(NotAllowed, match="trước bước"):
        actions.appeal(in_force, AppealEntry(on=days(-1), to=ABOVE, note="x"), by=by)
