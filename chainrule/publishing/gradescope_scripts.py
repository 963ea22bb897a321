"""The two scripts of a Gradescope autograder: one that sets up the machine, one that grades a submission.

AUTOGRADER_HOME stands for /autograder, and CHAINRULE_PYTHON for the Python that was set up: a bundle can be tried
anywhere.
"""

from __future__ import annotations

from chainrule.publishing.wheel import wheel_name

TORCH_INDEX = "https://download.pytorch.org/whl/cpu"  # a tenth of the size of what is made for GPUs

SETUP = r"""#!/usr/bin/env bash
# Sets up the autograder; Gradescope runs it once, as root, when the autograder is built.
set -euo pipefail
home="${AUTOGRADER_HOME:-/autograder}"
bundle="$home/source"

found=""
for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        found="$name"
        break
    fi
done
if [ -z "$found" ]; then
    apt-get update && apt-get install -y python3.11
    found=python3.11
fi
if ! "$found" -c 'import ensurepip' 2>/dev/null; then
    apt-get update && apt-get install -y "$("$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
fi
"$found" -m venv "$home/chainrule"
pip=("$home/chainrule/bin/python" -P -m pip install --quiet --disable-pip-version-check)
@INSTALL@
"${pip[@]}" --no-index --no-deps "$bundle/wheels/@WHEEL@"
# Submissions run as a user who owns nothing: questions and keys are not for their eyes, whatever else fails.
chmod -R go-rwx "$bundle"
packages="$("$home/chainrule/bin/python" -P -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
chmod -R go-rwx "$packages"/{questions,solutions,chainrule,templates}
"""
OFFLINE = '"${pip[@]}" --no-index --find-links "$bundle/wheels" -r "$bundle/requirements.txt"'
ONLINE = '"${pip[@]}" -r "$bundle/requirements.txt"'
WITH_TORCH = f'"${{pip[@]}}" --extra-index-url {TORCH_INDEX} -r "$bundle/requirements.txt"'

RUN = r"""#!/usr/bin/env bash
# Grades one submission; Gradescope runs it for each.
set -euo pipefail
home="${AUTOGRADER_HOME:-/autograder}"
cd "$home/source"  # never where a submission lies: nothing of it is imported here
exec "${CHAINRULE_PYTHON:-$home/chainrule/bin/python}" -P -m chainrule.publishing.gradescope_run "$home"
"""


def setup_script(*, torch: bool, offline: bool) -> str:
    """`setup.sh`. offline: all wheels are in the bundle."""
    install = OFFLINE if offline else WITH_TORCH if torch else ONLINE
    return SETUP.replace("@INSTALL@", install).replace("@WHEEL@", wheel_name())


def run_script() -> str:
    """`run_autograder`."""
    return RUN
