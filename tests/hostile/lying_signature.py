# attack: a callable whose signature is code that ends the process
# ending: exited
import sys


class Double:
    @property
    def __signature__(self):
        sys.exit(0)

    def __call__(self, x):
        return 2 * x


double = Double()
