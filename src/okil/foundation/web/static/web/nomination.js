// The letters of a nomination stand in an address only behind "#", which browsers send to nobody. They leave
// the address at once, so that they stay in no history, and go on in the form of the page.
function take() {
  const secret = location.hash.slice(1);
  const field = document.querySelector("main input[name=secret]");
  if (!secret || !field) return;
  history.replaceState(null, "", location.pathname);
  field.value = secret.slice(0, field.maxLength);
  field.form.submit();
}

addEventListener("hashchange", take);
take();
