"""What stands in the cell's registers, in a few words."""

from members.life_enums import FeeBasis


def fee_words(value):
    """The fee of a month in a few words."""
    if value is None:
        return "chưa ghi"
    basis, amount, paid_on, _ = value
    if basis == FeeBasis.EXEMPT:
        return "được miễn"
    money = f"{amount:,.0f} đ".replace(",", ".") if amount is not None else ""
    paid = f"đã đóng {paid_on:%d/%m/%Y}" if paid_on else "chưa đóng"
    return " ".join(filter(None, (paid, money, "(được giảm)" if basis == FeeBasis.REDUCED else "")))


def result_words(value):
    """When a task was done and how, in a few words."""
    if value is None:
        return "chưa ghi"
    done_on, beyond, evidence = value
    parts = (f"xong {done_on:%d/%m/%Y}" if done_on else "chưa xong", "vượt yêu cầu" if beyond else "", evidence)
    return ", ".join(filter(None, parts))
