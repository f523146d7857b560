// Presses the one button of a page that only leads on.
document.querySelector("form[data-continue]").submit();
