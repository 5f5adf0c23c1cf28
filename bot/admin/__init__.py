"""What admins do: drafts, imports, and reading facts out of an article."""
