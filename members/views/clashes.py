"""The answer to a number that somebody holds already."""

from django.utils.html import format_html

from cells.permissions import Permission as P
from members.actions.record import report_clash

OUTSIDE = "Số này đã có trong hệ thống, đã chuyển cấp trên đối chiếu."


def answer_clash(user, known, form, organisation, *, field=""):
    """Name the holder when he is in sight of `user`; otherwise say only that the body above will compare.

    The words go to the field of the number unless `field` names another; None: to the form.
    """
    for number, holder in known.holders.items():
        if user.may(P.MEMBERS_VIEW, holder):
            words = format_html("Số này đã ghi cho {}, {}. Hãy kiểm tra lại số.", holder.full_name, holder.home.name)
        else:
            report_clash(holder, number=number, organisation=organisation, by=user)
            words = OUTSIDE
        form.add_error(number if field == "" else field, words)
