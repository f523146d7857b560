"""The rules: values and pure functions, without input, output or a clock."""
