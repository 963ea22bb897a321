# attack: an exception that has no name, no text and no end
# ending: runtime error | exited
class Nameless(type):
    @property
    def __name__(cls):
        raise KeyError

    def __instancecheck__(cls, other):
        return True


class Lie(Exception, metaclass=Nameless):
    def __str__(self):
        raise self


def double(x):
    raise Lie
