"""People for tests, as the product itself would record them."""

from datetime import date

import factory

from members.enums import MembershipKind, Sex, StartReason
from members.models import Member, Membership


class MemberFactory(factory.django.DjangoModelFactory):
    """An official member with a membership in `home` since `since`."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")
    sex = Sex.MALE
    born_on = date(1980, 3, 5)
    ethnic = "kinh"
    personal_id = factory.Sequence(lambda n: f"096080{500000 + n:06d}")
    decided_on = date(2005, 5, 10)
    admitted_on = date(2005, 5, 19)
    official_on = date(2006, 5, 19)

    @factory.post_generation
    def since(self, create, extracted, **kwargs):
        Membership.objects.create(
            member=self,
            organisation=self.home,
            kind=MembershipKind.OFFICIAL,
            started_on=extracted or date(2025, 7, 1),
            start_reason=StartReason.OPENING,
        )
