"""What can be refused to people who have, or want, an account."""

from __future__ import annotations

from grader.errors import ChainruleError


class AccountError(ChainruleError):
    """A login, a name, a password or a link that cannot be taken, in a sentence with the remedy."""
