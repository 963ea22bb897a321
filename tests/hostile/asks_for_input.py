# attack: waits for somebody to type
# ending: runtime error
def double(x):
    input("the answer, please: ")
    return 2 * x
