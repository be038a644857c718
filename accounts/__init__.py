"""Who may do what: people, roles, delegations, sign-in and step-up."""
