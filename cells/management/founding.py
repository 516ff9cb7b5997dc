"""Accounts that nobody is there yet to make: each is opened from the shell of the server."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cells.actions.accounts import Grant, create_account
from cells.models import Organisation, User
from cells.passwords import first_password


class FoundingCommand(BaseCommand):
    """Opens an account with `role` and prints its first password, which must be changed at the first sign-in."""

    role = ""

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--organisation", help="code or id; not needed while there is one topmost organisation")

    def handle(self, *, username, full_name, organisation, **options):
        place = _organisation(organisation)
        password = first_password()
        try:
            create_account(
                username=username,
                full_name=full_name,
                password=password,
                grant=Grant(self.role, place, timezone.localdate()),
                by=User.objects.system("manage.py"),
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Đã lập tài khoản {username} ở {place}.\nMật khẩu lần đầu: {password}")


def _organisation(wanted):
    if wanted is None:
        tops = list(Organisation.objects.filter(parent=None).open()[:2])
        if len(tops) == 1:
            return tops[0]
        raise CommandError(
            "Ghi rõ tổ chức bằng --organisation MÃ. Nếu chưa có tổ chức nào: manage.py import_organisations."
        )
    found = Organisation.objects.filter(code=wanted).first()
    if found is None and wanted.isdecimal():
        found = Organisation.objects.filter(pk=int(wanted)).first()
    if found is None:
        raise CommandError(f"Không có tổ chức nào có mã hoặc số {wanted}.")
    return found
