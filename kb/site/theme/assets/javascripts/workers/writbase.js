// Material's search worker, with one fault kept out: its trimmer knows Latin and Cyrillic letters only and
// would cut letters of Urdu words away. The separator of mkdocs.yml has taken the signs off already.
importScripts("search.min.js");
Object.defineProperty(self.lunr, "trimmerSupport", {
  get: () => ({ generateTrimmer: () => (token) => token }),
  set: () => {},
});
