# attack: a value that is computed when somebody looks, from whatever can then be seen
# ending: ok | runtime error
class Lazy:
    def __getattribute__(self, name):
        raise RuntimeError("looked at")

    def __len__(self):
        return 10**9

    def __iter__(self):
        while True:
            yield self

    def __eq__(self, other):
        return True


def double(x):
    return Lazy()
