"""``campaign doctor``: what could go wrong with this recorder, looked at before it does."""
