"""Names and numbers of synthetic people; serials of personal numbers start at 500000, so they are nobody's."""

# ruff: noqa: SIM905 -- word lists read better as one line of words

FAMILY = (
    "Nguyễn Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Trương Châu Lâm Tạ Quách Đinh Thạch Danh Kim"
).split()
FAMILY_WEIGHTS = [30, 12, 10, 7, 6, 5, 4, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
MIDDLE = {
    "male": "Văn Hữu Minh Quốc Thanh Hoàng Đức Công Ngọc Trung Thành Chí Tấn Phước Bá".split(),
    "female": "Thị Thị Thị Ngọc Thanh Kim Mỹ Bích Hồng Thu Diễm Cẩm Tuyết Hoài Như".split(),
}
GIVEN = {
    "male": (
        "Hải Hùng Dũng Tuấn Khánh Đạt Phúc Lộc Thọ Nghĩa Trí Tín Khoa Long Quân Sơn Nam Bình An Thái Vinh Quang Hưng "
        "Kháng Chiến Thắng Lợi Toàn Kiệt Nhân Đông Em Út Giàu Sang Tài Đức Định Luân Phong"
    ).split(),
    "female": (
        "Hoa Lan Huệ Mai Hương Thảo Phượng Yến Oanh Nga Nhung Trang Linh Vy Quyên Thúy Diệu Hạnh Hiền Loan Liên Ngân "
        "Thơ Mơ Tiên Đào Xuân Thu Nguyệt Hằng Dung Giang Trâm Tuyền Uyên Ánh Bé Út Diễm Như"
    ).split(),
}
COMMUNES = (
    "Phường An Bình, Xã Tân Thuận, Phường Vĩnh Hòa, Xã Phú Lộc, Phường Long Thới, Xã Mỹ Quới, "
    "Phường Hưng Đạo, Xã Tân Lập, Phường Bình Khánh, Xã Hòa Thuận"
).split(", ")
WORKPLACES = [
    ("Trường học", "public_service"),
    ("Công an", "police"),
    ("Cơ quan Đảng", "party_office"),
    ("Ủy ban nhân dân", "state_office"),
    ("Hợp tác xã", "cooperative"),
    ("Trạm Y tế", "public_service"),
]
JOBS = [
    ("commune_official", "Cán bộ, công chức xã, phường"),
    ("hamlet_worker", "Người hoạt động không chuyên trách khóm, ấp"),
    ("public_service", "Giáo viên"),
    ("public_service", "Viên chức y tế"),
    ("enterprise_direct_worker", "Công nhân chế biến thủy sản"),
    ("farmer", "Nông dân"),
    ("forces", "Sĩ quan Công an"),
    ("retired", "Hưu trí"),
    ("other", "Lao động tự do"),
]


def person_name(rng, sex):
    """A full name, family name first, as Vietnamese names are written."""
    family = rng.choices(FAMILY, FAMILY_WEIGHTS)[0]
    return f"{family} {rng.choice(MIDDLE[sex])} {rng.choice(GIVEN[sex])}"


def personal_id(rng, sex, born_on, serial):
    """Twelve digits that agree with sex and birth year: province, century and sex, year, serial."""
    century = 0 if born_on.year < 2000 else 2
    return f"096{century + (sex == 'female')}{born_on.year % 100:02d}{500000 + serial % 500000:06d}"
