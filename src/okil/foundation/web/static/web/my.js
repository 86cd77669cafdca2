// A ticket stands in an address only behind "#", which browsers send to nobody. It leaves the address
// at once, so that it stays in no history of this page, and goes on in the body of a form.
function take() {
  const ticket = location.hash.slice(1);
  if (!ticket) return;
  history.replaceState(null, "", location.pathname);
  const form = document.createElement("form");
  form.method = "post";
  form.action = location.pathname;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "ticket";
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
}

addEventListener("hashchange", take);
take();
