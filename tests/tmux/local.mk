# tmux tests.
