// A question to the book, and its answer: the twin of kb/find/query.py.

const ALSO = 3;
const NEAREST = 3;

// `isQuick` leaves out what is only offered: the word that was meant, the nearest, the other places.
const find = (text, { filters = {}, limit = 20, isQuick = false } = {}) => {
  const asked = parse(text, filters);
  const cited = citedIn(asked);
  const refused = cited.filter((wanted) => !isAnywhere(wanted));
  wait();
  const groups = asked.groups.map((group) => group.filter((wanted) => !refused.includes(wanted)));
  const kept = { ...asked, groups: groups.filter((group) => group.length) };
  const held = cited.filter((wanted) => !refused.includes(wanted));
  const found = {
    query: text, total: 0, complete: 0,
    refused: refused.map((wanted) => wanted.text),
    mentioned: held.filter((wanted) => !isHeld(wanted)).map((wanted) => wanted.text),
    results: [], did_you_mean: null, nearest: [], relaxed: false,
  };
  wait();
  // What is offered in place of what is not held: what holds it; of an unknown law what speaks of it.
  const offering = (complete) => {
    if (isQuick) return found;
    if (around(refused, []).length) return { ...found, nearest: around(refused, complete) };
    const groups = index.narrowing().inWords(refused);
    const ranks = ranking({ ...kept, groups, excluded: [] }, passingBy(kept.filters));
    const did_you_mean = meantQuery(text, ranks);
    const likely = did_you_mean ? firstOf(did_you_mean, kept.filters) : [];
    const records = groups.length ? ranks.answer().records : [];
    return { ...found, did_you_mean, nearest: eachOnce([...likely, ...around([], records.length ? records : complete)]) };
  };
  if (refused.length && !kept.groups.length) return offering([]);
  const ranks = ranking(kept, passingBy(kept.filters));
  let answer = ranks.answer();
  if (kept.groups.length < asked.groups.length) {
    // Nothing is put in the place of what is not held, unless the rest names a record itself.
    const rest = kept.groups.some((group) => !group.every(isSmall));
    const complete = answer.records.filter((one) => rest && answer.complete.has(one.record));
    // Beside what is lacking of a law that the book holds, mere words name nothing else.
    const isHere = (law) => lawsIn(citedIn(kept)).includes(law);
    const lacking = lawsIn(refused).flatMap((law) => (isHere(law) ? [] : index.cited("tokens", law))).map((one) => pageOf(one).record);
    const named = recordsNamed(kept, !lacking.length);
    for (const record of lacking) named.delete(record);
    answer = { complete: new Set(), records: complete.filter((one) => named.has(one.record)) };
    if (!answer.records.length) return offering(complete);
  }
  const did_you_mean = isQuick ? null : meantQuery(text, ranks);
  // If the name of a law has a slip in it, and another law's provision is first: 'Article 17 iiccpr'.
  const slips = hasDigit(text) ? slipsIn(ranks) : [];
  const [best] = answer.records;
  if (slips[0] && best && !citedOfLaws(kept)[0]) {
    const first = index.shown(best.passages[0]);
    wait();
    const withheld = index.narrowing().citedOfLawMeant(kept, slips, first.page);
    if (withheld[0]) return { ...found, did_you_mean, nearest: around(withheld, []) };
  }
  const marked = [...kept.groups.flat(), ...ranks.otherForms()];
  const shown = limit === null ? answer.records : answer.records.slice(0, limit);
  return {
    ...found,
    total: answer.records.length,
    complete: answer.complete.size,
    results: shown.map((one) => ({ ...resultOf(marked, one, isQuick), whole: answer.complete.has(one.record) })),
    did_you_mean,
    nearest: answer.records.length || isQuick ? [] : near(kept, did_you_mean),
    relaxed: answer.records.length > 0 && !answer.complete.size,
    records: answer.records,
  };
};

const passingBy = (filters) => (Object.keys(filters).length ? index.narrowing().passing(filters) : () => true);

const recordsNamed = (asked, byWords) => {
  const wanted = asked.groups.flat();
  const own = new Set();
  for (const { tokens } of citedIn(asked))
    for (const token of tokens)
      for (const passage of index.cited("tokens", token)) {
        const { record, sort } = pageOf(passage);
        // The number of a provision of no law that is named is that of many.
        if (token.includes("/") || !isProvision(token) || sort > 1) own.add(record);
      }
  const words = wanted.filter((one) => one.kind === "word" && !isSmall(one));
  const typed = new Set(words.map(({ tokens }) => tokens[0]));
  if (byWords && typed.size > 1) for (const { record, places } of namesWith(words)) if (places.size === typed.size) own.add(record);
  wait();
  return own;
};

const citedIn = (asked) =>
  asked.groups.flatMap((group) =>
    group.some(({ kind }) => kind === "word") ? [] : group.filter(({ kind }) => kind === "citation"),
  );

