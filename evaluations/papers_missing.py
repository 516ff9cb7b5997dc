"""What of the papers of a review is not there before a sheet is sent, in sentences; a warning, not a refusal."""

from evaluations.enums import Outcome, WrittenState

NAMED = 20  # people whom a sentence names


def missing_papers(reviews, procedure):
    """Sentences about papers that are not there (reviews read `with_papers`); no rule forbids to send without them."""
    due = [review for review in reviews if review.outcome != Outcome.OUTSIDE]
    found = [("Chưa nộp bản kiểm điểm", [r for r in due if r.written_state != WrittenState.HANDED_IN])]
    if procedure.residence_comment_required:
        article = procedure.cite("residence_comment_required")
        words = f"Chưa có nhận xét của cấp ủy nơi cư trú ({article})"
        found.append((words, [review for review in due if not review.has_residence]))
    found.append(("Chưa giải trình gợi ý kiểm điểm của cấp trên", [r for r in due if r.has_open_raised_point]))
    sentences = [f"{words}: {_names(rows)}." for words, rows in found if rows]
    if due and due[0].cell_has_open_raised_point:
        sentences.append("Chi bộ chưa giải trình gợi ý kiểm điểm của cấp trên đối với tập thể.")
    return sentences


def _names(reviews):
    names = ", ".join(str(review.member) for review in reviews[:NAMED])
    more = f" và {len(reviews) - NAMED} đồng chí khác" if len(reviews) > NAMED else ""
    return f"{len(reviews)} đồng chí ({names}{more})"
