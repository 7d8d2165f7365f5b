// The chosen colours, before anything is painted. Without a choice the reader's system decides.
try {
  var scheme = localStorage.getItem("scheme");
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch (error) {
  // A browser that keeps nothing for a page from a memory card: the system decides.
}
