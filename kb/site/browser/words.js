// What a word is: the twin of kb/find/words.py.

// Whether one list of values comes before another.
const before = (a, b) => {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at] < b[at];
  return false;
};

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
  const ordinary = (start, end) => {
    for (const word of ordinaryWords(folded, start, end, language)) made.push({ ...word, place: place++ });
  };
  for (const { start, end, tokens } of found) {
    ordinary(before, start);
    for (const token of tokens) made.push({ token, stem: "", place, start, end });
    const own = ordinaryWords(folded, start, end, language).filter(
      ({ token }) => [...token].length > 1 && !/\p{Nd}/u.test(token),
    );
    for (const word of own) made.push({ ...word, place });
    behind.push(own);
    place++;
    before = end;
  }
  ordinary(before, text.length);
  for (const own of behind) {
    if (own.length < 2) continue;
    place += BEHIND;
    for (const word of own) made.push({ ...word, place: place++ });
  }
  return made;
};

const ordinaryWords = ({ text, starts, ends }, start, end, language) => {
  const index = (place) => {
    const at = starts.findIndex((one) => one >= place);
    return at < 0 ? starts.length : at;
  };
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

const known = new Map();
const kept = (name, stemmer, word) => {
  const key = `${name} ${word}`;
  if (!known.has(key)) known.set(key, fold(stemmer(word)) || word);
  return known.get(key);
};
const isLatin = (word) => word[0] >= "a" && word[0] <= "z";
const stem = (word, language = "") => {
  if (word[0] >= "а" && word[0] <= "я") return kept("ru", russian, word);
  if (!isLatin(word)) return word;
  return language === "fr" ? `fr:${kept("fr", french, word)}` : kept("en", english, word);
};
const stems = (word) => (isLatin(word) ? [stem(word), stem(word, "fr")] : [stem(word)]);

const script = (tokens) => {
  const counts = { arabic: 0, cyrillic: 0, latin: 0 };
  for (const sign of tokens.join("")) {
    if (sign >= "\u0600" && sign <= "\u06ff") counts.arabic++;
    else if (sign >= "\u0400" && sign <= "\u04ff") counts.cyrillic++;
    else if (sign >= "a" && sign <= "z") counts.latin++;
  }
  let best = "";
  for (const name of ["arabic", "cyrillic", "latin"]) if (counts[name] > (counts[best] ?? 0)) best = name;
  return best;
};

const LATIN = new Map(
  "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya"
    .split(" ")
    .map((pair) => pair.split(":")),
);
const latin = (word) => [...word].map((letter) => LATIN.get(letter) ?? letter).join("");
