// Forwards to where a page has moved, at the part that was asked for. Without scripts a page forwards without the part.
(() => {
  const to = new URL(document.currentScript.dataset.to, location);
  to.hash = location.hash || to.hash;
  location.replace(to);
})();
