"""Forms of the Wissensdatenbank."""
