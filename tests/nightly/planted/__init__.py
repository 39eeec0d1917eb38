"""What the tools have to find: a careless web application, its template and its script."""
