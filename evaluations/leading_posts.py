"""Who is a leader by the posts on record, as a season proposes it; a person may say otherwise."""

from collections import defaultdict

from members.enums import COMMITTEE_TITLES, PostTitle
from members.importing.known import chunks
from members.models import Post
from members.posts import ORDER, title_words

HEADS = frozenset(
    {
        PostTitle.SECRETARY,
        PostTitle.STANDING_DEPUTY,
        PostTitle.DEPUTY,
        PostTitle.INSPECTION_HEAD,
        PostTitle.INSPECTION_DEPUTY,
    }
)
TITLES = {"heads": HEADS, "committee": HEADS | COMMITTEE_TITLES}
AT_ONCE = 900  # members whose ids one query can name on every database
LONGEST = 300


def leading_posts_of(members, rules, day):
    """The leading posts of `members` on a day in words, highest first, by member; only who has one."""
    titles = TITLES.get(rules.leading_posts)
    if not titles:
        return {}
    found = defaultdict(list)
    for some in chunks(list(members), AT_ONCE):
        rows = Post.objects.on(day).filter(member__in=some, title__in=titles).order_by("id")
        for member, *post in rows.values_list("member_id", "title", "organisation__kind", "organisation__name"):
            found[member].append(post)
    return {member: _words(posts) for member, posts in found.items()}


def _words(posts):
    ranked = sorted(posts, key=lambda post: ORDER[post[0]])
    return "; ".join(f"{title_words(title, kind)} {name}" for title, kind, name in ranked)[:LONGEST]
