# attack: imports the references from where it knows them to be
# ending: runtime error
# needs: landlock
import sys

import numpy

sys.path[:0] = ["@PROJECT@", numpy.__file__.rpartition("/numpy/")[0]]

import solutions


def double(x):
    return 2 * x
