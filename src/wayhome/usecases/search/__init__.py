"""Where can he be, and who searches where: a mission as the search engine's question, and its answer."""
