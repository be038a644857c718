"""The embedded PostgreSQL: a private server in VAR_DIR, used when DATABASE_URL is not set.

`base` is the Django database backend that starts it at the first connection; `server` starts,
shares and stops it; `binaries` finds PostgreSQL's programs; `places` says where its files live.
"""
