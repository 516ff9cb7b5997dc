"""Posts as the rules see them: the rules of a body, the refusal of a post that cannot be, titles in words."""

from django.core.exceptions import ValidationError

from cells.models import Organisation, RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.enums import PostManner, PostTitle
from members.models import Post
from members.rules.posts import PostRules, Tenure, outside_term, title_does_not_fit, too_many_secretaries

TOPIC = "posts"
ORDER = {title: place for place, title in enumerate(PostTitle)}


def post_rules(organisation, day):
    """The rules on posts of `organisation` on a day, with what it or the bodies above it chose."""
    try:
        keys = restore(RuleSet.objects.in_force(TOPIC, day).values)
    except RuleSet.DoesNotExist:
        return PostRules()
    choices = RuleOverride.objects.for_organisation(organisation, [TOPIC], day)
    return typed(PostRules, with_overrides(keys, {choice.key: choice.value for choice in choices}))


def refuse_wrong_post(post):
    """`ValidationError` with the reason when a post cannot be; locks the body, so that two cannot head it at once."""
    body = Organisation.objects.select_for_update().get(pk=post.organisation_id)
    if reason := title_does_not_fit(post.title, is_cell=body.is_cell):
        raise ValidationError({"title": reason})
    if not body.is_open and post.ended_on is None:
        raise ValidationError(
            {"last_day": f"{body.name} đã kết thúc hoạt động. Hãy ghi ngày thôi chức vụ, hoặc chọn tổ chức khác."}
        )
    rules = post_rules(body, post.started_on)
    tenure = _tenure(post)
    if post.term and (wrong := outside_term(rules, tenure, (post.term.started_on, post.term.ended_on))):
        field, reason = wrong
        raise ValidationError({field: reason})
    heads = Post.objects.standing().filter(organisation=body, title=PostTitle.SECRETARY).exclude(member=post.member)
    others = heads.overlapping(post.started_on, post.ended_on).select_related("member")
    if reason := too_many_secretaries(rules, tenure, map(_tenure, others)):
        raise ValidationError({"title": reason})


def title_words(title, kind):
    """A title as papers of that kind of body write it."""
    if title == PostTitle.COMMITTEE_MEMBER:
        return "Chi ủy viên" if kind in ("cell", "base_cell") else "Ủy viên Ban Chấp hành"
    return PostTitle(title).label


def manner_words(manner):
    """How a post was come by; nothing when nobody knows."""
    return "" if manner == PostManner.UNKNOWN else PostManner(manner).label


def by_rank(post):
    """Sort key: the order of titles, then Vietnamese name order."""
    return ORDER[post.title], post.member.sort_key, str(post.member_id)


def _tenure(post):
    return Tenure(str(post.member), post.title, post.started_on, post.ended_on)
