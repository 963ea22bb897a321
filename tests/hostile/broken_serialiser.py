# attack: replaces the functions with which the child answers
# ending: protocol error
import json

json.dumps = lambda *args, **kwargs: '{"kind": "right"}'


def double(x):
    return x
