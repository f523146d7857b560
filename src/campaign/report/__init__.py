"""What leaves the product as a file: lists, later Word and Excel reports and the evidence bundle."""
