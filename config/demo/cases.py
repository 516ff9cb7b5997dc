"""Cases under seal in several states, and what stands beside them, as the inspection officer enters them."""

from datetime import timedelta

from cells.models import User
from config.lib.workdays import add_months
from discipline import actions
from discipline.actions.decisions import AnnounceEntry, NotifyEntry
from discipline.actions.denunciations import LetterEntry
from discipline.actions.inspection import PlanEntry, SelfReviewEntry, StepEntry
from discipline.actions.proposals import ActEntry
from discipline.actions.records import EvidenceEntry, TeamEntry, ViolationEntry
from discipline.actions.sealing import SignalEntry
from discipline.actions.suspensions import SuspensionEntry
from discipline.balloting import BallotEntry, read_ballot
from discipline.bodies import meeting_body
from discipline.enums import Part
from discipline.models import SealOpening
from discipline.rulebook import CaseBook
from members.models import Member, Proceeding

TRIAGE = {"competence": "ours", "duplicate": "none", "choice": "inspect"}
SUMMARY = "Phản ánh việc kê khai tài sản, thu nhập chưa đầy đủ (mẫu)"
FOUND = "Kê khai thiếu một thửa đất và một khoản tiền gửi (mẫu)"
IN_STORY, CELL_DECIDES = 4, 4  # cases of the cell of the story; place of the cell that reprimands


def play_cases(tree, on):
    """One case signalled, one being verified, one before the cell, one proposed, one carried out; and beside them."""
    player = CasePlayer(tree, on)
    signalled, verified, meeting, proposed = player.members_of(tree.cells[0], IN_STORY)
    reprimanded = player.members_of(tree.cells[CELL_DECIDES], 1)[0]
    player.open(signalled, 6)
    player.verify(player.open(verified, 40), 40)
    player.name_secretary(player.bring_before_cell(meeting, 70))
    player.vote(player.bring_before_cell(proposed, 90), 60, "KTR")
    player.carry_out(player.vote(player.bring_before_cell(reprimanded, 190), 160, "KT"), 150)
    player.receive_letter(signalled, 12)
    player.follow_proceedings()


