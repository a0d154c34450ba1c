"""How well statements of one claim are brought together, and their origins counted."""
