"""What the record of a member says in the head of his self-review, and whose form it proposes."""

from collections import defaultdict
from dataclasses import dataclass

from evaluations.rules import ProposedGroup, proposed_group
from members.catalogues import printed
from members.enums import Topic
from members.models import CareerStep, Particular, Post
from members.reports.register_words import born

OCCUPATION = "occupation"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Head:
    """The lines at the top of a form; what the record does not know is empty."""

    full_name: str = ""
    born_on: str = ""
    party_posts: str = ""
    state_posts: str = ""
    mass_posts: str = ""
    workplace: str = ""
    cell: str = ""


def heads_of(reviews, cell, on):
    """The head of each review's form as the records stood on a day, by member."""
    members = [review.member_id for review in reviews]
    posts = defaultdict(list)
    for post in Post.objects.on(on).filter(member__in=members).select_related("organisation").order_by("id"):
        posts[post.member_id].append(str(post))
    rows = CareerStep.objects.standing().filter(member__in=members, ended_on__isnull=True, started_on__lte=on)
    steps = {step.member_id: step for step in rows.order_by("started_on", "id")}
    return {review.member_id: _head(review.member, posts, steps.get(review.member_id), cell) for review in reviews}


def _head(member, posts, step, cell):
    return Head(
        full_name=str(member),
        born_on=born(member),
        party_posts="; ".join(posts[member.pk]) or (step.party_post if step else ""),
        state_posts=step.state_post if step else "",
        mass_posts=step.mass_post if step else "",
        workplace=(step.unit or step.work) if step else "",
        cell=cell,
    )


def form_of(group, book):
    """The letter of the form of a group in the rules of a season; empty where no form is known."""
    return book.rules.ruleset.form_for(group) or ""


def proposed_groups(reviews, rules, on):
    """Whose form each member writes by what his record says on a day, with the reason, by member."""
    members = [review.member_id for review in reviews]
    rows = Particular.objects.on(on).filter(topic=Topic.OCCUPATION, member__in=members)
    jobs = {row.member_id: row for row in rows if row.value != UNKNOWN}
    return {review.member_id: _proposed(rules, review, jobs.get(review.member_id)) for review in reviews}


def _proposed(rules, review, job) -> ProposedGroup:
    words = (job.text or printed(OCCUPATION, job.value)) if job else ""
    occupation, posts = job.value if job else "", review.leader_posts
    return proposed_group(rules, is_leader=review.is_leader, occupation=occupation, words=words, posts=posts)
