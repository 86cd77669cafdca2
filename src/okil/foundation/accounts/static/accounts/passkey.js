// allauth's script tells of a failed passkey only in the console; people do not look there.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.getElementById("passkey-failed");
  notice.hidden = false;
  notice.focus();
});
