"""A page on one's own machine in which answers are typed and one sees how they are read, decided and answered."""
