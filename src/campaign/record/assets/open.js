// Takes the code of a slip from behind the # of the address, where no server sees it, and sends it on.
const form = document.querySelector("form[data-open]");
if (location.hash.length > 1) {
  form.elements.code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  form.submit();
}
