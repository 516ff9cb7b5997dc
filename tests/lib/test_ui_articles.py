"""An article as a page cites it: the mark of a default in place of the words."""

import pytest

from config.lib.rulevalues import articles_only
from config.lib.ui import article

NOTE = "mặc định của phần mềm, chưa đối chiếu văn bản"


@pytest.mark.parametrize(
    ("cited", "bare"),
    [
        ("", ""),
        ("Điều 1 Điều lệ Đảng", "Điều 1 Điều lệ Đảng"),
        (f"Điều 1 – {NOTE}", "Điều 1"),
        (f"điểm 5.4a Hướng dẫn 06 – {NOTE}; {NOTE}", "điểm 5.4a Hướng dẫn 06"),
        (f"Điều 4; Quy định 208 – {NOTE}; Quy định 208 – {NOTE}", "Điều 4; Quy định 208"),
    ],
)
def test_an_article_stands_once_and_without_the_words_of_a_default(cited, bare):
    assert articles_only(cited) == bare


def test_the_mark_stands_for_the_words():
    assert article("Điều 1 <b>") == "Điều 1 &lt;b&gt;"
    assert article(None) == ""
    assert 'class="default-mark"' in article(f"Điều 1 – {NOTE}")
    assert article(f"Điều 1 – {NOTE}").startswith("Điều 1 <span")
