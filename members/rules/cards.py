"""The Party card (topic `card`): which form of number is in use on a day, and when the cell looks at cards again."""

from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_months


@dataclass(frozen=True, kw_only=True)
class CardRules(Rules):
    card_check_months: int | None = None
    card_digits: int | None = None


def next_check(rules: CardRules, checked_on: date | None) -> date | None:
    """By when the cell looks at the card again (06-HD/TW, 7.2a); None before a first check or without the rule."""
    if checked_on is None or rules.card_check_months is None:
        return None
    return add_months(checked_on, rules.card_check_months)


def unseen_since(rules: CardRules, today: date) -> date | None:
    """Cards not looked at from that day on are due for it; None without the rule, when no card ever is."""
    return None if rules.card_check_months is None else add_months(today, -rules.card_check_months)


def number_problem(rules: CardRules, number: str) -> str:
    """Why a card given out under these rules cannot bear this number, in words; empty when it can."""
    wanted = rules.card_digits
    if wanted is None or (number.isascii() and number.isdigit() and len(number) == wanted):
        return ""
    return f"Thẻ cấp ngày này mang số gồm đúng {wanted} chữ số ({rules.cite('card_digits')}). Hãy kiểm tra lại."


def identity_problem(number: str, personal_id: str) -> str:
    """What differs between a card of the present form and the personal number, which it repeats; never overwritten."""
    if not personal_id or len(number) != len(personal_id) or number == personal_id:
        return ""
    return "Số thẻ khác số định danh cá nhân trong hồ sơ; hãy đối chiếu với thẻ và giấy tờ, không sửa theo nhau."
