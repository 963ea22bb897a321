# attack: raises SystemExit before there is a function
# ending: exited
raise SystemExit(0)
