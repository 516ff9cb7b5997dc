"""Moves of the demo in every state, played through the product's own actions; few, whatever the scale."""

from datetime import timedelta

from cells.models import Organisation
from config.lib.workdays import add_months
from members import actions
from members.actions.reception import ArrivalEntry, PresentedEntry
from members.actions.record import MemberEntry
from members.actions.transfers import SlipEntry, TransferEntry
from members.enums import Paper, Topic
from members.models import Member

REASONS = ("Thay đổi nơi cư trú", "Điều động công tác", "Nghỉ hưu về địa phương", "Đi học")
PAPERS = (Paper.ORDER, Paper.SELF_REVIEW, Paper.CARD)
FILE = (*PAPERS, Paper.FILE)
ANSWERS = {
    Topic.OCCUPATION: ("public_service", ""),
    Topic.GENERAL_EDUCATION: ("upper_secondary", ""),
    Topic.DEGREE: ("bachelor", ""),
    Topic.THEORY: ("elementary", ""),
}


class MovePlayer:
    """Moves members between a few cells of the demo; `on` is the day of the data."""

    def __init__(self, tree, on, by):
        self.on, self.by = on, by
        base = Organisation.objects.filter(parent=tree.story.deciding_base, is_cell=True)
        other = Organisation.objects.filter(parent=tree.story.sending_base, is_cell=True)
        self.story, self.here, self.next_door = base.order_by("position")[:3]  # nobody leaves the cell of the story
        self.there = other.order_by("position").first()
        self.taken = 0

    def play(self):
        """One move, at least, in each state."""
        self._ask(self.story, self.there, 6)
        self._ask(self.there, self.story, 4)
        self._issue(self._ask(self.here, self.there, 15), 12)
        self._issue(self._ask(self.there, self.story, 20), 16)
        self._issue(self._ask(self.next_door, self.there, 130), 128)  # nobody has seen the member since
        presented = self._issue(self._ask(self.there, self.story, 30), 28)
        actions.present_slip(presented, PresentedEntry(presented_on=self._ago(2), papers=FILE), by=self.by)
        refused = self._issue(self._ask(self.next_door, self.there, 40), 37)
        actions.refuse_transfer(refused, on=self._ago(9), reason="Hồ sơ chưa niêm phong", by=self.by)
        self._accept(self._issue(self._ask(self.here, self.next_door, 60), 57), 50)
        self._accept(self._issue(self._ask(self.there, self.next_door, 90), 85), 70)
        self._temporary()
        self._outside()

    def _temporary(self):
        longer = self._ask(self.story, self.there, 100, kind="temporary", until=add_months(self._ago(100), 9))
        self._accept(self._issue(longer, 98), 90)
        over = self._ask(self.next_door, self.there, 120, kind="temporary", until=add_months(self._ago(120), 3))
        self._accept(self._issue(over, 118), 110)

    def _outside(self):
        away = {"outside_name": "Chi bộ 3, Đảng bộ phường Nam Hà, tỉnh Sơn Nam", "outside_area": "other_province"}
        self._issue(self._ask(self.here, None, 25, **away), 21)
        gone = self._issue(self._ask(self.next_door, None, 80, **away), 76)
        actions.confirm_departure(gone, on=self._ago(60), by=self.by)
        entry = MemberEntry(self._newcomer(), ANSWERS)
        arrival = ArrivalEntry(
            kind="official", organisation=self.there, issued_on=self._ago(50), received_on=self._ago(45),
            decision="Giấy giới thiệu số 14 của Ban Tổ chức Tỉnh ủy Sơn Nam", **away,
        )  # fmt: skip
        actions.receive_from_outside(arrival, entry, by=self.by)

    def _ask(self, home, to, days, **changes):
        """A member of `home`, the last in the list who holds no post, is introduced."""
        people = Member.objects.on_roll(self.on)
        people = people.filter(home=home, posts=None, transfers=None, overlays=None, official_on__isnull=False)
        member = people.order_by("-sort_key", "id").first()
        self.taken += 1
        values = {"kind": "official", "reason": REASONS[self.taken % len(REASONS)], "papers": PAPERS, **changes}
        entry = TransferEntry(requested_on=self._ago(days), to_organisation=to, **values)
        return actions.request_transfer(member, entry, by=self.by)

    def _issue(self, transfer, days):
        issued_on = self._ago(days)
        entry = SlipEntry(issued_on=issued_on, today=issued_on, file_taken_on=issued_on, papers=FILE)
        return actions.issue_slip(transfer, entry, by=self.by)

    def _accept(self, transfer, days):
        received_on = self._ago(days)
        entry = PresentedEntry(presented_on=received_on, papers=FILE)
        return actions.accept_transfer(transfer, entry, received_on=received_on, by=self.by)

    def _ago(self, days):
        return self.on - timedelta(days=days)

    def _newcomer(self):
        """What the slip and the file of somebody from another province say."""
        admitted_on = add_months(self.on, -150)
        return {
            "full_name": "Vũ Thị Hồng Lam", "sex": "female", "born_on": add_months(self.on, -460), "ethnic": "kinh",
            "decided_on": admitted_on, "admitted_on": admitted_on, "official_on": add_months(admitted_on, 12),
            "residence": "Khóm 4",
        }  # fmt: skip
