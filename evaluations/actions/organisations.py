"""An organisation's own rating: rows for a season, filled in, sent, recalled, proposed on, returned."""

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import Appendix
from evaluations.models import OrganisationPoints, OrganisationReview, Season
from evaluations.organisation_chains import chains_of, collective_frame, new_reviews
from evaluations.organisation_fields import FIELDS, differences, tasks_fit
from evaluations.organisation_scores import groups_typed
from evaluations.organisations import gaps_of, read_rows
from evaluations.season_rules import rule_book
from evaluations.workflow import ORGANISATION_RATING

STEP = ["state", "version", "changed_at", "changed_by"]
NAMED = 5
SENT_AGAIN = "Bản tự xếp loại đã được sửa hoặc gửi lại sau khi mở trang này. Hãy xem lại rồi đề xuất mức."
GROUPS = ("general_points", "results_points")


class OrganisationChanged(NotAllowed):
    """Somebody else saved meanwhile; `review` is as it stands now, `names` are the fields that differ from mine."""

    def __init__(self, review, names):
        who = f" ({review.changed_by})" if review.changed_by else ""
        super().__init__(
            f"Bản này vừa được người khác sửa{who}, nội dung đồng chí gõ chưa được lưu. "
            "Hãy xem những ô khác nhau bên dưới rồi lưu lại."
        )
        self.review, self.names = review, names


class OrganisationIncomplete(NotAllowed):
    """The own rating cannot be sent yet; `gaps` are sentences."""

    def __init__(self, gaps):
        super().__init__(f"Chưa gửi được: còn {len(gaps)} chỗ chưa xong.")
        self.gaps = gaps


@transaction.atomic
def add_organisations(season, *, by):
    """Bring an open season up to the tree: rows for organisations that have none, deciding bodies of unsent ones.

    Answers counts and the names of organisations above which the tree has no body that decides.
    """
    season = Season.objects.select_for_update().select_related("organisation").get(pk=season.pk)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không thêm tổ chức đảng được nữa.")
    chains = chains_of(season)
    known = {each.organisation_id: each for each in season.organisation_reviews.select_for_update()}
    missing = [chain for chain in chains if chain.organisation not in known]
    added = new_reviews(season, missing)
    OrganisationReview.objects.bulk_create(added, 1000)
    framed = _take_frames(season, chains, known)
    moved = [each for chain in chains if (each := known.get(chain.organisation)) and _follows(each, chain)]
    OrganisationReview.objects.bulk_update(moved, ["kind", "group", "decider", "proposer", "version"], 500)
    without = [chain.name for chain in chains if not chain.is_decided]
    data = {"added": len(added), "moved": len(moved), "framed": framed, "without": without[:NAMED]}
    record("evaluations.add_organisations", season, by=by, data=data)
    return data


def _take_frames(season, chains, known):
    """Let own ratings without any points take the frame that the season took when it opened; how many did."""
    frames = list(season.frames.filter(appendix=Appendix.PL1).order_by("version"))
    taking = []
    for chain in chains if frames else ():
        review = known.get(chain.organisation)
        if review is None or not review.is_with_organisation or review.frame_id or groups_typed(review):
            continue
        review.frame_id = collective_frame(frames, chain.above)
        taking += [review] if review.frame_id else []
    OrganisationReview.objects.bulk_update(taking, ["frame"], 500)
    return len(taking)


def _follows(review, chain):
    """Take over what the tree says now of an organisation that has not sent; False when nothing changed."""
    now = (chain.kind, chain.group, chain.decider, chain.proposer)
    if not review.is_with_organisation or not chain.is_decided:
        return False
    if (review.kind, review.group, review.decider_id, review.proposer_id) == now:
        return False
    review.kind, review.group, review.decider_id, review.proposer_id = now
    review.version += 1
    return True


@transaction.atomic
def fill_organisation(review, *, version, values, by):
    """Write what the organisation typed over the version that it saw; OrganisationChanged where it saw an older one."""
    review = _locked(review)
    ORGANISATION_RATING.refuse_closed(review, "send_organisation")
    if review.frame_id:
        values = {name: value for name, value in values.items() if name not in GROUPS}  # the sums of its criteria
    changed = differences(review, values)
    if version != review.version and changed:
        raise OrganisationChanged(review, changed)
    if not changed:
        return review
    for name in changed:
        setattr(review, name, values[name])
    if not tasks_fit(review):
        raise NotAllowed("Số nhiệm vụ từng loại không thể nhiều hơn tổng số nhiệm vụ.")
    _save(review, by, *changed)
    record("evaluations.fill_organisation", review, by=by, data={"fields": changed})
    return review


