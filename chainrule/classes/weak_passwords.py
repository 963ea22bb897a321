"""Passwords that are tried first: common words with a tail of digits, runs along a keyboard, repetitions."""

from __future__ import annotations

import unicodedata

OFTEN = frozenset(
    """
    abc access account admin administrator adminadmin alexander answer answers apple artificialintelligence asd
    attention authentication backprop backpropagation baseball batman blink butterfly changeit changeme changeplease
    charlie chocolate classroom computer computerscience cookie correcthorsebatterystaple
    course curriculum daniel datascience deeplearning
    default demo derivative dragon education elephant enter everything exam examination exams family fortnite football
    forever foryou freedom friends geheim gradient gradientdescent guest guitar hallo hello helloworld
    homework hunter icecream iloveu iloveyou iloveyousomuch instructor internet jennifer jessica jesus
    jordan justin killer kennwort kitty lecture lecturer letmein letmeinnow liverpool login loginlogin london love
    lovely loveyou machinelearning manchester manchesterunited master mathematics michael michelle minecraft
    monkey mustang mypassword mynameis nevergiveup neuralnetwork neuralnetworks nothing opensesame ourpassword pass
    passwort password passphrase passwd passpass pokemon princess professor python pytorch qazwsx qazwsxedc qwe
    qwerty qwertz question root rootroot samsung school secret secretpassword september shadow starwars
    student students summer sunshine superman supersecret superstar surveillance system teacher temp temporary tennis
    tensorflow test testing testtest thisismypassword topsecret transformer trustno trustnoone university unknown user
    username universe welcome welcomehome welcometo whatever winter wordpass youandme yourpassword zaq zxc
    """.split()
)
CHAINS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
LOOKALIKES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
NAME = "chainrule"
FEW = 4  # different letters that make no password, however many there are
PIECE = 4  # letters in a row along a chain that are one guess


def easily_guessed(password: str, login: str) -> bool:
    """Whether the password is what anybody would try first for that login."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return (
        len(set(plain)) <= FEW
        or _repeats(plain)
        or _runs(plain)
        or _says_little(_letters(plain), login)
        or _says_little(_letters(_without_tail(plain).translate(LOOKALIKES)), login)
    )


def _without_tail(plain: str) -> str:
    """Without the digits and signs at its end: these are what they are, and stand for no letters."""
    while plain and not plain[-1].isalpha():
        plain = plain[:-1]
    return plain


def _letters(plain: str) -> str:
    """The letters alone: blanks, digits and signs between and behind words are guessed along with them."""
    return "".join(letter for letter in plain if letter.isalpha())


def _says_little(letters: str, login: str) -> bool:
    """Whether these are one or two words that everybody tries, and the login or our name perhaps."""
    rest = letters
    for name in (NAME, _letters(login), _letters(login.partition("@")[0])):
        rest = rest.replace(name, "") if len(name) > 2 else rest
    if len(rest) < PIECE:
        return rest != letters
    return rest in OFTEN or _repeats(rest) or any(rest[:at] in OFTEN and rest[at:] in OFTEN for at in range(len(rest)))


def _repeats(plain: str) -> bool:
    """Whether it is a short piece again and again, the last time perhaps cut off."""
    return any(plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, len(plain) // 2 + 1))


def _runs(plain: str) -> bool:
    """Whether it consists of at most three runs along the alphabet, the digits or a keyboard, either way."""
    runs = 0
    while plain:
        runs, plain = runs + 1, plain[_run(plain) :]
    return runs <= 3


def _run(plain: str) -> int:
    size = 1
    while size < len(plain) and any(plain[: size + 1] in chain or plain[size::-1] in chain for chain in CHAINS):
        size += 1
    return size
