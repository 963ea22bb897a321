"""What Gradescope takes as `results.json`, by its documentation."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
Format = Literal["text", "html", "simple_format", "md", "ansi"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Case(Strict):
    score: float | int | None = None
    max_score: float | int | None = None
    status: Literal["passed", "failed"] | None = None
    name: str = ""
    name_format: Format = "text"
    number: str = ""
    output: str = ""
    output_format: Format = "text"
    tags: list[str] = Field(default_factory=list)
    visibility: Visibility = "visible"
    extra_data: dict[str, Any] = Field(default_factory=dict)


class Results(Strict):
    score: float | int | None = None
    execution_time: float | int | None = None
    output: str = ""
    output_format: Format = "text"
    test_output_format: Format = "text"
    test_name_format: Format = "text"
    visibility: Visibility = "visible"
    stdout_visibility: Visibility = "hidden"
    extra_data: dict[str, Any] = Field(default_factory=dict)
    tests: list[Case] = Field(default_factory=list)

    @model_validator(mode="after")
    def scored(self) -> Results:
        """There is a score: of the whole, or of each test."""
        assert self.score is not None or (self.tests and all(test.score is not None for test in self.tests))
        return self

    @property
    def total(self) -> float:
        return self.score if self.score is not None else sum(test.score or 0 for test in self.tests)
