// What was probably meant by words that the book does not have: the twin of kb/find/meant.py.

// The query with such words replaced by the nearest that the book has.
const queryMeant = (text, slips) => {
  let meant = text;
  for (const wanted of slips) {
    const [word] = wanted.tokens;
    // One slip in a word that begins alike: no other word can be nearer, so the others stay unread.
    const likely = nearWords(word, index.vocabulary(word[0]))[0];
    const near = likely?.[0] === 1 ? likely[3] : null;
    wait();
    const known = near ?? nearest(word, index.vocabulary());
    if (known) meant = replaced(meant, wanted, known);
  }
  wait();
  return meant !== text ? meant : null;
};

// The provisions that were probably meant, if the first page is one of another law, or nothing else was asked for.
const citedOfLawMeant = (asked, slips, first) => {
  const meant = hasDigit(asked.text) ? askedOfLaw(asked, slips) : asked;
  const named = citedOfLaws(meant);
  const laws = lawsIn(named);
  const isAll = neededOf(meant).every((at) => named.includes(meant.groups[at][0]));
  return !laws.includes(first.split("/")[0]) && (first.includes("/") || isAll) ? named : [];
};

// The query with such words replaced by those of the names of laws, if a law comes of it.
const askedOfLaw = (asked, slips) => {
  const known = need("spelled");
  wait();
  let meant = asked;
  for (const wanted of slips.filter(({ text }) => [...text].length >= book.rank.LEAST_LETTERS)) {
    const likely = nearWords(fold(wanted.text), known).map(([, , , word]) => word);
    const others = likely.map((word) => parse(replaced(meant.text, wanted, word), asked.filters));
    const namesLaw = ({ groups }) => groups.flat().some(({ tokens }) => tokens.some((token) => token.includes("/")));
    meant = others.find(namesLaw) ?? others[0] ?? meant;
  }
  return meant;
};

const replaced = (text, wanted, word) => {
  const typed = wanted.text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${typed}(?![\\p{L}\\p{N}_])`, "u"), () => word);
};
