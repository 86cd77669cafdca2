// The code of a card stands in an address only behind "#", which browsers send to nobody. It leaves the
// address at once, so that it stays in no history, and is written into the form.
function take() {
  const code = location.hash.slice(1);
  const field = document.querySelector("input[name=card]");
  if (!code || !field) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code.slice(0, field.maxLength);
}

addEventListener("hashchange", take);
take();
