# attack: raises its own limits
# ending: runtime error
import resource


def double(x):
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return 2 * x
