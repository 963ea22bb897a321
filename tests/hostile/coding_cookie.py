# -*- coding: rot13 -*-
# attack: another alphabet for the same text
# ending: load error
qrs qbhoyr(k):
    erghea 2 * k
