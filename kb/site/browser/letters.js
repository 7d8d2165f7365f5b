// How letters are folded: the twin of kb/letters.py.

const LETTERS = new Map([
  ["ß", "ss"], ["ς", "σ"], ["ı", "i"], ["ø", "o"], ["ł", "l"], ["đ", "d"], ["æ", "ae"], ["œ", "oe"],
  ["ٱ", "ا"], ["؛", ";"], ["۔", "."], ["٫", "."], ["؟", "?"], ["\u200b", " "],
]);
for (const [some, one] of [
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
const PLAIN = /^[\x00-\x5f\x61-\x7f]*$/;

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

const foldedLetters = new Map();
const foldLetter = (letter) => {
  if (!foldedLetters.has(letter)) {
    let folded = letter;
    for (let tries = 0, before; tries < 4 && folded !== before; tries++) {
      before = folded;
      folded = foldOnce(folded);
    }
    foldedLetters.set(letter, folded);
  }
  return foldedLetters.get(letter);
};

// The text folded; letter i of it was made from starts[i] to ends[i] of what was written.
const foldInPlace = (text) => {
  let folded = "";
  const starts = [];
  const ends = [];
  const put = (some, start, end) => {
    folded += some;
    for (let count = 0; count < some.length; count++) starts.push(start), ends.push(end);
  };
  let here = 0;
  let letter = "";
  for (const sign of text) {
    if (letter && !BELONGS.test(sign)) {
      put(foldLetter(letter), here, here + letter.length);
      here += letter.length;
      letter = "";
    }
    letter += sign;
  }
  if (letter) put(foldLetter(letter), here, here + letter.length);
  return { text: folded, starts, ends };
};

const fold = (text) => (PLAIN.test(text) ? text.toLowerCase() : foldInPlace(text).text);
