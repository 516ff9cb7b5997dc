"""What stands in the addresses of the pages of leaving: matters of members of the cell "here"."""

from datetime import date

from config.lib.steps import ActEntry as RemovalAct
from evaluations import actions
from evaluations.models import Removal, RemovalStep
from tests.factories import MemberFactory

OPENED, WRITTEN = date(2026, 9, 1), date(2026, 9, 8)


def of_removals(tree, cast):
    """A member without a matter, one whose cell votes next, one who is out."""
    member = MemberFactory(home=tree.here)
    ready, out = (
        actions.start_removal(MemberFactory(home=tree.here), ("X3",), [], on=OPENED, by=cast.secretary)
        for _ in range(2)
    )
    actions.receive_self_review(ready, RemovalAct(WRITTEN), by=cast.secretary)
    Removal.objects.filter(pk=out.pk).update(state="removed", holder=tree.root)
    words = actions.add_removal_statement(ready, written_on=WRITTEN, text="Tôi nằm viện", by=cast.secretary)
    step = RemovalStep.objects.get(removal=ready, step="receive_self_review")
    return {
        "removal_member": {"member_id": member.pk},
        "removal_here": {"pk": ready.pk},
        "removal_out": {"pk": out.pk},
        "removal_statement": {"paper_id": words.pk},
        "removal_step": {"step_id": step.pk},
        "removal_paper": {"pk": ready.pk, "paper": "de-nghi"},
    }
