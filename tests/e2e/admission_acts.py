"""What each role does in the story of an admission, by the forms of the pages."""

import subprocess

from playwright.sync_api import expect

NAME = "Lâm Thị Đào"
JUDGED = {"merits": "Chấp hành tốt.", "faults": "Còn nể nang."}
AGREED = {"asked": "9", "agreed": "8", "disagreed": "1"}
MINUTES = {
    "chair": "Nguyễn Văn An", "secretary": "Trần Thị Bình", "word_background": "Rõ ràng.", "word_awareness": "Tốt.",
    "word_character": "Tốt.", "word_ability": "Khá.", "word_masses": "Gần gũi.", "word_standards": "Đủ.",
    "word_disagreed_reason": "Cần thử thách thêm.",
}  # fmt: skip
BY_HAND = {"hand_number": "9", "hand_reason": "danh sách ban chấp hành lưu ở văn phòng"}


def fill(page, typed):
    """Type what is given by the names of the fields, whatever kind of field each is."""
    for name, value in typed.items():
        field = page.locator(f"main form[method=post] [name='{name}']").first
        kind = field.evaluate("each => each.type || each.tagName")
        if kind == "select-one":
            field.select_option(**({"label": value[1:]} if value.startswith("=") else {"value": value}))
        elif kind in ("checkbox", "radio"):
            page.check(f"main [name='{name}'][value='{value}']" if value else f"main [name='{name}']")
        else:
            field.fill(value)


def send(page):
    """Send the form; answers what the page that follows says."""
    page.locator("main form button[type=submit]").last.click()
    said = page.locator(".error-summary, .notice-success")
    expect(said).not_to_have_count(0)
    return said


def act(page, address, **typed):
    """The form at an address sent once; the page that follows says that it is done."""
    page.goto(address)
    fill(page, typed)
    said = send(page)
    assert page.locator(".error-summary").count() == 0, f"{address}: {said.all_inner_texts()}"


def refused(page, address, **typed):
    """The form at an address sent, and what it says against it."""
    page.goto(address)
    fill(page, typed)
    send(page)
    expect(page.locator(".error-summary")).to_be_visible()
    return page.locator(".error-summary").inner_text()


def printed(page, address, folder):
    """The words of a PDF that a person opens."""
    answer = page.context.request.get(address)
    assert answer.status == 200, address
    assert answer.headers["content-type"] == "application/pdf"
    path = folder / "paper.pdf"
    path.write_bytes(answer.body())
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(text.split())


def open_form(page, candidate, number, folder):
    """The words of one printed form of the candidate."""
    return printed(page, f"{candidate}forms/{number.lower().replace('đ', 'd')}/print/", folder)


def not_ready(page, candidate):
    """Names of forms that the pages of the candidate's forms call incomplete, of every stage."""
    found = []
    for stage in ("dossier", "cv", "procedure", "decision", "probation", "recognition"):
        page.goto(f"{candidate}forms/?stage={stage}")
        rows = page.locator("main tbody tr", has_text="còn thiếu")
        found += rows.locator("th").all_inner_texts()
    return found


def candidate_named(story, page, name):
    page.goto(f"{story.url}/?q={name}")
    page.locator("main tbody a").first.click()
    return page.url


def state(page, candidate):
    page.goto(candidate)
    return page.locator("main .pill").first.inner_text().strip()


def act_all(people, candidate, *acts):
    """One form after the other: (who, which form, what is typed)."""
    for who, form, typed in acts:
        act(getattr(people, who), f"{candidate}{form}/", **typed)


def put_on_the_list(story, page):
    typed = {
        "full_name": NAME, "sex": "female", "born": "05/03/1995", "personal_id": "096195000123",
        "listed_on": "02/07/2025", "found_by": "cell", "document": "NQ 05-NQ/CB",
    }  # fmt: skip
    act(page, f"{story.url}/cells/{story.here}/list/", **typed)
    return page.url


