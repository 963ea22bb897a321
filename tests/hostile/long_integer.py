# attack: one long call into C that no signal handler interrupts
# ending: timeout
def double(x):
    return 9**9**9