class CasePlayer:
    """The inspection officer of the demo at work; days are counted back from the day of the data."""

    def __init__(self, tree, on):
        self.commune, self.on = tree.story.commune, on
        accounts = User.objects.in_bulk(["bithu", "kiemtra", "chunhiem"], field_name="username")
        self.secretary, self.officer, self.head = (accounts[name] for name in ("bithu", "kiemtra", "chunhiem"))

    def members_of(self, cell, count):
        """The youngest official members of a cell without a post and not away."""
        rows = Member.objects.filter(
            home=cell, official_on__lt=add_months(self.on, -36), posts__isnull=True, overlays__isnull=True
        )
        return list(rows.select_related("home").order_by("-born_on", "personal_id")[:count])

    def open(self, member, back):
        """A sign of a violation, registered so many days ago and opened for today."""
        entry = SignalEntry(signal_on=self._day(back), source="supervision", summary=SUMMARY)
        return actions.register_signal((member, None), self.commune, entry, by=self.officer)

    def verify(self, case, back):
        """From the signal to the verification: planned, announced, the self-review received, somebody in the team."""
        self._step(actions.triage, case, back - 2, **TRIAGE)
        entry = PlanEntry(
            on=self._day(back - 5), document="05-QĐ/UBKT (mẫu)", kind="signs", content="Việc kê khai tài sản, thu nhập",
            examined_from=add_months(self.on, -30), examined_to=add_months(self.on, -8),
            starts_on=self._day(back - 7), ends_on=self._day(back - 36),
        )  # fmt: skip
        actions.plan_inspection(case, entry, by=self.officer)
        team = TeamEntry(full_name="Đồng chí Tổ trưởng (mẫu)", is_head=True, has_no_conflict=True)
        actions.add_team_member(case, team, by=self.officer)
        self._step(actions.announce_inspection, case, back - 8, attendance="Toàn chi bộ")
        review = SelfReviewEntry(on=self._day(back - 16), outcome="received", form_named="KT")
        actions.record_self_review(case, review, by=self.officer)
        paper = EvidenceEntry(kind="document", title="Bản kê khai tài sản (mẫu)", number="1")
        actions.add_evidence(case, paper, by=self.officer)
        violation = ViolationEntry(
            content="V10", description=FOUND, began_on=add_months(self.on, -24), ended_on=add_months(self.on, -9)
        )
        actions.add_violation(case, violation, on=self._day(back - 20), by=self.officer)
        return case

    def bring_before_cell(self, member, back):
        """A case whose report of results waits for the meeting of the cell."""
        case = self.verify(self.open(member, back), back)
        self._step(actions.submit_report, case, back - 26, "12-BC/TKT (mẫu)")
        return case

    def name_secretary(self, case):
        """The cell's secretary may see the case: a second officer agreed."""
        reason = "Chi bộ họp xem xét kỷ luật"
        actions.ask_opening(case, user=self.secretary, part=Part.CELL, reason=reason, second=self.head, by=self.officer)
        actions.answer_opening(SealOpening.objects.waiting().get(case=case), grants=True, by=self.head)

    def vote(self, case, back, form):
        """The cell votes: all but one who came for one form."""
        case.refresh_from_db()
        blank = BallotEntry(held_on=self._day(back), votes={}, present=0, issued=0, collected=0)
        reading = read_ballot(case, meeting_body(case, blank.held_on), CaseBook.of(case), blank)
        present = reading.base.may_cast - 1
        votes = dict.fromkeys(reading.forms, 0) | {form: present - 1}
        entry = BallotEntry(
            held_on=blank.held_on, votes=votes, none=1, present=present, issued=present, collected=present,
            absent_excused=reading.base.base - present,
        )  # fmt: skip
        actions.vote_in_cell(case, entry, by=self.officer)
        return case

    def carry_out(self, case, back):
        """Announced, made known and in force."""
        entry = AnnounceEntry(
            on=self._day(back), received_on=self._day(back), number="03-QĐ/CB (mẫu)", signed_on=self._day(back),
            signer="Bí thư chi bộ (mẫu)", position="Bí thư",
        )  # fmt: skip
        actions.announce(case, entry, by=self.officer)
        told = NotifyEntry(on=self._day(back - 3), recipients=(("Đảng ủy (mẫu)", "12-BC/CB"),))
        actions.notify(case, told, by=self.officer)
        actions.enforce(case, ActEntry(on=self._day(back - 3)), by=self.officer)

    def receive_letter(self, member, back):
        """A signed letter that is being handled."""
        entry = LetterEntry(
            received_on=self._day(back), contents=("Kê khai tài sản không đúng (mẫu)", "Lấn đất công (mẫu)"),
            sender="Người gửi đơn (mẫu)", address="Tổ dân phố (mẫu)",
        )  # fmt: skip
        letter = actions.receive_denunciation((member, None), self.commune, entry, by=self.officer)
        actions.accept_denunciation(letter, by=self.officer)

    def follow_proceedings(self):
        """The paper of a stage of proceedings that the demo has, and the suspension that went with it."""
        stage = Proceeding.objects.select_related("member").earliest("started_on", "pk")
        values = {
            "kind": "charge", "number": "12/QĐ-CSĐT (mẫu)", "issued_on": stage.started_on, "issuer": "Công an tỉnh",
            "received_on": stage.started_on + timedelta(days=2), "received_by": "Ủy ban Kiểm tra",
        }  # fmt: skip
        actions.add_proceeding_paper(stage, values, by=self.officer)
        entry = SuspensionEntry(
            ground="investigated", organisation=self.commune, decided_by="Ban Thường vụ Đảng ủy (mẫu)",
            decision="07-QĐ/ĐU (mẫu)", started=stage.started_on + timedelta(days=4), proceeding=stage,
        )  # fmt: skip
        actions.suspend(stage.member, entry, by=self.officer)

    def _step(self, action, case, back, document="", **data):
        action(case, StepEntry(on=self._day(back), document=document, data=data), by=self.officer)

    def _day(self, back):
        return self.on - timedelta(days=back)
