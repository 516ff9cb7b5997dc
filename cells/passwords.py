"""First passwords: made by the program, handed over on paper, changed at the first sign-in."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else on paper


def first_password():
    """A password that can be read aloud and copied from paper: 14 characters, 70 bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(14))
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"
