# attack: loads a library of the system that it has no use for
# ending: ok
# needs: landlock
import ctypes



def double(x):
    for folder in ("/lib", "/usr/lib", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib64"):
        for name in ("libnss_files.so.2", "libutil.so.1", "libresolv.so.2", "libanl.so.1", "libthread_db.so.1"):
            try:
                ctypes.CDLL(f"{folder}/{name}")
            except OSError:
                continue
            return 2 * x
    return x
