"""The list of exams: what stands there, and what it costs."""

from __future__ import annotations

import pytest
from exam_sites import HOUR, Exams
from statements import counted

from chainrule.classes.accommodations import accommodate
from chainrule.web import sitting


@pytest.mark.parametrize("address", ["/exams", "/api/v1/exams"])
def test_it_costs_as_many_statements_for_eight_assignments_as_for_two(exams: Exams, address: str) -> None:
    student, client = exams.person(exams.school.student), exams.client(exams.school.student)

    def begin(number: int) -> None:
        now = exams.clock()
        given = exams.assign(due=now + 3 * HOUR, reveals=now + 3 * HOUR)
        accommodate(exams.site.store, given.id, exams.school.other.id, due=now + 5 * HOUR, extra=0)
        exam = sitting.begin_assignment(exams.site, student, given.id)
        if number % 2:
            sitting.hand_in(exams.site, student, exam)

    def asked() -> int:
        assert client.get(address).status_code == 200
        with counted() as sent:
            client.get(address)
        return len(sent)

    for number in range(2):
        begin(number)
    running = asked()
    for number in range(6):
        begin(number)
    assert asked() == running
    exams.clock.forward(4 * HOUR)
    assert asked() <= running
    exams.clock.forward(2 * HOUR)
    assert asked() <= running
