"""The web application: confirm, my notices, the office pages."""
