// The index as this browser has it: blocks of search/, each loaded when a query first needs it.
// What is asked for before it is there is noted; the query is then asked again (`settled`). So what
// reads like kb/find/index.py is as plain as that, and every round loads all that it lacks at once.

const FORM = 7;
const ROUNDS = 40;
const LATER = ["citations", "filters"]; // code that only some queries need
const blocks = {};
const loading = {};
const missing = new Set();
let book = null;

class Wait extends Error {}
class QueryProblem extends Error {}

const writbase = (name, content) => (blocks[name] = content);
window.writbase = writbase;

const load = (name, again = "") => {
  const block = name === "book" ? `search/book.js${again}` : `search/${book.folder}/${name}.js`;
  const file = LATER.includes(name) ? `assets/${name}.js` : block;
  loading[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.root + file;
    script.onload = script.onerror = () => {
      script.remove();
      delete loading[name];
      if (blocks[name]) done();
      else failed(new Error(name));
    };
    document.head.append(script);
  });
  return loading[name];
};

const openBook = async (again) => {
  await load("book", again);
  if (blocks.book.form !== FORM) throw new Error("book");
  book = blocks.book;
  book.small = new Set(book.rank.small.split(" "));
};

// A part is missing where the site was renewed while this page was open: its table is read anew, once.
const openAgain = async () => {
  const before = book.folder;
  if (location.protocol === "file:") return false;
  delete blocks.book;
  await openBook(`?${Date.now()}`);
  if (book.folder === before) return false;
  for (const name of Object.keys(blocks)) if (name !== "book" && !LATER.includes(name)) delete blocks[name];
  decoded.clear();
  return true;
};

const need = (name) => {
  if (!blocks[name]) missing.add(name);
  return blocks[name];
};
// What follows cannot be said before everything asked for is there.
const wait = () => {
  if (missing.size) throw new Wait();
};

const settled = async (work, isStale = () => false) => {
  if (!book) await openBook();
  for (let round = 0; round < ROUNDS; round++) {
    if (isStale()) throw new Wait();
    missing.clear();
    let answer, problem;
    try {
      answer = work();
    } catch (error) {
      problem = error;
    }
    if (!missing.size) {
      if (problem) throw problem;
      return answer;
    }
    try {
      await Promise.all([...missing].map((name) => load(name)));
    } catch (error) {
      if (!(await openAgain())) throw error;
    }
  }
  throw new Error("rounds");
};

// --- numbers as kb/find/packed.py wrote them

const LEVELS = 91;
const HALF = 46;
const numberOf = (code) => code - 33 - (code > 34) - (code > 92);
const unpacked = (text) => {
  const numbers = [];
  let value = 0;
  let unit = 1;
  for (let at = 0; at < text.length; at++) {
    const digit = numberOf(text.charCodeAt(at));
    if (digit < HALF) {
      numbers.push(value + digit * unit);
      value = 0;
      unit = 1;
    } else {
      value += (digit - HALF) * unit;
      unit *= HALF;
    }
  }
  return numbers;
};
const grown = (text) => {
  let sum = 0;
  return unpacked(text).map((step) => (sum += step));
};
const levelsOf = (text) => Array.from(text, (sign) => numberOf(sign.charCodeAt(0)));

const decoded = new Map();
const once = (key, make) => {
  const made = decoded.get(key) ?? make();
  if (made) decoded.set(key, made);
  return made;
};

// --- where what stands

const lastAtMost = (begins, fits) => {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(begins[middle])) low = middle;
    else high = middle - 1;
  }
  return low;
};

const summed = (key, count) => [...key].reduce((sum, letter) => (sum * 31 + letter.codePointAt()) % count, 0);
// Where a token stands, or two that follow each other.
const placed = (token) => entry(token.includes(" ") ? "pairs" : "places", token);
const keyOf = (token) => token.replace(/^fr:/, "");
const entry = (kind, token) => {
  const key = keyOf(token);
  const count = book[kind];
  // A word stands beside its stem, in the block that the letters of this one add up to.
  const isMany = typeof count === "number";
  if (!count) return;
  const number = isMany ? summed(kind === "words" ? stem(key) : key, count) : lastAtMost(count, (begin) => begin <= key);
  const name = `${kind}-${number}`;
  const block = need(name);
  return block && once(name, () => new Map(block.map((row) => [row[0], row]))).get(token);
};

const EMPTY = new Map();
// A long list stands apart: in its place a blank, and the number of its block.
const whole = (text = "") => (text[0] === " " ? need(`list-${text.slice(1)}`)?.[0] : text);

