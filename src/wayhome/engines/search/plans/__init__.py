"""Who searches where, and whom to post where: plans on real terrain, with a bound on how much better any could be."""
