from cells.management.founding import FoundingCommand
from cells.permissions import Role


class Command(FoundingCommand):
    help = "Opens an account with the role of an administrator of accounts."
    role = Role.ADMINISTRATOR
