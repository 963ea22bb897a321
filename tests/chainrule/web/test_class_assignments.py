"""Assignments: faults are said at their fields, what was begun stays, and a look shows no student's form."""

from __future__ import annotations

from io import BytesIO

from class_exams import BLUEPRINT, FAMILIES, begun, given
from flask.testing import FlaskClient
from web_sites import School, csrf, send

from chainrule.classes.assignments import form_to_look_at
from chainrule.classes.records import Accommodation, Assignment, Audit
from chainrule.classes.rows import first, found, put

TIMES = {"opens": "2100-01-01T08:00", "due": "2100-01-02T08:00", "reveals": "2100-01-02T08:00"}
FIELDS = {"title": "One", "blueprint": BLUEPRINT, **TIMES, "late_percent": "5", "late_days": "2"}


def at(school: School, given: Assignment | None = None) -> str:
    return f"/classes/{school.classroom.id}/assignments" + (f"/{given.id}" if given else "")


def made(client: FlaskClient, school: School, **fields: str) -> tuple[int, str]:
    response = send(client, at(school), page=f"{at(school)}/new", **{**FIELDS, **fields})
    return response.status_code, response.text


def test_times_are_kept_in_utc_and_shown_in_the_zone(school: School, as_instructor: FlaskClient) -> None:
    assert made(as_instructor, school)[0] == 303
    kept = found(school.site.store, Assignment)[0]
    assert kept.opens.isoformat() == "2100-01-01T07:00:00+00:00"
    assert 'value="2100-01-01T08:00"' in as_instructor.get(at(school, kept)).text


def test_a_shipped_blueprint_is_taken_by_name(school: School, as_instructor: FlaskClient) -> None:
    assert made(as_instructor, school, blueprint="", named="ten-minutes")[0] == 303
    assert found(school.site.store, Assignment)[0].blueprint.startswith("# Ten minutes")


def test_a_file_comes_before_what_is_typed(school: School, as_instructor: FlaskClient) -> None:
    token = csrf(as_instructor.get(f"{at(school)}/new").text)
    sent = (BytesIO(BLUEPRINT.replace("Test", "Sent").encode()), "mine.yaml")
    response = as_instructor.post(at(school), data={**FIELDS, "csrf_token": token, "file": sent})
    assert response.status_code == 303
    assert found(school.site.store, Assignment)[0].blueprint.startswith("title: Sent")


FAULTS: tuple[tuple[dict[str, str], str], ...] = (
    ({"title": ""}, "Write a title."),
    ({"blueprint": "", "named": "nowhere"}, "Choose a blueprint by its name"),
    ({"blueprint": BLUEPRINT.replace("minutes", "minuts")}, "blueprint:2:1: unknown field"),
    ({"blueprint": BLUEPRINT.replace("relu-backward", "relu-backwards")}, "blueprint:6:16: there is no question"),
    ({"blueprint": BLUEPRINT + "  - {title: More, levels: [1], questions: 200}\n"}, "cannot be filled"),
    ({"blueprint": "\x00"}, "control character"),
    ({"due": "2099-12-31T08:00"}, "due before it opens"),
    ({"reveals": "2100-01-01T09:00"}, "after the due time at the earliest"),
    ({"opens": "soon"}, "write a day and a time"),
    ({"late_percent": "101"}, "a number from 0 to 100"),
    ({"late_days": "1.5"}, "a whole number from 0 to 60"),
)


def test_faults_are_said_at_their_fields(school: School, as_instructor: FlaskClient) -> None:
    for fields, says in FAULTS:
        status, text = made(as_instructor, school, **fields)
        assert status == 422, fields
        assert says in text.replace("&#39;", "'"), fields
    assert found(school.site.store, Assignment) == ()


def test_what_was_begun_is_not_asked_otherwise(school: School, as_instructor: FlaskClient) -> None:
    kept = given(school)
    begun(school, kept, school.student)
    changed = {**FIELDS, "opens": "2024-01-01T08:00"}
    assert send(as_instructor, at(school, kept), **{**changed, "blueprint": BLUEPRINT + "# other\n"}).status_code == 422
    assert first(school.site.store, Assignment, id=kept.id) == kept
    del changed["blueprint"]
    assert send(as_instructor, at(school, kept), **changed).status_code == 303
    assert first(school.site.store, Assignment, id=kept.id).title == "One"  # type: ignore[union-attr]


def test_a_blueprint_that_came_back_unchanged_is_the_same(school: School, as_instructor: FlaskClient) -> None:
    kept = given(school)
    sent = {**FIELDS, "blueprint": "\r\n" + BLUEPRINT.replace("\n", "\r\n")}
    send(as_instructor, at(school, kept), **sent)
    assert first(school.site.store, Assignment, id=kept.id).blueprint == BLUEPRINT  # type: ignore[union-attr]


