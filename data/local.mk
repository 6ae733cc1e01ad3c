# Data files that are installed.
