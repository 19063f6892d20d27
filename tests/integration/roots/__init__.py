"""Other hierarchies than a district's: a ward alone, and a city with districts."""
