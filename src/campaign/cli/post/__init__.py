"""The commands of editors: posts, and the site made of them."""
