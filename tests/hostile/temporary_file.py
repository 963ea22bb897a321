# attack: a temporary file
# ending: runtime error
# needs: seccomp
import tempfile


def double(x):
    tempfile.TemporaryFile()
    return 2 * x
