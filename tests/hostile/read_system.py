# attack: reads what the system tells about itself, its network and its neighbours
# ending: ok
# needs: landlock
import os


def double(x):
    for folder in ("/sys", "/sys/class/net", "/sys/fs/cgroup", "/proc", "/proc/net", "/proc/sys", "/dev/shm", "/run"):
        try:
            os.listdir(folder)
        except OSError:
            continue
        return 2 * x
    for file in ("/proc/self/cgroup", "/proc/mounts", "/proc/net/tcp", "/proc/kallsyms", "/etc/hostname"):
        try:
            open(file).read(1)
        except OSError:
            continue
        return 2 * x
    return x
