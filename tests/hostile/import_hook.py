# attack: a finder of its own that knows where everything lies
# ending: runtime error
# needs: landlock
import importlib.util
import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "solutions":
            return importlib.util.spec_from_file_location(name, "@PROJECT@/solutions/__init__.py")
        return None


def double(x):
    sys.meta_path.insert(0, Finder())
    import solutions  # noqa: F401

    return 2 * x