def test_nothing_that_was_begun_is_deleted(school: School, as_instructor: FlaskClient) -> None:
    kept, other = given(school), given(school)
    put(school.site.store, Accommodation(other.id, school.student.id, extra=2.0))
    begun(school, kept, school.student)
    for one in (kept, other):
        send(as_instructor, f"{at(school, one)}/delete", page=at(school, one))
    assert [one.id for one in found(school.site.store, Assignment)] == [kept.id]
    assert found(school.site.store, Accommodation) == ()


def test_a_look_has_the_questions_of_the_class_and_the_numbers_of_nobody(school: School) -> None:
    kept = given(school, blueprint=BLUEPRINT.replace(f"families: [{', '.join(FAMILIES)}]", "questions: 5"))
    exam = begun(school, kept, school.student)
    items = school.site.store.exam_items(exam.id)
    looks = [form_to_look_at(school.site.bank, kept, copy) for copy in (0, 1, 2)]
    for look in looks:
        assert [item.variant.family for item in look.items] == [item.family for item in items]
        assert not {item.variant.seed for item in look.items} & {item.seed for item in items}
        assert look.id != exam.id
    assert len({look.items[0].variant.seed for look in looks}) == 3


def test_paper_and_key_are_files_of_the_same_form(school: School, as_instructor: FlaskClient) -> None:
    kept = given(school)
    paper, key = (as_instructor.get(f"{at(school, kept)}/{name}.html?copy=3") for name in ("paper", "key"))
    label = form_to_look_at(school.site.bank, kept, 3).id
    assert label in paper.text and label in key.text
    assert "relu-backward" not in paper.text and "relu-backward" in key.text
    assert "attachment" in paper.headers["Content-Disposition"]


def test_the_form_is_shown(school: School, as_instructor: FlaskClient) -> None:
    here = f"{at(school, given(school))}/form"
    for asked in ("", "?key=1", "?copy=2", "?copy=x&key=2"):
        assert as_instructor.get(here + asked).status_code == 200, asked


def test_a_blueprint_is_built_by_ticking(school: School, as_instructor: FlaskClient) -> None:
    fields = {"title": 'Built: "one"', "minutes": "20", "questions": "4", "levels": "1", "graded": "yes", "each": "2"}
    response = send(as_instructor, f"{at(school)}/build", **fields)
    assert response.status_code == 200 and "levels: [1]" in response.text and "each: 2" in response.text
    assert found(school.site.store, Assignment) == ()


def test_what_cannot_be_built_is_said(school: School, as_instructor: FlaskClient) -> None:
    cases: tuple[tuple[dict[str, str], str], ...] = (
        ({"questions": ""}, "Write how many questions"),
        ({"questions": "3", "marks": "5"}, "questions or marks, not both"),
        ({"questions": "200", "levels": "5"}, "cannot be filled"),
        ({"title": ""}, "Write a title."),
    )
    for fields, says in cases:
        response = send(as_instructor, f"{at(school)}/build", **{"title": "T", "minutes": "20", **fields})
        assert response.status_code == 422 and says in response.text, fields


def test_what_lets_choices_be_guessed_is_said(school: School, as_instructor: FlaskClient) -> None:
    told, silent = given(school, blueprint=BLUEPRINT + "feedback: outcome\n"), given(school)
    pages = [as_instructor.get(f"/classes/{school.classroom.id}/assignments/{one.id}").text for one in (told, silent)]
    assert ["can be tried until it is right" in page for page in pages] == [True, False]


def test_a_blueprint_that_cannot_be_read_any_more_breaks_its_own_assignment_alone(
    school: School, as_instructor: FlaskClient, as_student: FlaskClient
) -> None:
    sound = given(school, title="Sound")
    broken = given(school, title="Broken", blueprint=f"since_gone: true\n{BLUEPRINT}")
    page = as_student.get("/exams").text
    own = page.partition("to-begin")[0]
    assert "cannot read what this one asks" in own and own.count("Begin now</button>") == 1
    home = as_student.get("/").text
    assert "Sound" in home and "Broken" not in home
    assert {one["title"]: one["broken"] for one in as_student.get("/api/v1/exams").json["assignments"]} == {
        "Sound": False, "Broken": True,
    }  # fmt: skip
    refused = send(as_student, f"/assignments/{broken.id}/begin", page="/exams")
    assert refused.status_code == 409 and "Tell your instructor" in refused.text and "since_gone" not in refused.text
    told = as_instructor.get(at(school, broken)).text
    assert "nobody can begin it" in told and "since_gone" in told.partition("<textarea")[0]
    assert as_instructor.get(at(school, sound)).status_code == 200
    fields = {**FIELDS, "title": "Mended"}
    assert send(as_instructor, at(school, broken), **fields).status_code == 303
    assert "cannot read" not in as_instructor.get(at(school, broken)).text


def test_the_log_says_what_was_changed(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school, late_days=0)
    times = {"due": "2100-01-02T08:00", "reveals": "2100-01-02T08:00"}
    send(as_instructor, at(school, assignment), title="Test one", late_days="2", **times)
    (line,) = found(school.site.store, Audit, what="assignment-changed")
    then = "Sat 2 Jan 2100, 08:00 CET"
    assert line.about == f"Deep Learning: Test one, due {then}, reveals {then}, late_days 2"