const lawsIn = (cited) =>
  cited.flatMap(({ tokens }) => tokens).flatMap((token) => (token.includes("/") ? token.split("/")[0] : []));
const citedOfLaws = (asked) => citedIn(asked).filter((one) => lawsIn([one]).length);

// --- what is offered instead

// Without numbers: none is as good as another.
const slipsIn = (ranks) => ranks.unknown().filter(({ text }) => !hasDigit(text));
const meantQuery = (text, ranks) => {
  const slips = slipsIn(ranks);
  return slips[0] ? index.narrowing().queryMeant(text, slips) : null;
};

const near = (asked, meant) => {
  const singly = asked.groups
    .flat()
    .flatMap((wanted) => (wanted.kind === "citation" ? [] : wanted.tokens))
    .filter((token) => !book.small.has(token) && !token.includes(":"))
    .map((token) => [{ kind: "word", text: token, tokens: [token] }]);
  let records = [];
  if (singly.length) {
    const ranks = ranking({ ...asked, groups: singly, excluded: [] }, passingBy(asked.filters));
    ({ records } = ranks.answer());
    if (!records.length) records = ranks.nearest();
  }
  const offers = around(citedIn(asked), records);
  if (offers.length || !meant) return offers;
  return firstOf(meant, asked.filters);
};

const firstOf = (text, filters) => {
  const { records, nearest } = find(text, { filters, limit: 0 });
  return records?.[0] ? around(citedIn(parse(text, filters)), records) : nearest;
};

const eachOnce = (offers) =>
  offers.filter(({ id }, at) => at === offers.findIndex((one) => one.id === id)).slice(0, NEAREST);

// What the book holds of what is cited: itself, if not a greater part of it, or its law; and records.
const around = (cited, records) => {
  const passages = cited.flatMap(({ tokens }) =>
    tokens.map((token) => {
      // Where no law is named, what is called by another word: Article 184 for section 184.
      const units = token.includes(":") && isProvision(token) ? enclosing(`unit:${token.split(":")[1]}`) : [];
      const held = [...enclosing(token), token.split("/")[0], ...units].map((one) => index.cited("tokens", one)).find((one) => one.length) ?? [];
      // Its heading names it as a whole, other passages name parts of it.
      const key = (one) => [pageOf(one).sort < 2, partOf(one) !== "names", one];
      return [...held].sort((a, b) => (before(key(a), key(b)) ? -1 : 1))[0];
    }),
  );
  const rows = passages.filter((one) => one >= 0).map((one) => index.shown(one));
  wait();
  const near = rows.map(({ page, pinpoint, record }) => ({
    id: page, title: page.includes("/") ? `${record[2]}, ${pinpoint}` : record[2], url: `${page}.html`,
  }));
  return eachOnce([...near, ...offered(records.slice(0, NEAREST))]);
};

const offered = (records) => {
  const rows = records.map((one) => index.shown(one.passages[0]));
  wait();
  return rows.map(({ record: [id, , title] }) => ({ id, title, url: `${id}.html` }));
};

// --- a result

const resultOf = (marked, one, isQuick) => {
  const passage = one.passages[0];
  const row = index.shown(passage);
  if (!row) return { record: null };
  const [id, kind, title, place, date, standing, says, where] = row.record;
  const [shown, marks] = excerpt(row.text, index.passage(passage).language, marked);
  return {
    id: row.page, record: id, kind, place: place || null, title, date: date || null,
    standing: standing || null,
    standing_says: standingSays(standing, says, row.says),
    pinpoint: row.pinpoint || null,
    passage: shown, marks,
    score: Math.round(one.score * 1000) / 1000,
    url: addressOf(row),
    also: isQuick ? [] : also(one),
    beside: one.beside ? offered([one.beside])[0] : null,
    where, language: index.passage(passage).language,
  };
};

// What has become of a ruling, and of the point shown if that is another thing.
const standingSays = (standing, says, own) => {
  const taken = ["set-aside", "stayed", "overtaken"].includes(standing);
  return [says, taken ? "" : own].filter(Boolean).join(" ") || null;
};

const addressOf = ({ page, anchor }) => `${page}.html${anchor ? `#${anchor}` : ""}`;

// The next best passages of the record, each pinpoint once.
const also = (one) => {
  const places = new Map();
  for (const [at, passage] of one.passages.entries()) {
    if (places.size > ALSO) break;
    // What is not there yet may be another place: no more is asked for than can be needed.
    const row = index.shown(passage) ?? { pinpoint: at };
    const key = `${row.page} ${row.pinpoint}`;
    if ((row.pinpoint || !at) && !places.has(key))
      places.set(key, { id: row.page, pinpoint: row.pinpoint, url: addressOf(row) });
  }
  return [...places.values()].slice(1);
};
