"""The newsroom's identity provider (OpenID Connect): what it says about itself and about people.

Protocol only: nothing here knows an account, a page or the database. Whoever imports its modules
needs the optional extra ``oidc``.
"""
