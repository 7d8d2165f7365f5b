// What a word is: the twin of kb/find/words.py.

// Whether one list of values comes before another.
const before = (a, b) => {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at] < b[at];
  return false;
};

const hasDigit = (text) => /\p{Nd}/u.test(text);
const isDecimal = (text) => /^\p{Nd}+$/u.test(text);

const BEHIND = 8;
const LONGEST_WORD = 64;

const wordsIn = (text, grammar, language = "") => {
  const found = grammar ? grammar.find(text) : [];
  const folded = foldInPlace(text);
  const made = [];
  const behind = [];
  let place = 0;
  let before = 0;
  const between = (start, end) => ordinaryWords(folded, start, end, language);
  const put = (words) => words.forEach((word) => made.push({ ...word, place: place++ }));
  for (const { start, end, tokens } of found) {
    put(between(before, start));
    for (const token of tokens) made.push({ token, stem: "", place, start, end });
    const own = between(start, end).filter(({ token }) => [...token].length > 1 && !hasDigit(token));
    for (const word of own) made.push({ ...word, place });
    behind.push(own);
    place++;
    before = end;
  }
  put(between(before, text.length));
  for (const own of behind.filter((words) => words.length > 1)) {
    place += BEHIND;
    put(own);
  }
  return made;
};

const ordinaryWords = ({ text, starts, ends }, start, end, language) => {
  const index = (place) => starts.filter((one) => one < place).length;
  const from = index(start);
  const made = [];
  for (const found of text.slice(from, index(end)).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const here = from + found.index;
    const token = found[0].slice(0, LONGEST_WORD);
    if (token === "s" && text[here - 1] === "'" && /[\p{L}\p{N}\p{M}]/u.test(text[here - 2] ?? "")) continue;
    made.push({ token, stem: stem(token, language), place: 0, start: starts[here], end: ends[here + found[0].length - 1] });
  }
  return made;
};

// --- stems

const [inEnglish, inFrench, inRussian] = [english, french, russian].map((stemmer) =>
  remembered((word) => fold(stemmer(word)) || word),
);
const isLatin = (word) => word[0] >= "a" && word[0] <= "z";
const stem = (word, language = "") => {
  if (word[0] >= "а" && word[0] <= "я") return inRussian(word);
  if (!isLatin(word)) return word;
  return language === "fr" ? `fr:${inFrench(word)}` : inEnglish(word);
};
const stems = (word) => (isLatin(word) ? [stem(word), stem(word, "fr")] : [stem(word)]);

// Of these scripts the one that most letters are written in; of equals, the first.
const LETTERS_OF = { arabic: /[\u0600-\u06ff]/g, cyrillic: /[\u0400-\u04ff]/g, latin: /[a-z]/g };
const script = (tokens) => {
  let [best, most] = ["", 0];
  for (const [name, letters] of Object.entries(LETTERS_OF)) {
    const count = tokens.join("").match(letters)?.length ?? 0;
    if (count > most) [best, most] = [name, count];
  }
  return best;
};

// The letters from а to я, one after the other.
const LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" ");
const latin = (word) => word.replace(/[а-я]/g, (letter) => LATIN[letter.charCodeAt() - 0x430]);
