# attack: an exception whose text never ends
# ending: timeout
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    raise Endless