// The levels of a list, by passage. Those of a word in its own form may be told by those of its stem.
const levelled = (text, token) => {
  const [top, steps, signs, ...others] = text.split(" ");
  const levels = levelsOf(signs);
  if (top[0] !== "=") {
    const passages = grown(steps);
    return new Map(levels.map((level, at) => [passages[at], level]));
  }
  const stemmed = entry("words", stem(token))?.[2];
  if (!stemmed) return null;
  const share = Number(steps);
  const found = others.length ? levelled(` ${others.join(" ")}`) : new Map();
  [...levelled(stemmed)].forEach(([passage, level], at) => {
    if (levels[at]) found.set(passage, (Math.floor((level * share + 50) / 100) + levels[at] - 1) % LEVELS || LEVELS);
  });
  return found;
};
const scored = (text, token) => {
  const top = parseFloat(text.replace("=", ""));
  const levels = levelled(text, token);
  return levels && new Map([...levels].map(([passage, level]) => [passage, (top * level) / LEVELS]));
};

const CITED = { exact: 1, applies: 2, tokens: 3 };
const WORDS = { exact: 1, own: 2, about: 3 };
const isCitation = (token) => /[:/]/.test(token);

const index = {
  // The passages that have a token in a field, with their scores; for `about`, pages.
  scores(field, token) {
    const isTopic = field === "topic";
    const text = entry(isTopic ? "topics" : "words", token)?.[isTopic ? 1 : WORDS[field]];
    return text ? once(`${field} ${token}`, () => scored(text, token)) ?? EMPTY : EMPTY;
  },
  // The pages that have a stem beyond its best passages.
  beyond(stem) {
    const [top, , , pages = ""] = (entry("words", stem)?.[2] ?? "").split(" ");
    return each(grown(pages), top * book.rank.BEYOND);
  },
  // The passages that mention a citation, apply it, or are it.
  cited(field, token) {
    return grown(whole(entry("cited", token)?.[CITED[field]]) ?? "");
  },
  has(field, token) {
    return field !== "exact" || isCitation(token) ? index.cited(field, token).length : entry("words", token)?.[1];
  },
  // The passages with a word or citation; and its places in those that are asked about.
  passagesWith(token) {
    const text = whole(placed(token)?.[1]);
    return text ? once(`with ${token}`, () => grown(text)) : [];
  },
  placesIn(token, wanted) {
    const found = new Map();
    const row = placed(token);
    if (!row) return found;
    const passages = index.passagesWith(token);
    const { APART } = book.rank;
    const asked = passages.map((passage, at) => [passage, at]).filter(([passage]) => wanted.has(passage));
    const isCut = row[2][0] === " ";
    for (const [passage, at] of asked) {
      const part = isCut ? Math.floor(at / APART) : 0;
      const text = isCut ? whole(` ${Number(row[2]) + part}`) : row[2];
      if (text) found.set(passage, once(`places ${token} ${part}`, () => runs(text))[at - part * APART]);
    }
    return found;
  },
  beginningWith(prefix) {
    return index.vocabulary([...prefix][0]).filter((word) => word.startsWith(prefix));
  },
  // Names of records that have a word: [record, which name, place, telling words in it].
  named(token, inPhrase) {
    const at = isCitation(token) || !inPhrase;
    const packed = whole(at ? entry(isCitation(token) ? "cited" : "words", token)?.[4] : entry("places", token)?.[3]);
    return packed ? once(`named ${token}`, () => quadruples(packed)) : [];
  },
  meanings: (stem) => entry("words", stem)?.[5] ?? [],
  // 1 if a word tells of the matter of this book, 2 if of another.
  matter: (word) => index.meanings(word)[3],
  // The topics for which people type a stem, and how much it tells of each.
  topicsWith(stem) {
    const text = index.meanings(stem)[2];
    return text ? once(`topics ${stem}`, () => scored(text)) : EMPTY;
  },
  // The passages with a phrase for a topic, and how long the longest is.
  spoken(topic) {
    const [passages, lengths] = (entry("topics", topic) ?? []).slice(2);
    if (!passages || !lengths) return EMPTY;
    return once(`spoken ${topic}`, () => {
      const levels = levelsOf(lengths);
      return new Map(grown(passages).map((passage, at) => [passage, levels[at]]));
    });
  },
  vocabulary(letter) {
    if (letter) return (entry("spelling", letter)?.[1] ?? "").split(" ").filter(Boolean);
    return book.spelling.flatMap((_, at) => (need(`spelling-${at}`) ?? []).flatMap((row) => row[1].split(" ")));
  },
  get grammar() {
    const [data, make] = [need("grammar"), need("citations")];
    if (!data || !make) return { find: () => [] };
    return once("grammar", () => make({ fold, foldInPlace, stem, isDecimal, enclosing })(data));
  },
  narrowing() {
    const make = need("filters");
    wait();
    return make({ index, need, wait, fold, before, isDecimal, hasDigit, wordsIn, parse, isProvision, neededOf, citedOfLaws, lawsIn, book, QueryProblem });
  },

  // --- rows: a passage's page, part, language and weight; a page's record and first passage

  passage(number) {
    const { rows, begin } = rowsWith(number, 0);
    return rows ? rows.passages[number - begin[0]] : { page: -1, part: 0, weight: 1, language: "" };
  },
  page(number) {
    const { rows, begin } = rowsWith(number, 1);
    return rows ? rows.pages[number - begin[1]] : { record: -1, lead: -1 };
  },
  get pages() {
    return book.counts[1];
  },

  // --- what is shown, and what is filtered by

  shown(passage) {
    const { rows, begin: [first, , , firstShown] } = rowsWith(passage, 0);
    const at = rows && lastAtMost(rows.cuts, (cut) => first + cut <= passage);
    const block = rows && need(`shown-${firstShown + at}`);
    if (!block) return null;
    const [text, pinpoint = "", anchor = "", says = ""] = block.passages[passage - first - rows.cuts[at]];
    const { page } = index.passage(passage);
    const record = block.records[index.page(page).record];
    return record && { text, pinpoint, anchor, says, page: block.pages[page], record };
  },
  // The pages that are kin of a page, and how close each is.
  kin(page) {
    const text = need(`kin-${Math.floor(page / book.rank.KIN_PAGES)}`)?.[page % book.rank.KIN_PAGES];
    return text ? scored(text) : EMPTY;
  },
  kept(record) {
    const at = Math.floor(record / book.rank.KEPT);
    const block = need(`kept-${at}`);
    return block && { first: block[0], row: block[1][record - at * book.rank.KEPT], topics: block[2], at };
  },
};

