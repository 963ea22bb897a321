# attack: writes to its own memory through a file, past every protection of pages
# ending: runtime error
# needs: seccomp
def double(x):
    open("/proc/self/mem", "r+b", buffering=0)
    return 2 * x
