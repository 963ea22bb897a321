"""Derivations as students write them: taken apart into lines, judged line by line, with marks carried through."""
