"""How well documents were read, held against what a person knows to be printed in them."""
