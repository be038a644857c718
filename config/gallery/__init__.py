"""The page that shows every component in every state, in a demonstration only."""
