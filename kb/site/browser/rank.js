// Which records answer a query, and in what order: the twin of kb/find/rank.py.

const SCRIPTS = { ur: "arabic", ar: "arabic", ru: "cyrillic" };
const rounded = (score) => Math.round(score * 1e6);
const common = (first, ...others) => new Set([...first].filter((one) => others.every((other) => other.has(one))));

const ranking = (asked, passes) => {
  const { rank } = book;
  const needed = neededOf(asked);
  const groups = asked.groups.map((group, number) => {
    const found = matched();
    if (needed.includes(number)) for (const wanted of group) plus(found, match(wanted));
    return found;
  });
  const typedStems = stemsOf(asked, needed);
  const provisions = asked.groups.map(citesProvision);
  const near = nearest(typedStems);
  // What the words mean is sent for together with where they stand: each wait is a way there and back.
  if (!provisions.some(Boolean)) for (const { topic } of near) index.scores("topic", topic);
  meaningsOf(typedStems, [], near).forEach(meantBy);
  wait();
  const unknownGroups = needed.filter((at) => !groups[at].passages.size && !groups[at].pages.size);
  const notOwn = needed.filter((at) => !on(groups[at], ["asked"]).size);
  const meanings = meaningsOf(typedStems, notOwn, near);
  // Not Math.max of all at once: a browser takes some 100,000 values and no more.
  const highest = (scores) => [...scores.values()].reduce((best, one) => Math.max(best, one), 0);
  const meant = meanings.map((meaning) => {
    const found = meantBy(meaning);
    let typed = 0;
    for (const number of meaning.groups) typed += highest(groups[number].passages);
    const most = highest(found.passages);
    if (typed && most > typed * rank.OTHER) {
      const share = (typed * rank.OTHER) / most;
      for (const [passage, score] of found.passages) found.passages.set(passage, score * share);
    }
    return found;
  });
  // Words of other records on a page take it away from nobody.
  const gone = new Set(asked.excluded.flatMap((wanted) => [...on(match(wanted), ["asked", "linked"])]));
  const allowed = remembered((page) => !gone.has(page) && passes(page));
  const written = script(asked.groups.flat().flatMap((wanted) => wanted.tokens));
  // Whose law is asked for first: by the script of the query, or where a number names no law.
  const cited = asked.groups.flat().flatMap(({ kind, tokens }) => (kind === "citation" ? tokens : []));
  const isBare = cited.length && cited.every((token) => token.includes(":") && isProvision(token));
  const typed = script(asked.groups.flat().map(({ text }) => fold(text)));
  const home = rank.homes[typed] ?? (isBare ? rank.homes.bare : 0);
  const citesDocument = needed.length > 1 && asked.groups.some((group) => group[0].kind === "citation" && !citesProvision(group));
  const partWorth = (row) => rank.worth[row.part];

  const { has, rare, full: fullOf, most: mostOf, ofPage, ofPassages, isCited } = coverage(asked, needed, groups, meanings, meant);

  const answer = () => {
    if (!groups.length) {
      const records = byDate();
      return { records, complete: new Set(records.map((one) => one.record)) };
    }
    const full = filtered(fullOf());
    let records = ranked(full);
    const complete = new Set(records.map((one) => one.record));
    const most = records.length < rank.ENOUGH ? mostOf(filtered, full.size > 0) : new Map();
    if (most.size) records = ranked(new Set([...full, ...most.keys()]), most);
    // Who cites, or quotes, or asks about another matter, wants that and nothing like it.
    if (rare.size > 1 && rare.size === needed.length) records = withKin(records, most.size > 0);
    return { records: followed(records), complete };
  };

  const bestFirst = (records) => records.sort((a, b) => rounded(b.score) - rounded(a.score) || a.record - b.record);

  // The kin of the best are given a part of their scores; `isShown` even if they do not answer.
  const withKin = (records, isShown) => {
    const [gained, nearest] = [new Map(), new Map()];
    const best = records.slice(0, rank.KIN_OF).map((one) => [index.kin(index.passage(one.passages[0]).page), one]);
    const pages = new Set(best.flatMap(([kin]) => [...kin.keys()]));
    // The first often stays so, whatever its kin: what is shown of it is sent for with them.
    if (missing.size) index.shown(records[0].passages[0]);
    wait();
    for (const page of pages) index.page(page);
    const fit = isShown ? filtered(pages) : new Set();
    wait();
    for (const [kin, beside] of best)
      for (const [page, close] of kin) {
        const { record, lead, later } = index.page(page);
        const share = rank.KIN * close * beside.score;
        sum(gained, record, share);
        if (share > (nearest.get(record)?.share ?? 0)) nearest.set(record, { share, page, record, later, passages: [lead], beside });
      }
    for (const one of records) {
      one.score += gained.get(one.record) ?? 0;
      nearest.delete(one.record);
    }
    const shown = [...nearest.values()].filter(({ page }) => fit.has(page));
    return bestFirst([...records, ...shown.map((one) => ({ ...one, score: gained.get(one.record) }))]);
  };

  // At once behind a ruling stands the one that took it away, if it answers.
  const followed = (records) => {
    const ofNumber = new Map(records.map((one) => [one.record, one]));
    const placed = new Set();
    for (const one of records)
      for (let behind = one; behind && !placed.has(behind); behind = ofNumber.get(behind.later)) placed.add(behind);
    return [...placed];
  };

  const filtered = (pages) => {
    const found = new Set([...pages].filter(allowed));
    wait();
    return found;
  };

  const byDate = () => {
    const found = new Map();
    for (let page = 0; page < index.pages; page++) {
      if (!allowed(page)) continue;
      const { record, lead } = index.page(page);
      if (lead < 0) continue;
      if (!found.has(record)) found.set(record, { record, score: 0, passages: [] });
      found.get(record).passages.push(lead);
    }
    wait();
    const date = (one) => index.kept(one.record).row[4];
    return [...found.values()].sort((a, b) => (date(a) < date(b)) - (date(a) > date(b)) || a.record - b.record);
  };

  const ranked = (pages, shares = new Map()) => {
    const scores = scoresOn(pages, shares);
    const ofRecord = new Map();
    const laterOf = new Map();
    for (const passage of scores.keys()) {
      const { record, later } = pageOf(passage);
      if (!ofRecord.has(record)) ofRecord.set(record, []);
      ofRecord.get(record).push(passage);
      laterOf.set(record, later);
    }
    wait();
    const found = [...ofRecord].map(([record, passages]) => ({
      record,
      later: laterOf.get(record),
      score: scoreOf(record, passages.map((passage) => scores.get(passage))),
      passages: passages.sort(shownFirst(scores)),
    }));
    return bestFirst(found);
  };

  const scoresOn = (pages, shares) => {
    const [words, cited, beside] = [new Map(), new Map(), new Map()];
    [...groups, ...meant].forEach((found, number) => {
      const group = asked.groups[number];
      const scores = group && group[group.length - 1].kind === "citation" ? cited : words;
      const best = new Map();
      for (const [passage, score] of found.passages) {
        const row = index.passage(passage);
        if (!pages.has(row.page)) continue;
        sum(scores, passage, score);
        best.set(row.page, Math.max(best.get(row.page) ?? 0, score * partWorth(row)));
      }
      for (const page of new Set([...found.pages.keys(), ...best.keys()]))
        if (pages.has(page)) sum(beside, page, (found.pages.get(page) ?? 0) + rank.BESIDE * (best.get(page) ?? 0));
    });
    const own = ofPassages();
    // Who cites a provision, or types a name, wants that, and not what is filed under its topic.
    const lifts = provisions.some(Boolean) ? new Map() : lifted(near, 1 - Math.min(highest(nameWorth()) / rank.NAME, 1));
    const least = rare.size > 1 ? rank.LEAST : 1;
    const scored = new Map();
    for (const passage of withLeads(pages, new Set([...words.keys(), ...cited.keys()]))) {
      const row = index.passage(passage);
      let share = row.weight;
      const had = shares.get(row.page) ?? 1;
      if ((SCRIPTS[row.language] ?? "latin") === written) share *= rank.SAME_SCRIPT;
      const { sort } = index.page(row.page);
      if (sort & home) share *= rank.HOME;
      let inWords = share * had * (partWorth(row) * (words.get(passage) ?? 0) + (beside.get(row.page) ?? 0));
      inWords *= Math.sqrt(own.get(passage) ?? least) * (1 + (lifts.get(row.page) ?? 0));
      // Who cites a ruling by its number wants it whatever became of it.
      const worth = cited.get(passage) ?? 0;
      const isIt = worth >= rank.IS_PART_OF;
      let inCited = worth * (isIt && sort & 1 ? Math.max(share, 1) : share) * (isCited(row.page) ? 1 : had);
      if (isIt && isBare) inCited *= rank.UNLIKE + ofPage(row.page);
      scored.set(passage, { all: inWords + inCited, words: inWords });
    }
    return scored;
  };

  const withLeads = (pages, passages) => {
    const missed = new Set(pages);
    for (const passage of passages) missed.delete(index.passage(passage).page);
    const leads = [...missed].map((page) => index.page(page).lead).filter((lead) => lead >= 0);
    wait();
    return [...passages, ...leads].sort((a, b) => a - b);
  };

  const scoreOf = (record, scores) => {
    const [best, ...others] = [...scores].sort((a, b) => b.all - a.all || b.words - a.words);
    const more = others.reduce((total, other) => total + other.words, 0);
    return best.all + Math.min(rank.CREDIT * more, rank.MOST_CREDIT * best.all) + (nameWorth().get(record) ?? 0);
  };

  // The laws that are called by their name, while something of them is asked for besides.
  const called = remembered(() => {
    const typed = new Set(asked.groups.flat().flatMap(({ tokens }) => tokens).filter((token) => !book.small.has(token)));
    const found = new Set();
    for (const { record, count, places } of namesWith(asked.groups.flat())) {
      const isShort = count < 2 && [...places.keys()][0].length < 3;
      if (places.size === count && count < typed.size && !isShort) found.add(record);
    }
    const laws = new Set();
    for (let page = 1; found.size && page < index.pages; page++)
      if (index.page(page).record === index.page(page - 1).record) laws.add(index.page(page).record);
    return new Set([...found].filter((record) => laws.has(record)));
  });

  // What it is worth that the query is the name of a record, or shares words with it.
  const nameWorth = remembered(() => {
    const tokens = asked.groups.flat().flatMap((wanted) => wanted.tokens);
    const words = tokens.filter((token) => !book.small.has(token));
    const telling = [...new Set(words)];
    const names = namesWith(asked.groups.flat());
    wait();
    const worths = new Map([...called()].map((record) => [record, rank.CALLED]));
    for (const { record, count, places } of names) {
      const both = telling.filter((word) => places.has(word)).length;
      if (!both) continue;
      const runsHere = (place) => words.every((word, step) => places.get(word)?.has(place + step));
      const inOrderHere = [...(places.get(words[0]) ?? [])].some(runsHere) ? rank.IN_ORDER : 1;
      const share = ((both / count) * both) / telling.length;
      worths.set(record, Math.max(worths.get(record) ?? 0, rank.NAME * share * inOrderHere));
    }
    return worths;
  });

  const shownFirst = (scores) => {
    const key = remembered((passage) => {
      const { page } = index.passage(passage);
      const part = partOf(passage);
      let [cited, own, had] = [0, 0, 0];
      groups.forEach(({ passages, pages }, number) => {
        const worth = passages.get(passage) ?? 0;
        if (worth) own++;
        if (worth >= rank.IS_PART_OF && provisions[number]) cited++;
        if (worth || pages.has(page)) had++;
      });
      const named = ["details", "names", "catchwords"].indexOf(part);
      // Of a law the page of the whole, before those of its provisions, if it is called so.
      const { record } = index.page(page);
      const isFirst = !page || index.page(page - 1).record !== record;
      const isLaw = isFirst && page + 1 < index.pages && index.page(page + 1).record === record;
      // Who calls a law and asks for something besides wants what of it is about that.
      const wantsPart = citesDocument || called().has(record);
      const calledSo = isLaw && !wantsPart && (named === 0 || named === 1) && own >= needed.length && !cited;
      const isOther = part === "linked" || part === "asked";
      return [isOther, -cited, !calledSo, -had, wantsPart && isLaw, named >= 0, -rounded(scores.get(passage).all), passage];
    });
    return (a, b) => (before(key(a), key(b)) ? -1 : 1);
  };

  return {
    answer,
    nearest: () => ranked(filtered(new Set(has.flatMap((pages) => [...pages])))),
    unknown: () =>
      asked.groups
        .filter(
          (group, number) =>
            group.length === 1 &&
            group[0].kind === "word" &&
            unknownGroups.includes(number) &&
            !meanings.some((meaning) => meaning.groups.includes(number)),
        )
        .map((group) => group[0]),
    otherForms: () => [
      ...meanings.flatMap((meaning) => meaning.forms),
      ...asked.groups.flat().flatMap(inLatin).map((one) => ({ kind: "word", text: one, tokens: [one] })),
    ],
  };
};

// Whether an article or section is cited.
const citesProvision = (group) => group.some(({ kind, tokens }) => kind === "citation" && tokens.some(isProvision));

// The names of records that have any of the words, and where in the name each stands.
const namesWith = (asked) => {
  const names = new Map();
  const inPhrase = new Map(asked.flatMap(({ kind, tokens }) => tokens.map((token) => [token, kind === "phrase"])));
  for (const word of book.small) inPhrase.delete(word);
  for (const [word, isIn] of inPhrase)
    for (const [record, which, place, count] of index.named(word, isIn)) {
      const key = `${record} ${which}`;
      if (!names.has(key)) names.set(key, { record, count, places: new Map() });
      const { places } = names.get(key);
      places.set(word, (places.get(word) ?? new Set()).add(place));
    }
  return [...names.values()];
};
