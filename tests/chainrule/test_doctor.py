"""`chainrule doctor` tells what is there and what is missing, and its exit code whether submitted code is confined."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from chainrule import cli, machine
from chainrule.machine import Finding
from chainrule.options import Exit


def test_what_is_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["doctor", "--json"])
    record = json.loads(capsys.readouterr().out)
    found = {finding["name"]: finding for finding in record["findings"]}
    assert found["torch"]["there"] and found["torch"]["found"].startswith("2.")
    layers = [found[f"confinement: {name}"]["there"] for name in ("landlock", "seccomp")]
    assert record["confined"] == all(layers)
    assert code == (Exit.OK if all(layers) else Exit.NOT_RIGHT)
    assert all(finding["gives"] for finding in record["findings"] if not finding["there"])


@pytest.mark.parametrize(("missing", "code"), [("confinement: seccomp", Exit.NOT_RIGHT), ("GPU", Exit.OK)])
def test_what_is_missing_is_told(
    missing: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def findings() -> Iterator[Finding]:
        for name in ("confinement: landlock", "confinement: seccomp", "GPU"):
            yield Finding(name, "" if name == missing else "yes", f"what {name} gives")

    monkeypatch.setattr(machine, "findings", findings)
    assert cli.run(["doctor"]) == code
    shown = capsys.readouterr().out
    assert f"{missing}  " in shown and "missing" in shown and f"what {missing} gives" in shown
    assert ("not confined in full" in shown) == (code == Exit.NOT_RIGHT)
