# attack: reserves far more memory than it touches
# ending: runtime error | memory limit
import mmap


def double(x):
    mmap.mmap(-1, 1 << 44)
    return 2 * x
