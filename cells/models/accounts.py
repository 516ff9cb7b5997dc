"""Accounts and the dated roles that give them rights."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from cells.models.events import OfEvent
from cells.permissions import Role
from cells.querysets import RoleAssignmentQuerySet, UserQuerySet
from cells.rights import Rights
from config.lib.periods import PeriodFact, period_in_order
from config.lib.vietnamese import fold


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Accounts are made by administrators; a named system user acts for commands and jobs."""

    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def system(self, name):
        """The system user of that name; it cannot sign in."""
        user, _ = self.get_or_create(username=name, defaults={"is_system": True, "full_name": name, "password": "!"})
        return user


class User(Rights, AbstractBaseUser):
    """An account. Rights come from roles, never from the account itself."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=50,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."},
    )
    full_name = models.CharField("họ và tên", max_length=100)
    search_key = models.CharField(max_length=160, editable=False, default="")
    is_active = models.BooleanField("đang dùng", default=True)
    is_system = models.BooleanField("tài khoản hệ thống", default=False, editable=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField("lập lúc", default=timezone.now, editable=False)

    acting_for = None  # id of an organisation: narrows every right to the roles there, never widens it

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def save(self, *args, **kwargs):
        self.search_key = fold(f"{self.username} {self.full_name}")
        super().save(*args, **kwargs)

    def get_full_name(self):
        """The name that pages greet the person by."""
        return self.full_name

    @cached_property
    def all_roles_today(self):
        """Role assignments that hold today, with their organisations; read once a request."""
        if not self.is_active:
            return []
        return list(self.role_assignments.on(timezone.localdate()).select_related("organisation"))

    @property
    def roles_today(self):
        """The roles that one acts in: all of them, or those in the organisation chosen for the session."""
        chosen = [role for role in self.all_roles_today if role.organisation_id == self.acting_for]
        return chosen or self.all_roles_today

    def reaches(self, account, permission):
        """Whether every role that `account` holds or will hold lies where this account holds `permission`."""
        scope = tuple(self.paths_in_scope(permission))
        lasting = account.role_assignments.lasting(timezone.localdate()).select_related("organisation")
        return all(assignment.scope_path.startswith(scope) for assignment in lasting)

    def get_session_auth_hash(self):
        """Changes with the password and whenever an administrator ends the sessions."""
        return f"{super().get_session_auth_hash()}:{self.session_epoch}"


class RoleAssignment(OfEvent, PeriodFact):
    """A role on an organisation, reaching everything below it, from a day until the day before another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments", verbose_name="tài khoản")
    role = models.CharField("vai trò", max_length=30, choices=Role.choices)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="role_assignments")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân quyền"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="role_assignment_open_once",
                violation_error_message="Tài khoản đã có vai trò này ở tổ chức này.",
            ),
            period_in_order("role_assignment_period_in_order"),
        ]

    def __str__(self):
        return f"{self.get_role_display()} – {self.organisation}"

    @property
    def scope_path(self):
        return self.organisation.path
