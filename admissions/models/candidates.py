"""The candidate: a person considered for admission, from the first list to the recognition."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from admissions.enums import (
    ENDED_STATES,
    MEMBER_STATES,
    OUT_OF_PARTY,
    EnterpriseType,
    FoundBy,
    ReligionStanding,
    Schooling,
    Situation,
    State,
    UnionBody,
    WorkerKind,
)
from admissions.querysets import CandidateQuerySet
from config.lib.periods import Fact, Precision
from config.lib.vietnamese import fold, sort_key
from members.enums import AcademicTitle, Degree, Sex, Theory, YesNo
from members.models.member import Member, mask

PERSONAL_ID = Member._meta.get_field("personal_id")


class Candidate(Fact):
    """One candidacy of one person. `organisation` is the cell that follows him; from the ceremony on his home counts.

    `member` is set by the ceremony, never before; `former_member` is the record of somebody who was in the Party once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, related_name="candidates", verbose_name="chi bộ giúp đỡ"
    )
    state = models.CharField("trạng thái", max_length=24, choices=State.choices, default=State.LISTED)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="candidacies")
    former_member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="readmissions_sought"
    )
    full_name = models.CharField("họ và tên khai sinh", max_length=100)
    alias = models.CharField("tên gọi khác", max_length=100, blank=True)
    search_key = models.CharField(max_length=220, editable=False, db_index=True)
    sort_key = models.CharField(max_length=220, editable=False, db_index=True)
    sex = models.CharField("giới tính", max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    personal_id = models.CharField(
        "số định danh cá nhân", max_length=PERSONAL_ID.max_length, blank=True, validators=PERSONAL_ID.validators[:1]
    )
    found_by = models.CharField("nguồn phát hiện", max_length=12, choices=FoundBy.choices, default=FoundBy.CELL)
    listed_on = models.DateField("ngày đưa vào danh sách")
    planned_year = models.PositiveSmallIntegerField(
        "năm dự kiến kết nạp", null=True, blank=True, validators=[MinValueValidator(1930), MaxValueValidator(2999)]
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "người xin vào Đảng"
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["organisation", "state"], name="candidate_of_cell")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MEMBER_STATES, member__isnull=False)
                | Q(member__isnull=True) & ~Q(state__in=MEMBER_STATES),
                name="candidate_member_from_ceremony",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(voided_at__isnull=True, member__isnull=False) & ~Q(state__in=OUT_OF_PARTY),
                name="candidate_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["personal_id"],
                condition=~Q(personal_id="") & Q(voided_at__isnull=True) & ~Q(state__in=ENDED_STATES),
                name="candidate_personal_id_unique",
                violation_error_message="Số này đã có trong hệ thống, đã chuyển cấp trên đối chiếu.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.search_key = fold(" ".join(part for part in (self.full_name, self.alias) if part))
        self.sort_key = sort_key(self.full_name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key", "sort_key"}
        super().save(*args, **kwargs)

    @property
    def is_readmission(self):
        return self.former_member_id is not None

    @property
    def masked_id(self):
        """The personal number with all but its last four digits hidden."""
        return mask(self.personal_id)

    @property
    def scope_organisation(self):
        return self.member.home if self.member_id else self.organisation

    @property
    def scope_path(self):
        return self.scope_organisation.path


class OfCandidate:
    """A row about a candidate stands in the scope of the candidate."""

    @property
    def scope_organisation(self):
        return self.candidate.scope_organisation

    @property
    def scope_path(self):
        return self.candidate.scope_path


def _text(label, length=200):
    return models.CharField(label, max_length=length, blank=True)


def _choice(label, choices, default=""):
    length = max(len(value) for value in choices.values)
    return models.CharField(label, max_length=length, choices=choices.choices, blank=True, default=default)


class Profile(OfCandidate, models.Model):
    """What the CV (items 5–12 of 2-KNĐ) and the conditions ask of the person; empty and None are not known yet.

    `revision` counts the saves: who saves over another's typing is asked.
    """

    candidate = models.OneToOneField(Candidate, models.PROTECT, primary_key=True, related_name="profile")
    nationality = _text("quốc tịch", 60)
    foreign_origin = models.BooleanField("gốc nước ngoài", default=False)
    ethnic = models.CharField("dân tộc", max_length=30, blank=True)
    religion = models.CharField("tôn giáo", max_length=30, blank=True)
    religion_standing = _choice("theo tôn giáo", ReligionStanding)
    religious_office = models.BooleanField("chức sắc, chức việc", default=False)
    birth_place = _text("nơi đăng ký khai sinh", 300)
    home_place = _text("quê quán", 300)
    residence = _text("nơi thường trú", 300)
    temporary_residence = _text("nơi tạm trú", 300)
    occupation = models.CharField("nghề nghiệp", max_length=40, blank=True)
    occupation_text = _text("nghề nghiệp ghi như trên giấy")
    unit = _text("đơn vị công tác, học tập", 300)
    post = _text("chức vụ chính quyền, đoàn thể")
    worker_kind = _choice("loại công nhân", WorkerKind)
    is_teacher = models.BooleanField("giáo viên", null=True, blank=True)
    is_intellectual = models.BooleanField("trí thức, cán bộ khoa học kỹ thuật", null=True, blank=True)
    enterprise_type = _choice("loại doanh nghiệp", EnterpriseType)
    state_share = models.BooleanField("doanh nghiệp có vốn Nhà nước", null=True, blank=True)
    private_owner = _choice("chủ doanh nghiệp tư nhân", YesNo, YesNo.UNKNOWN)
    schooling = _choice("giáo dục phổ thông", Schooling)
    schooling_text = _text("giáo dục phổ thông ghi như trên giấy", 60)
    degree = _choice("trình độ chuyên môn", Degree, Degree.UNKNOWN)
    degree_text = _text("chuyên ngành")
    academic_title = _choice("chức danh khoa học", AcademicTitle, AcademicTitle.UNKNOWN)
    theory = _choice("lý luận chính trị", Theory, Theory.UNKNOWN)
    foreign_language = _text("ngoại ngữ", 100)
    computing = _text("tin học", 100)
    minority_language = _text("tiếng dân tộc thiểu số", 100)
    special_area = models.BooleanField("ở vùng cao, biên giới, hải đảo, đặc biệt khó khăn", null=True, blank=True)
    sea_fisherman = models.BooleanField("ngư dân thường xuyên đi biển", default=False)
    respected = models.BooleanField("già làng, trưởng bản, người có uy tín", default=False)
    union_body = _choice("tổ chức Đoàn nơi công tác, cư trú", UnionBody)
    union_member = models.BooleanField("đoàn viên TNCS Hồ Chí Minh", default=False)
    union_cadre = models.BooleanField("cán bộ Đoàn", default=False)
    union_joined_on = models.DateField("ngày vào Đoàn", null=True, blank=True)
    union_place = _text("nơi vào Đoàn")
    trade_body = models.BooleanField("nơi công tác có công đoàn", null=True, blank=True)
    trade_member = models.BooleanField("đoàn viên công đoàn", default=False)
    foreign_spouse = models.BooleanField("kết hôn với người nước ngoài", null=True, blank=True)
    births = models.JSONField("ngày sinh các con liên quan chính sách dân số", default=list, blank=True)
    health_confirmed = models.BooleanField("sức khỏe, uy tín bảo đảm (quá tuổi)", null=True, blank=True)
    special_need = models.BooleanField("nơi chưa có tổ chức đảng, hoặc yêu cầu đặc biệt", null=True, blank=True)
    situation = _choice("học tập, công tác", Situation)
    situation_months = models.PositiveSmallIntegerField("số tháng liên tục", null=True, blank=True)
    considered_at_host = models.BooleanField("xét tại nơi học, nơi công tác", null=True, blank=True)
    verifier = models.CharField("người thẩm tra là (quan hệ với người vào Đảng)", max_length=20, blank=True)
    verifier_name = _text("người được cử đi thẩm tra", 100)
    cleared_record_on = models.DateField("ngày được xóa án tích", null=True, blank=True)
    awareness = models.TextField("nhận thức về Đảng (đơn)", max_length=5000, blank=True)
    self_assessment = models.TextField("tự nhận xét", max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "lý lịch người xin vào Đảng"

    def __str__(self):
        return str(self.candidate)
