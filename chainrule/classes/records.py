"""What a server knows beside answers: people, classes, assignments, and work that waits to be judged.

Plain frozen data with an id of its own; unlike the records of `chainrule.store` these are changed in their place,
by `chainrule.classes.rows`. Times are UTC with their zone. Secrets that visitors hold are kept as digests only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from chainrule.store.records import new_id, now

Role: TypeAlias = Literal["student", "instructor"]
Lane: TypeAlias = Literal["quick", "code"]
State: TypeAlias = Literal["waiting", "done"]


@dataclass(frozen=True)
class Account:
    """A person with a login. role: what they may do on this server. password: an Argon2 hash, '' until it is chosen.

    id: also the `learner` of their records in the store.
    """

    login: str
    shown: str  # the name that others see
    role: Role
    password: str
    active: bool = True
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Classroom:
    """A class. zone: of its dates, an IANA name. owner: the account that made it."""

    title: str
    zone: str
    owner: str
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Membership:
    """A person in a class. extra: factor for the time of exams, 1.0 to 10.0."""

    classroom: str
    account: str
    role: Role
    extra: float = 1.0
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Invitation:
    """A link with which people join a class. digest: of what the link holds. left: how many may still use it."""

    digest: str
    classroom: str
    role: Role
    left: int
    expires: datetime
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Session:
    """A browser that is logged in. id: a digest of what its cookie holds. seen: its last request."""

    account: str
    seen: datetime
    expires: datetime
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Token:
    """A key to the API. digest: of what its holder sends. label: the holder's own words for it."""

    account: str
    digest: str
    label: str
    expires: datetime
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Assignment:
    """An exam of a class. blueprint: YAML. secret: from which the students' seeds follow, hexadecimal.

    It can be begun from `opens` on, and is in time until `due`. Whoever ends later loses `late_percent` of what was
    earned for each day begun, up to `late_days`, when it closes. Keys and reports are shown from `reveals` on.
    """

    classroom: str
    title: str
    blueprint: str
    opens: datetime
    due: datetime
    reveals: datetime
    secret: str
    late_percent: float = 0.0
    late_days: int = 0
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Accommodation:
    """What is different for one student in one assignment. due: '' or a time in ISO; extra: 0 for the membership's.

    more: minutes that were given while it was sat. held: whether the others' results wait while the student may answer.
    """

    assignment: str
    account: str
    due: str = ""
    extra: float = 0.0
    more: float = 0.0
    held: bool = True
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Sitting:
    """That a student began an assignment. exam: the form's id in the store."""

    assignment: str
    account: str
    exam: str
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Job:
    """An answer that was handed in and is judged, or waits for it; its id is that of the attempt it becomes.

    hand_in: '' for one answer; `handed-in` or `time` where a whole exam is to be graded (item, part, answer are '').
    verdict: JSON of the verdict, empty while it waits; one that cannot be read becomes no attempt.
    """

    lane: Lane
    learner: str
    item: str = ""
    part: str = ""
    answer: str = ""
    exam: str = ""
    hand_in: str = ""
    hints: int = 0
    seconds: float = 0.0
    state: State = "waiting"
    verdict: str = ""
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Audit:
    """What somebody did. who: an account's id, '' for nobody known. what: a word such as `login-failed`.

    whom: the account to which somebody else did it, '' for none.
    """

    who: str
    what: str
    about: str = ""
    address: str = ""
    whom: str = ""
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


ClassRecord: TypeAlias = (
    Account | Classroom | Membership | Invitation | Session | Token | Assignment | Accommodation | Sitting | Job | Audit
)