def prepare(people, candidate):
    """The source: recognised, sent to class, certificate, cleared."""
    act_all(people, candidate,
        ("dong", "recognise-sympathiser", {"on": "03/07/2025", "document": "NQ 06-NQ/CB", "member": "=Nguyễn Văn An"}),
        ("coso", "send-to-class", {"on": "04/07/2025"}),
        ("dong", "record-certificate", {"on": "07/07/2025", "number": "12/CN", "issued_on": "07/07/2025",
                                        "result": "Khá", "issued_by": "Trung tâm chính trị"}),
        ("coso", "clear", {"on": "08/07/2025", "document": "TB 03-TB/ĐU"}),
    )  # fmt: skip


CV = {
    "nationality": "Việt Nam", "ethnic": "kinh", "birth_place": "Phường Sao Mai", "home_place": "Phường Sao Mai",
    "residence": "Khóm 1, phường Sao Mai", "special_area": "no", "occupation": "public_service",
    "occupation_text": "kế toán", "unit": "Trường Sao Mai", "private_owner": "no", "schooling": "upper_secondary",
    "degree": "bachelor", "union_body": "none", "trade_body": "no", "situation": "contract",
    "situation_months": "24", "considered_at_host": "yes", "awareness": "Em nhận thức rõ về Đảng.",
    "self_assessment": "Chấp hành tốt.",
}  # fmt: skip


def fill_in_the_cv(people, candidate):
    """Items 1–12, one step of the career, the family, what only some may see."""
    career = {"started": "09/2017", "ended": "06/2025", "work": "Kế toán", "unit": "Trường Sao Mai"}
    mother = {"kinship": "parent", "relation": "Mẹ đẻ", "full_name": "Lâm Thị Lan", "birth_year": "1965"}
    act_all(people, candidate,
        ("dong", "cv/correct", CV),
        ("dong", "cv/rows/career", career),
        ("dong", "background/correct", {"religion_standing": "none", "foreign_spouse": "no"}),
        ("dong", "background/relatives/add", mother),
    )  # fmt: skip


def verify(people, candidate):
    """Sealed, verified, remarked by the cell, certified by the base."""
    act_all(people, candidate,
        ("dong", "apply", {"applied_on": "10/07/2025", "written_on": "10/07/2025", "on": "10/07/2025"}),
        ("coso", "seal-cv", {"on": "12/07/2025"}),
        ("dong", "start-verification", {"on": "14/07/2025", "verifier_name": "Lê Văn Tra"}),
    )  # fmt: skip
    address = f"{candidate}background/verification/"
    act(people.dong, address, **_answers(people.dong, address))
    act_all(people, candidate,
        ("dong", "papers/cell_remark/add", {"dated_on": "25/07/2025", "given_by": "Chi bộ", "text": "Rõ ràng."}),
        ("coso", "certify-cv", {"on": "26/07/2025", "fit": "yes", "words": "Rõ ràng.", "signer": "Bí thư"}),
    )  # fmt: skip


def _answers(page, address):
    """An answer to every question of the page: sent, answered, nothing against."""
    page.goto(address)
    fields = page.locator("main [name$='-result']")
    asked = [fields.nth(place).get_attribute("name").removesuffix("-result") for place in range(fields.count())]
    given = {"place": "Phường Sao Mai", "sent_on": "14/07/2025", "answered_on": "20/07/2025", "result": "done"}
    return {f"{question}-{name}": value for question in asked for name, value in given.items()}


def bring_the_dossier_together(people, candidate):
    """3-KNĐ to 5-KNĐ, the political standard, complete."""
    for name in ("Nguyễn Văn An", "Trần Thị Bình"):
        assign_introducer(people.dong, f"{candidate}introducers/assign/", name)
        people.dong.goto(f"{candidate}papers/introduction/add/")
        choice = people.dong.locator("main [name=introducer] option", has_text=name).get_attribute("value")
        typed = {"introducer": choice, "dated_on": "28/07/2025", **JUDGED, "text": "Không có gì cần lưu ý."}
        act(people.dong, f"{candidate}papers/introduction/add/", **typed)
    act_all(people, candidate,
        ("dong", "papers/residence_opinion/add", {"dated_on": "29/07/2025", "given_by": "Chi ủy Khóm 1", **AGREED}),
        ("dong", "papers/mass_opinion/add", {"topic": "other", "dated_on": "29/07/2025", "given_by": "Hội Phụ nữ khóm",
                                             **AGREED, **JUDGED}),
        ("dong", "papers/opinions_summary/add", {"dated_on": "30/07/2025", "given_by": "Chi bộ", **JUDGED}),
        ("coso", "papers/political/add", {"dated_on": "31/07/2025", "given_by": "Ban Thường vụ", "topic": "within",
                                          "favourable": "yes", "text": "Bảo đảm."}),
        ("dong", "complete-dossier", {"on": "01/08/2025"}),
    )  # fmt: skip


