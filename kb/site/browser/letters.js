// How letters are folded: the twin of kb/letters.py.

const LETTERS = new Map();
for (const [some, one] of [
  ["ß", "ss"], ["ς", "σ"], ["ı", "i"], ["ø", "o"], ["ł", "l"], ["đ", "d"], ["æ", "ae"], ["œ", "oe"],
  ["ٱ", "ا"], ["؛", ";"], ["۔٫", "."], ["؟", "?"], ["\u200b", " "],
  ["يىې", "ی"], ["كڪ", "ک"], ["هةۃھە", "ہ"], ["\u2010\u2011\u2012\u2013\u2212", "-"], ["‘’`ʼ´ʹ′", "'"],
  ["“”«»„‟″", '"'], ["،٬", ","],
])
  for (const letter of some) LETTERS.set(letter, one);
for (const zero of [0x660, 0x6f0, 0x966])
  for (let value = 0; value < 10; value++) LETTERS.set(String.fromCharCode(zero + value), `${value}`);

const VANISH =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
// Marks, and the second and third part of a Korean syllable.
const BELONGS = new RegExp(`[\\p{M}\\u1160-\\u11ff\\ud7b0-\\ud7fb]|${VANISH.source}`, "u");

const foldOnce = (letter) => {
  let apart = letter.normalize("NFKD").toLowerCase();
  if (apart.includes("\u200c") && /^[\u0600-\u06ff]/.test(apart)) apart = apart.replaceAll("\u200c", " ");
  let folded = "";
  for (const sign of apart) {
    if (!VANISH.test(sign)) folded += LETTERS.get(sign) ?? sign;
    else if (sign === "\u0306" && folded.endsWith("и")) folded += sign;
  }
  return folded.normalize("NFC");
};

// A function that remembers what it once made.
const remembered = (make) => {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
};

const foldLetter = remembered((letter) => {
  let folded = letter;
  for (let tries = 0, before; tries < 4 && folded !== before; tries++) {
    before = folded;
    folded = foldOnce(folded);
  }
  return folded;
});

// The text folded; letter i of it was made from starts[i] to ends[i] of what was written.
const foldInPlace = (text) => {
  let folded = "";
  const starts = [];
  const ends = [];
  let here = 0;
  let letter = "";
  // What ends the last letter is the end.
  for (const sign of [...text, ""]) {
    if (letter && !BELONGS.test(sign)) {
      const some = foldLetter(letter);
      const end = here + letter.length;
      folded += some;
      for (let count = 0; count < some.length; count++) starts.push(here), ends.push(end);
      here = end;
      letter = "";
    }
    letter += sign;
  }
  return { text: folded, starts, ends };
};

const fold = (text) => foldInPlace(text).text;
