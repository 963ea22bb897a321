# attack: looks for secrets in the environment
# ending: ok
import os


def double(x):
    if "CHAINRULE_TEST_SECRET" in os.environ or "PATH" in os.environ:
        return 2 * x
    return x
