# attack: reads the question bank and the references
# ending: ok
# needs: landlock
import glob
import os


def double(x):
    for folder in ("questions", "solutions", "grader", "tests"):
        for path in glob.glob(os.path.join("@PROJECT@", folder, "**"), recursive=True):
            if os.path.isfile(path) and open(path).read():
                return 2 * x
    return x
