"""The demo's accounts: one for each part that people play; their common password is made once and kept in `var/`."""

import secrets

from django.conf import settings

from cells.actions.accounts import grant_role
from cells.models import User
from cells.permissions import Role
from config.demo.tree import REFORM

PASSWORD_FILE = settings.VAR_DIR / "demo-password"
ACCOUNTS = [
    ("bithu", "Bí thư chi bộ (mẫu)", Role.CELL_SECRETARY, "story_cell"),
    ("coso", "Cán bộ đảng ủy cơ sở (mẫu)", Role.BASE_OFFICER, "deciding_base"),
    ("canbo", "Cán bộ Ban Tổ chức (mẫu)", Role.STAFF, "root"),
    ("kiemtra", "Cán bộ kiểm tra (mẫu)", Role.INSPECTION_OFFICER, "root"),
    ("chunhiem", "Chủ nhiệm Ủy ban Kiểm tra (mẫu)", Role.INSPECTION_HEAD, "root"),
    ("thuongtruc", "Thường trực cấp ủy (mẫu)", Role.READER, "root"),
    ("quantri", "Quản trị tài khoản (mẫu)", Role.ADMINISTRATOR, "root"),
]


def demo_password():
    """The password of all demo accounts, made at the first call."""
    if not PASSWORD_FILE.exists():
        PASSWORD_FILE.write_text(secrets.token_urlsafe(9), encoding="ascii")
        PASSWORD_FILE.chmod(0o600)
    return PASSWORD_FILE.read_text(encoding="ascii").strip()


def add_accounts(story, *, by):
    """One account a role, each on the organisation of the story that it acts for."""
    password = demo_password()
    for username, full_name, role, place in ACCOUNTS:
        user = User.objects.create_user(username, password, full_name=full_name)
        grant_role(user, role, organisation=getattr(story, place), started_on=REFORM, by=by)
