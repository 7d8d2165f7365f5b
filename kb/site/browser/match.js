// Where a thing stands that is asked for, and what words mean beyond themselves: the twin of
// kb/find/match.py and kb/find/meaning.py. What each match is worth comes with the book.

const matched = (passages = new Map(), pages = new Map()) => ({ passages, pages });

// The pages, but not those that have it only in passages of these parts.
const on = ({ passages, pages }, but) => {
  const found = new Set(pages.keys());
  for (const passage of passages.keys()) if (!but.includes(partOf(passage))) found.add(index.passage(passage).page);
  return found;
};
const partOf = (passage) => book.rank.parts[index.passage(passage).part];
const taking = (both) => (own, other, share = 1) => {
  for (const field of ["passages", "pages"])
    for (const [number, score] of other[field]) own[field].set(number, both(own[field].get(number) ?? 0, score * share));
};
const sum = (into, key, more) => into.set(key, (into.get(key) ?? 0) + more);
const plus = taking((own, more) => own + more);
const add = taking(Math.max);
const each = (numbers, worth) => new Map(Array.from(numbers, (number) => [number, worth]));

const match = (wanted) => {
  const { rank } = book;
  const found = matched();
  if (wanted.kind === "word") {
    add(found, matchWord(wanted.tokens[0]));
    for (const other of inLatin(wanted)) add(found, matchWord(other), rank.OTHER_SCRIPT);
  } else if (wanted.kind === "prefix") {
    for (const token of index.beginningWith(wanted.tokens[0]))
      add(found, matched(index.scores("exact", token), index.beyond(stem(token))));
  } else if (wanted.kind === "phrase") {
    const worth = rank.PHRASE * Math.min(wanted.tokens.length, rank.LONG_PHRASE);
    found.passages = each(inOrder(wanted.tokens), worth);
  } else for (const token of wanted.tokens) add(found, matchCited(token));
  return found;
};

const matchWord = (word) => {
  const { rank } = book;
  const found = matched();
  for (const one of stems(word)) {
    plus(found, matched(index.scores("own", one)), rank.OWN);
    add(found, matched(new Map(), index.beyond(one)));
    add(found, matched(new Map(), index.scores("about", one)), rank.CONTEXT);
  }
  plus(found, matched(index.scores("exact", word)), rank.EXACT);
  return found;
};

// A Cyrillic word in Latin letters, if the book has it so: kharitonov for Харитонова.
const inLatin = (wanted) => {
  const word = wanted.tokens[0];
  if (wanted.kind !== "word" || !(word[0] >= "а" && word[0] <= "я") || word.length < 4) return [];
  return [...new Set([latin(word), latin(stem(word))])].filter((one) => index.has("exact", one));
};

const inOrder = (tokens) => {
  const rows = tokens.map((token) => entry("places", token));
  if (!rows.every(Boolean)) return [];
  // Of two neighbours one of which is common, the two together.
  const isPair = tokens.map((_, at) => at + 1 < tokens.length && !(rows[at][2] && rows[at + 1][2]));
  const units = tokens
    .map((token, at) => ({ key: isPair[at] ? `${token} ${tokens[at + 1]}` : token, at }))
    .filter(({ at }) => isPair[at] || !isPair[at - 1]);
  const lists = units.map(({ key }) => index.passagesWith(key));
  let passages = lists[0];
  for (const list of lists) {
    const here = new Set(list);
    passages = passages.filter((passage) => here.has(passage));
  }
  if (tokens.length < 2) return passages;
  const places = units.map(({ key }) => index.placesIn(key, new Set(passages)));
  wait();
  return passages.filter((passage) => {
    const rest = places.map((more) => new Set(more.get(passage)));
    return places[0].get(passage).some((place) => rest.every((more, which) => more.has(place + units[which].at)));
  });
};

// A provision's token and those of what encloses it.
const enclosing = (token) => [token, ...(token.endsWith(")") ? enclosing(token.slice(0, token.lastIndexOf("("))) : [])];

// Of a part of a provision that is only spoken of, the provision itself is as good as held.
const matchCited = (token) => {
  const { rank } = book;
  const found = matched(each(index.cited("exact", token), rank.MENTIONS));
  add(found, matched(each(index.cited("applies", token), rank.APPLIES)));
  const [law, unit] = token.split("/", 2);
  // Of a law that is not held its number alone is as good, if no law that is held has that number.
  if (unit && isProvision(token) && !index.has("tokens", law) && !index.has("tokens", `unit:${unit}`))
    add(found, matched(each(index.cited("exact", `unit:${unit}`), rank.MENTIONS)));
  const seen = new Set();
  // A provision comes first, whatever stands beside it; a mere number may be that of something else.
  const share = isProvision(token) && !/^unit:\d+$/.test(token) ? rank.CITED : 1;
  const held = enclosing(token).find((one) => index.cited("tokens", one).length) ?? token;
  for (const passage of index.cited("tokens", held)) {
    const { page, language } = index.passage(passage);
    // Where no law is named a greater part is one of the laws that are meant without a name.
    if (held !== token && token.includes(":") && index.page(page).sort < 2) continue;
    const first = held === token && !seen.has(`${page} ${language}`);
    found.passages.set(passage, share * (first ? rank.IS : rank.IS_PART_OF));
    seen.add(`${page} ${language}`);
    // What is a document as a whole is so with all its provisions.
    const { record } = index.page(page);
    if (token.includes(":"))
      for (let next = page + 1; next < index.pages && index.page(next).record === record; next++)
        found.pages.set(next, rank.MENTIONS);
  }
  return found;
};

// Whether a token is that of an article or section, and not of a document as a whole.
const isProvision = (token) =>
  token.includes(":") ? book.rank.UNITS.includes(token.split(":")[0]) : token.includes("/");

