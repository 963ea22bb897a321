# attack: reads a file of the project whose name it knows
# ending: runtime error
# needs: landlock
def double(x):
    open("@PROJECT@/solutions/__init__.py").read()
    return 2 * x
