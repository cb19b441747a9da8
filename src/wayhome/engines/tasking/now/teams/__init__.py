"""Whole teams as the unit of choice: the cheapest teams are searched under prices, and a master chooses among them.

Dantzig and Wolfe's decomposition (1960) with Farley's and Lagrange's bound at every round. Strong where people fight,
pair up and mentor: all of that happens inside a team, and a team is searched whole.
"""
