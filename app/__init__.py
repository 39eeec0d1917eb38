"""The Flask application: a thin shell of views, forms and commands over the claims packages."""