@transaction.atomic
def send_organisation(review, *, by):
    """Send a complete own rating to the body that decides; OrganisationIncomplete names every gap."""
    review = _locked(review)
    ORGANISATION_RATING.move(review, "send_organisation")
    book = rule_book(review.season)
    [row] = read_rows([review], book)
    if gaps := list(gaps_of(row, book)):
        raise OrganisationIncomplete(gaps)
    review.sent_at = timezone.now()
    review.proposed_level = review.proposed_reason = ""
    _save(review, by, "sent_at", "proposed_level", "proposed_reason")
    data = {name: _plain(getattr(review, name)) for name in FIELDS if name != "texts"}
    record("evaluations.send_organisation", review, by=by, data=data | {"body": review.decider.name})
    return review


@transaction.atomic
def recall_organisation(review, *, by):
    """Take the own rating back to correct it, until a body above has written on it."""
    review = _locked(review)
    ORGANISATION_RATING.move(review, "recall_organisation")
    if review.appraised_points is not None or review.decided_points is not None:
        raise NotAllowed("Cấp trên đã chấm điểm nên không thu hồi được nữa. Hãy đề nghị trả lại.")
    if review.proposed_level:
        raise NotAllowed(f"{review.proposer} đã đề xuất mức nên không thu hồi được nữa. Hãy đề nghị trả lại.")
    _save(review, by)
    record("evaluations.recall_organisation", review, by=by)
    return review


@transaction.atomic
def propose_organisation(review, *, version, level, reason, by):
    """The level that the committee between the organisation and the deciding body proposes (43-HD/BTCTW, mục 3).

    `version` is that of the own rating which the person saw.
    """
    review = _locked(review)
    ORGANISATION_RATING.move(review, "propose_organisation")
    if review.version != version:
        raise NotAllowed(SENT_AGAIN)
    if review.proposer is None:
        raise NotAllowed("Không có cấp ủy ở giữa đề xuất mức cho tổ chức đảng này.")
    if level not in {each.code for each in rule_book(review.season).organisation_scale.levels}:
        raise NotAllowed("Hãy chọn mức trong thang xếp loại của đợt.")
    if level != review.own_level and not reason:
        raise NotAllowed("Đề xuất khác mức tự xếp loại thì phải ghi lý do.")
    review.proposed_level, review.proposed_reason = level, reason
    _save(review, by, "proposed_level", "proposed_reason")
    data = {"body": review.proposer.name, "level": level, "reason": reason}
    record("evaluations.propose_organisation", review, by=by, data=data)
    return review


@transaction.atomic
def return_organisation(review, *, reason, by):
    """Give the own rating back with a reason; what was proposed and scored above is taken back, the log keeps it."""
    review = _locked(review)
    ORGANISATION_RATING.move(review, "return_organisation")
    if not reason:
        raise NotAllowed("Hãy ghi lý do trả lại.")
    before = review.proposed_level
    review.return_reason, review.proposed_level, review.proposed_reason = reason, "", ""
    points = _take_back_points(review)
    _save(review, by, "return_reason", "proposed_level", "proposed_reason", "appraised_points", "decided_points")
    data = {"body": review.decider.name, "reason": reason, "proposed": before, "points": points}
    record("evaluations.return_organisation", review, by=by, data=data)
    return review


def _take_back_points(review):
    """The own points stay, those that bodies above gave go; what they were."""
    given = OrganisationPoints.objects.filter(review=review).exclude(appraised={}, decided={}).first()
    review.appraised_points = review.decided_points = None
    if given is None:
        return {}
    points = {"appraised": given.appraised, "decided": given.decided}
    given.appraised, given.decided = {}, {}
    given.version += 1
    given.save(update_fields=["appraised", "decided", "version"])
    return points


def _locked(review):
    """The review locked against a second click, after its season, which is open: closing waits, or came first."""
    if not Season.objects.select_for_update().get(pk=review.season_id).is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên bản này không đổi được nữa.")
    return OrganisationReview.objects.select_for_update(of=("self",)).for_page().get(pk=review.pk)


def _save(review, by, *fields):
    review.version += 1
    review.changed_at, review.changed_by = timezone.now(), by
    review.save(update_fields=[*STEP, *fields])


def _plain(value):
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)
