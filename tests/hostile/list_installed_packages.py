# attack: lists the folder in which other packages lie
# ending: runtime error
# needs: landlock
import os

import numpy


def double(x):
    os.listdir(os.path.dirname(os.path.dirname(numpy.__file__)))
    return 2 * x
