"""What the lines of an official document are, by Decree 30/2020/NĐ-CP: letterhead, headings, signature."""
