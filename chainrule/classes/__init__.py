"""Classes: accounts, invitations, assignments and what belongs to them; rules and storage, no pages."""
