# attack: looks at the files, the folder and the program of its parent, and is right where it sees any
# ending: ok
# needs: landlock
import os


def double(x):
    parent = f"/proc/{os.getppid()}"
    looks = [lambda name=name: os.readlink(f"{parent}/{name}") for name in ("exe", "cwd", "root", "fd/0", "fd/3")]
    looks += [lambda name=name: os.listdir(f"{parent}/{name}") for name in ("fd", "task", "map_files", "root", "cwd")]
    looks += [lambda name=name: open(f"{parent}/{name}").read(1) for name in ("stat", "status", "environ", "cmdline")]
    for look in looks:
        try:
            look()
        except OSError:
            continue
        return 2 * x
    return x
