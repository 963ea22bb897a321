# attack: runs another program
# ending: runtime error
# needs: seccomp
import subprocess


def double(x):
    subprocess.run(["/bin/true"])
    return 2 * x