const isHeld = (wanted) => wanted.tokens.some((token) => index.has("tokens", token));
const isAnywhere = (wanted) =>
  wanted.tokens.some((token) => ["tokens", "applies", "exact"].some((field) => index.cited(field, token).length));

// --- meanings

const stemsOf = (asked, needed) => {
  const typed = new Map();
  asked.groups.forEach((group, number) => {
    if (needed.includes(number) && group[0].kind === "word" && group.slice(1).every((wanted) => wanted.kind !== "word"))
      typed.set(number, stem(group[0].tokens[0]));
  });
  return typed;
};

// The topics of which a phrase was typed, and the groups that are its words.
const phrasesOf = (typed) =>
  [...new Set(typed.values())].flatMap((one) =>
    (index.meanings(one)[0] ?? [])
      .map(([others, topic]) => ({ groups: typedGroups(`${one} ${others}`.trimEnd(), typed), topic: `${topic}`, forms: [] }))
      .filter(({ groups }) => groups.length),
  );

const meaningsOf = (typed, unknown, near) => {
  let topics = phrasesOf(typed);
  const spelled = [];
  for (const one of new Set(typed.values())) {
    const [, spellings = []] = index.meanings(one);
    for (const [stemmed, row, others] of spellings) {
      const groups = typedGroups(stemmed, typed);
      if (groups.length) spelled.push({ groups, topic: "", row, forms: others.map(formOf) });
    }
  }
  const { groups = [], topic, ofAll } = near[0] ?? {};
  // It is meant if several words tell of it, and much of all; or the only one, which no record has.
  const isSure = ofAll >= book.rank.SURE && groups.length > 1;
  const isOnly = topic && typed.size === 1 && unknown.includes([...typed.keys()][0]);
  if ((isSure || isOnly) && !topics.some((one) => one.topic === topic)) topics.push({ groups, topic, forms: [] });
  const isPart = (one, other) => one.length < other.length && one.every((group) => other.includes(group));
  topics = topics.filter((one) => !topics.some((other) => isPart(one.groups, other.groups)));
  const different = new Map();
  for (const one of [...topics, ...spelled])
    different.set(`${one.groups} ${one.topic} ${one.row}`, one);
  return [...different.values()];
};

// The topics that the words are nearest to, each told by what those before it leave of them; the words
// of a phrase tell all that they can of its topic.
const nearest = (typed) => {
  const { rank } = book;
  const told = new Map([...typed.values()].map((one) => [one, new Map(index.topicsWith(one))]));
  for (const { groups, topic } of phrasesOf(typed))
    for (const number of groups) told.get(typed.get(number)).set(Number(topic), 1);
  const left = new Map();
  const others = new Set();
  const count = book.counts[3];
  for (const [one, topics] of told) {
    if (topics.size) left.set(one, Math.log(1 + count / topics.size));
    else others.add(one);
  }
  const whole = [...left.values()].reduce((total, rare) => total + rare, 0);
  const found = [];
  while (left.size && found.length < rank.NEAREST) {
    const shares = new Map();
    for (const [one, rare] of left) for (const [topic, worth] of told.get(one)) sum(shares, topic, (rare * worth) / whole);
    for (const { topic } of found) shares.delete(Number(topic));
    const [best] = [...shares].sort(([a, one], [b, other]) => rounded(other) - rounded(one) || a - b);
    if (!best || best[1] < rank.LEAST_SHARE) break;
    const worthOf = (one) => told.get(one).get(best[0]) ?? 0;
    const groups = [...typed.keys()].filter((number) => worthOf(typed.get(number)));
    const ofAll = (best[1] * whole) / (whole + others.size * Math.log(1 + count));
    found.push({ topic: `${best[0]}`, share: best[1], ofAll, groups });
    for (const [one, rare] of left) left.set(one, rare * (1 - worthOf(one)));
  }
  return found;
};

// The pages filed under the nearest topics, and by how much they rise: most if one is narrow.
const lifted = (near, part) => {
  const lifts = new Map();
  for (const { topic, share } of near) {
    const passages = [...index.scores("topic", topic).keys()];
    const pages = new Set(passages.map((passage) => index.passage(passage).page));
    const rare = Math.log(1 + index.pages / (1 + pages.size)) / Math.log(1 + index.pages);
    for (const page of pages) sum(lifts, page, part * book.rank.LIFT * share * rare);
  }
  return lifts;
};

// The groups that are the words of a phrase, in any order but near each other.
const typedGroups = (stems, typed) => {
  const needed = [...new Set(stems.split(" "))];
  const groups = [...typed.keys()].filter((number) => needed.includes(typed.get(number)));
  for (const first of groups) {
    const near = groups.filter((number) => number >= first && number < first + needed.length + book.rank.LOOSE);
    if (needed.every((one) => near.some((number) => typed.get(number) === one))) return near;
  }
  return [];
};

const formOf = (text) => {
  const tokens = text.split(" ");
  return { kind: tokens.length === 1 ? "word" : "phrase", text, tokens };
};

const meantBy = ({ topic, forms }) => {
  const { rank } = book;
  const found = matched();
  // A form that the vocabulary gives is looked for as it is, in no other letters.
  for (const form of forms)
    add(found, form.kind === "word" ? matchWord(form.tokens[0]) : match(form), rank.OTHER_SCRIPT);
  if (topic) {
    for (const [passage, score] of index.scores("topic", topic))
      found.pages.set(index.passage(passage).page, rank.TOPIC * score);
    for (const [passage, length] of index.spoken(topic)) {
      const worth = rank.PHRASE * Math.min(length, rank.LONG_PHRASE);
      add(found, matched(new Map([[passage, worth]])), rank.SYNONYM);
    }
  }
  return found;
};
