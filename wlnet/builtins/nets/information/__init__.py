"""What nets tell of themselves: properties, tables and pictures."""
