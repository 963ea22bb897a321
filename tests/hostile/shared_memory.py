# attack: memory with a name, for a later submission to find
# ending: runtime error
# needs: seccomp
from multiprocessing import shared_memory


def double(x):
    shared_memory.SharedMemory("chainrule-hostile", create=True, size=64)
    return 2 * x
