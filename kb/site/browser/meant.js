// What was probably meant by words that the book does not have: the twin of kb/find/meant.py.

// The query with such words replaced by the nearest that the book has.
const queryMeant = (text, slips) => {
  let meant = text;
  for (const wanted of slips) {
    const [word] = wanted.tokens;
    // One slip in a word that begins alike: no other word can be nearer, so the others stay unread.
    const [likely] = nearWords(word, index.vocabulary(word[0]));
    wait();
    const known = likely?.[0] === 1 ? likely[3] : nearest(word, index.vocabulary());
    if (known) meant = replaced(meant, wanted, known);
  }
  wait();
  return meant !== text ? meant : null;
};

// The provisions that were probably meant, if the first page is one of another law, or nothing else was asked for.
const citedOfLawMeant = (asked, slips, first) => {
  const isShort = [...asked.text].length <= book.rank.LONGEST_CITED;
  const meant = isShort ? askedOfLaw(asked, slips) : asked;
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
    const near = nearWords(fold(wanted.text), known);
    const others = near.map(([, , , word]) => parse(replaced(meant.text, wanted, word), asked.filters));
    meant = others.find(({ groups }) => lawsIn(groups.flat()).length) ?? others[0] ?? meant;
  }
  return meant;
};

// The words of the names of laws that are not held, beside which a provision was cited.
const inWords = (refused) =>
  refused.filter(({ tokens }) => tokens.some(isProvision)).flatMap(({ text }) =>
    wordsIn(text)
      .filter(({ token }) => !book.small.has(token) && !hasDigit(token[0]))
      .map(({ token, start, end }) => [{ kind: "word", text: text.slice(start, end), tokens: [token] }]),
  );

const replaced = (text, wanted, word) => {
  const typed = wanted.text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${typed}(?![\\p{L}\\p{N}_])`, "u"), () => word);
};
