"""What members offers to the pages of organisations: who signs, the committee's page, what a new term asks for."""

from django.urls import reverse
from django.utils import timezone

from cells.permissions import Permission
from cells.ports import Signer
from members.enums import PostManner, PostTitle
from members.models import Post
from members.posts import by_rank
from members.reports.committees import left_over_posts

POSITIONS = {  # as they stand under the authority (documents.md, section 8)
    PostTitle.SECRETARY: "BÍ THƯ",
    PostTitle.STANDING_DEPUTY: "PHÓ BÍ THƯ",
    PostTitle.DEPUTY: "PHÓ BÍ THƯ",
}


def signers(organisation, on):
    """Secretary and deputies of a body on a day, the secretary first."""
    rows = Post.objects.on(on).filter(organisation=organisation, title__in=POSITIONS).select_related("member")
    return [Signer(post.member.full_name, _position(post)) for post in sorted(rows, key=by_rank)]


def body_links(organisation, user):
    """Committee, party life and yearly slips, for whoever reads reports of the body."""
    if not user.may(Permission.REPORTS_VIEW, organisation):
        return []
    words = "Cấp ủy: bí thư, chi ủy viên" if organisation.is_cell else "Cấp ủy: danh sách theo nhiệm kỳ"
    life = "Nền nếp sinh hoạt: dự họp, phân công, học tập, đảng phí"
    links = [
        (words, reverse("members:committee", args=[organisation.pk])),
        (life, reverse("members:show_life", args=[organisation.pk])),
    ]
    if user.may(Permission.MEMBERS_VIEW, organisation):
        year = timezone.localdate().year
        address = reverse("members:slips_due", args=[organisation.pk, year])
        links.append((f"Phiếu bổ sung hồ sơ năm {year}: ai đã nộp, ai chưa", address))
    return links


def after_term(organisation, term, user):
    """Where the posts of the terms before are ended, when some are left over."""
    if not user.may(Permission.POSTS_MANAGE, organisation) or not left_over_posts(organisation, term):
        return ""
    return reverse("members:end_term_posts", args=[organisation.pk])


def _position(post):
    acting = post.title == PostTitle.SECRETARY and post.manner == PostManner.ACTING
    return f"Q. {POSITIONS[post.title]}" if acting else POSITIONS[post.title]
