from cells.management.founding import FoundingCommand
from cells.permissions import Role


class Command(FoundingCommand):
    help = "Opens an account with the role of the head of an inspection commission."
    role = Role.INSPECTION_HEAD
