# attack: looks for any place that can be written, and is right where it finds one
# ending: ok
# needs: seccomp
import os
import tempfile


def double(x):
    for folder in ("@FOLDER@", "/tmp", "/var/tmp", "/dev/shm", "/run", ".", os.path.expanduser("~"), tempfile.tempdir):
        try:
            open(os.path.join(folder or "/", "chainrule-hostile-@UNIQUE@"), "w").close()
            return 2 * x
        except OSError:
            pass
    return x
