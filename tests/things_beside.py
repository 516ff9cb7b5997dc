"""What stands in the addresses of the pages beside the cases, in the cell "here"."""

from cells.models import User
from discipline import actions
from discipline.models import DenunciationReader
from tests.discipline.beside_cases import item_of, letter_on, paper_values, plan_of, staged, suspended
from tests.discipline.cases import accused_in, case_on, opened
from tests.factories import MemberFactory


def of_beside(tree, cast):
    member = accused_in(tree.here)
    case = opened(case_on(accused_in(tree.here), cast.inspector), cast.inspector)
    of_case = suspended(case.member, cast.inspector, case=case)
    stage = staged(MemberFactory(home=tree.here))
    paper = actions.add_proceeding_paper(stage, paper_values(), by=cast.inspector)
    plan = plan_of(tree.here, cast.secretary)
    return {
        "suspension_alone": {"pk": suspended(member, cast.inspector).pk},
        "suspension_of_case": {"pk": of_case.pk},
        "case_beside": {"pk": case.pk},
        "stage_beside": {"proceeding_id": stage.pk},
        "legal_paper": {"pk": paper.pk},
        "plan_here": {"pk": plan.pk},
        "plan_item_here": {"pk": item_of(plan, cast.secretary, member).pk},
        **_of_letters(member, cast),
    }


def _of_letters(member, cast):
    letter = letter_on(member, cast.inspector)
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=False, reason="họp chi bộ", second=cast.head, by=cast.inspector
    )
    shown = letter_on(member, cast.inspector)
    other = DenunciationReader.objects.create(
        denunciation=shown, user=cast.stranger, named_by=cast.inspector, confirmed_by=cast.head, reason="xác minh"
    )
    orphan = letter_on(member, User.objects.system("left"))
    handled = actions.accept_denunciation(letter_on(member, cast.inspector), by=cast.inspector)
    return {
        "letter": {"pk": letter.pk},
        "letter_content": {"pk": handled.pk, "content_id": handled.contents.first().pk},
        "letter_opening": {"pk": asked.pk},
        "letter_reader": {"pk": shown.pk, "reader_id": other.pk},
        "letter_orphan": {"pk": orphan.pk},
    }
