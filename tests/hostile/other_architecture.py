# attack: machine code that calls the kernel by the numbers of 32-bit programs
# ending: crash
# needs: seccomp
import ctypes
import mmap

GETPID = bytes.fromhex("b8 14 00 00 00 cd 80 c3")  # mov eax, 20; int 0x80; ret


def double(x):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID)
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    return 2 * x