def assign_introducer(page, address, name):
    """The member is found by his name; where several have it, the first is chosen."""
    page.goto(address)
    fill(
        page,
        {
            "together_since": "01/01/2020",
            "together_where": "Trường Sao Mai",
            "assigned_on": "10/07/2025",
            "introducing_member": name,
        },
    )
    send(page)
    if page.locator(".error-summary").count():
        page.locator("main label, main option, main button", has_text=name).first.click()
        send(page)
    expect(page.locator(".notice-success")).to_have_count(1)


def decide(people, candidate, number="15-QĐ/ĐU"):
    """The three bodies of the chain, each by its own person; a number is given once."""
    act_all(people, candidate,
        ("dong", "procedure/vote-in-cell", {"held_on": "04/08/2025", "number": "12-NQ/CB", "present": "6", "yes": "5",
                                            "no": "1", **MINUTES}),
        ("coso", "procedure/vote-in-base", {"held_on": "08/08/2025", "number": "31-NQ/ĐU", "present": "9", "yes": "8",
                                            "no": "1", **MINUTES, **BY_HAND}),
        ("canbo", "procedure/submit", {"on": "11/08/2025", "document": "TTr 05"}),
        ("canbo", "procedure/decide", {"decision_number": number, "signed_on": "14/08/2025", "yes": "9",
                                       "received_on": "15/08/2025", "held_on": "14/08/2025", "present": "9",
                                       **BY_HAND}),
    )  # fmt: skip
    assert state(people.dong, candidate) == "Có quyết định kết nạp, chờ lễ"


def become_a_member(people, candidate):
    typed = {"held_on": "20/08/2025", "place": "Nhà văn hóa khóm", "helper": "=Lê Hoàng Cường"}
    act(people.dong, f"{candidate}procedure/hold-ceremony/", **typed)
    assert state(people.dong, candidate) == "Đảng viên dự bị"


def be_recognised(people, candidate):
    helper = {"kind": "helper_remark", "dated_on": "21/08/2026", "helper": "=Lê Hoàng Cường", "favourable": "yes"}
    summary = {"kind": "recognition_summary", "dated_on": "22/08/2026", "given_by": "Chi bộ", **AGREED, **JUDGED}
    act_all(people, candidate,
        ("dong", "probation/class", {"number": "44/CN", "issued_on": "10/03/2026", "issued_by": "Trung tâm chính trị"}),
        ("dong", "procedure/end-probation", {"on": "20/08/2026"}),
        ("dong", "probation/paper", {"kind": "self_review", "dated_on": "21/08/2026", **JUDGED}),
        ("dong", "probation/paper", {**helper, **JUDGED, "text": "Không có gì."}),
        ("dong", "probation/paper", summary),
        ("dong", "procedure/vote-recognition", {"held_on": "25/08/2026", "number": "20-NQ/CB", "present": "6",
                                                "yes": "6", **MINUTES}),
        ("coso", "procedure/vote-recognition-in-base", {"held_on": "28/08/2026", "number": "40-NQ/ĐU", "present": "9",
                                                        "yes": "9", **MINUTES, **BY_HAND}),
        ("canbo", "procedure/submit-recognition", {"on": "31/08/2026"}),
        ("canbo", "procedure/decide-recognition", {"decision_number": "60-QĐ/ĐU", "signed_on": "10/09/2026",
                                                   "held_on": "10/09/2026", "present": "9", "yes": "9", **BY_HAND}),
    )  # fmt: skip
    assert state(people.dong, candidate) == "Đảng viên chính thức"
