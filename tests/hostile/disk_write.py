# attack: writes a file
# ending: runtime error
# needs: seccomp
def double(x):
    with open("@CANARY@", "w") as file:
        file.write("here")
    return 2 * x