const runs = (text) => {
  const numbers = unpacked(text);
  const found = [];
  for (let at = 0; at < numbers.length; ) {
    let sum = 0;
    const count = numbers[at++] + 1;
    found.push(numbers.slice(at, at + count).map((step) => (sum += step)));
    at += count;
  }
  return found;
};

const quadruples = (text) => {
  const numbers = unpacked(text);
  const found = [];
  for (let at = 0, record = 0; at < numbers.length; at += 4)
    found.push([(record += numbers[at]), numbers[at + 1], numbers[at + 2], numbers[at + 3]]);
  return found;
};

// The block of rows that has a passage (which: 0) or page (1), and what it begins with.
const rowsWith = (number, which) => {
  const at = lastAtMost(book.rows, (begin) => begin[which] <= number);
  const begin = book.rows[at];
  const block = need(`rows-${at}`);
  return { begin, rows: block && once(`rows ${at}`, () => decodeRows(begin, block)) };
};
const decodeRows = ([lead, page, record], [parts, languages, unlike, records, weights, sorts, taken]) => {
  const { rank } = book;
  const count = rank.parts.length;
  const pages = [];
  const passages = [];
  const part = levelsOf(parts).map((sign) => sign % count);
  const [steps, usual, own] = [records, weights, unlike].map(unpacked);
  const [language, sort] = [languages, sorts].map(levelsOf);
  // The rulings that were taken away, and by which.
  const later = new Map();
  let ruling = record;
  unpacked(taken).forEach((number, at, all) => at % 2 && later.set((ruling += all[at - 1]), number));
  part.forEach((one, at) => {
    const place = pages.length;
    if (numberOf(parts.charCodeAt(at)) >= count) pages.push({ record: (record += steps[place]), lead: lead + at, sort: sort[place], later: later.get(record) });
    const weight = rank.weights[own[at] ? own[at] - 1 : usual[pages.length - 1]];
    passages.push({ page: page + pages.length - 1, part: one, language: rank.languages[language[at]], weight });
  });
  // What is shown is cut where the passages, by the average length of their parts, fill a block.
  const cuts = [];
  let size = 0;
  part.forEach((one, number) => {
    if (!number || size > rank.SHOWN) {
      cuts.push(number);
      size = 0;
    }
    size += rank.lengths[one];
  });
  return { pages, passages, cuts };
};

const pageOf = (passage) => index.page(index.passage(passage).page);
