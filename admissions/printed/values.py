"""Values of the forms by group: what each is called and what stands on file; a group without its row is None."""

from decimal import ROUND_HALF_UP, Decimal

from admissions.enums import CertificateKind, PaperKind
from config.lib.paper_lines import Said, called, day, number, of
from config.lib.periods import Precision
from members.catalogues import printed
from members.enums import AcademicTitle, Degree, Theory
from members.forms.dates import PartialDate

UNKNOWN = "unknown"


def percent(part, whole):
    """14 of 20 as "70", 13 of 21 as "61,9"."""
    if not whole or part is None:
        return ""
    share = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share:f}".removesuffix(".0").replace(".", ",")


# --- the person -------------------------------------------------------------------------------------------------------


def person(rows):
    """Candidate and profile; what the profile codes is printed by its catalogue."""
    candidate, profile = rows.candidate, rows.candidate.profile
    names = ("birth_place", "home_place", "residence", "unit", "post", "awareness", "self_assessment")
    short = {"temporary": "temporary_residence", "language": "foreign_language", "computing": "computing",
             "minority": "minority_language", "union_place": "union_place", "verifier": "verifier_name"}  # fmt: skip
    occupation = profile.occupation_text or printed("occupation", profile.occupation)
    return of(profile, *names, **short) | {
        "full_name": Said("họ và tên", candidate.full_name),
        "capitals": Said("họ và tên", candidate.full_name.upper()),
        "alias": Said("tên gọi khác", candidate.alias),
        "born": Said("ngày sinh", born(candidate)),
        "sex": Said("giới tính", _chosen(candidate, "sex")),
        "ethnic": Said("dân tộc", printed("ethnic", profile.ethnic)),
        "religion": Said("tôn giáo", _religion(profile)),
        "occupation": Said("nghề nghiệp", occupation),
        "schooling": Said("trình độ học vấn", profile.schooling_text or profile.get_schooling_display()),
        "degree": Said("trình độ chuyên môn", _degree(profile)),
        "academic": Said("chức danh khoa học", _chosen(profile, "academic_title", AcademicTitle.NONE)),
        "theory": Said("lý luận chính trị", _chosen(profile, "theory", Theory.NONE)),
        "union_joined": Said("ngày vào Đoàn", day(profile.union_joined_on)),
    }


def born(row):
    """The day of birth as far as it is known; of a year alone "1980"."""
    return str(PartialDate(row.born_on, row.born_precision or Precision.DAY)) if row.born_on else ""


def _chosen(row, name, none=None):
    value = getattr(row, name)
    if value in ("", UNKNOWN):
        return ""
    return "không" if value == none else getattr(row, f"get_{name}_display")()


def _religion(profile):
    if profile.religion:
        return printed("religion", profile.religion)
    return "không" if profile.religion_standing == "none" else ""


def _degree(profile):
    words = _chosen(profile, "degree", Degree.NONE)
    return ", ".join(part for part in (words, profile.degree_text) if part)


def place(rows):
    """The cell and the bodies above it."""
    return {
        "cell": Said("chi bộ", rows.cell.name),
        "base": Said("cấp ủy cơ sở", lambda: rows.base.name),
        "decider": Said("cấp có thẩm quyền", lambda: rows.decider.name),
    }


# --- source and dossier -----------------------------------------------------------------------------------------------


def sympathiser(rows):
    step = rows.step("recognise_sympathiser")
    if step is None:
        return None
    return {"on": Said("ngày được xét là cảm tình Đảng", day(step.on)), "cell": Said("tại", step.organisation.name)}


def _certificate(kind):
    def group(rows):
        found = [row for row in rows.certificates if row.kind == kind]
        return _certificate_values(found[-1]) if found else None

    return group


def _certificate_values(row):
    days = {name: Said(called(row, name), day(getattr(row, name))) for name in ("issued_on", "held_from", "held_to")}
    words = f"số {row.number or '…'}, ngày {day(row.issued_on)}"
    return {**of(row, "number", "issued_by", "result"), **days, "words": Said("giấy chứng nhận", words)}


certificate = _certificate(CertificateKind.AWARENESS)
new_class = _certificate(CertificateKind.NEW_MEMBER)


def first_party(rows):
    member = rows.candidate.former_member
    if member is None:
        return None
    return {
        "admitted_on": Said("ngày vào Đảng lần trước", day(member.admitted_on)),
        "official_on": Said("ngày chính thức lần trước", day(member.official_on)),
    }


def introducers(rows):
    names = [row.member.full_name for row in rows.introducers]
    return {"names": Said("người giới thiệu", ", ".join(names))} if names else None


def spoken(paper):
    """What a paper says of opinions: how many were asked and how they spoke."""
    if paper is None:
        return None
    counts = {name: Said(called(paper, name), number(getattr(paper, name))) for name in ("asked", "agreed")}
    disagreed = paper.disagreed
    if disagreed is None and None not in (paper.asked, paper.agreed):
        disagreed = paper.asked - paper.agreed
    return {
        **of(paper, "number", "given_by", "merits", "faults", "text"),
        **counts,
        "dated_on": Said("ngày", day(paper.dated_on)),
        "disagreed": Said("số không tán thành", number(disagreed)),
        "percent": Said("tỷ lệ tán thành", percent(paper.agreed, paper.asked)),
    }


def _paper(kind):
    return lambda rows: spoken(rows.paper(kind))


union = _paper(PaperKind.UNION_RESOLUTION)
mass = _paper(PaperKind.MASS_OPINION)
residence = _paper(PaperKind.RESIDENCE_OPINION)
review = _paper(PaperKind.SELF_REVIEW)
rec_opinions = _paper(PaperKind.RECOGNITION_SUMMARY)


def opinions(rows):
    """The summary as written, else what the two opinions say together."""
    found = [rows.paper(PaperKind.OPINIONS_SUMMARY)]
    found += [rows.paper(PaperKind.MASS_OPINION), rows.paper(PaperKind.RESIDENCE_OPINION)]
    said = [each for each in found if each is not None]
    if not said:
        return None
    first = found[0]
    if first and (first.merits or first.faults):
        said = [first]
    return {
        "merits": Said("ưu điểm", "\n".join(each.merits for each in said if each.merits)),
        "faults": Said("khuyết điểm", "\n".join(each.faults for each in said if each.faults)),
    }


def consent(rows):
    row = rows.paper(PaperKind.CONSENT)
    if row is None:
        return None
    said = (f"số {row.number}" if row.number else "", f"ngày {day(row.dated_on)}", row.given_by)
    return {"words": Said("văn bản đồng ý", ", ".join(each for each in said if each))}
