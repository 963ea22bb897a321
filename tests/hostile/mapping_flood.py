# attack: many small pieces of memory instead of one large one
# ending: runtime error | memory limit | crash | timeout
import mmap


def double(x):
    pages = []
    while True:
        pages.append(mmap.mmap(-1, 1 << 20))
        pages[-1].write(b"x" * (1 << 20))
