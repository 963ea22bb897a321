# attack: reads a file of the system
# ending: runtime error
# needs: landlock
def double(x):
    open("/etc/passwd").read()
    return 2 * x
