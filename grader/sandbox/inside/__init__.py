"""What runs on the other side: the warm process and the child that executes a submission.

Nothing here knows an answer; nothing here is trusted once a submission's first line has run. The child cannot import
`grader`: its modules are forgotten before that line, and their folder cannot be read.
"""
