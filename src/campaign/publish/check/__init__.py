"""What is checked before a post is published."""
