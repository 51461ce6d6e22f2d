"""Cells in the shape they are stored in: numbers column by column, evidence only where it is odd."""
