"""How staff come in and stay."""
