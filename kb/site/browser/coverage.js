// What of a query the pages and passages of the book have: the twin of kb/find/coverage.py.

const coverage = (asked, needed, groups, meanings, meant) => {
  const isCited = (group) => group.every(({ kind }) => kind === "citation");
  const namesLaw = (number) =>
    asked.groups[number].some(({ tokens }) => tokens.some((token) => token.includes("/") && isProvision(token)));
  const allCited = needed.filter((number) => isCited(asked.groups[number]));
  // Beside a provision of a law that is named a number may be of its date, or of its report.
  const beside = allCited.length > 0 && !allCited.some(namesLaw);
  const [OURS, OTHER] = [1, 2];
  const tellsOf = (matter, number) =>
    asked.groups[number].some(({ kind, tokens }) => kind === "word" && index.matter(tokens[0]) === matter);
  // What tells of another matter means nothing here, and is wanted as it stands.
  const isElsewhere = remembered((number) => needed.includes(number) && tellsOf(OTHER, number));
  // A citation, a phrase, a bare number beside a citation, a word of another matter.
  const isFirm = (number) => {
    const group = asked.groups[number];
    return group.every(isWhole) || (beside && group.some(({ kind }) => kind === "citation")) || isElsewhere(number);
  };
  const founds = groups.map((found, number) => [
    found,
    ...meant.filter((_, at) => meanings[at].groups.includes(number) && !isElsewhere(number)),
  ]);
  const onPages = (found, but) => new Set(found.flatMap((one) => [...on(one, but)]));
  const own = founds.map((found) => onPages(found, ["asked"]));
  const rarities = (has) =>
    new Map(
      needed.filter((number) => !isFirm(number)).map((number) => [number, Math.log(1 + index.pages / (1 + has[number].size))]),
    );
  const inAll = (rare) => [...rare.values()].reduce((sum, one) => sum + one, 0);
  // Whether some line that people ask has enough of the words in it.
  const isAsked = () => {
    const { ALIKE, LONG, MUCH } = book.rank;
    const rare = rarities(own);
    const [words, shares] = [new Map(), new Map()];
    for (const [number, one] of rare)
      for (const passage of passagesOf(number))
        if (partOf(passage) === "asked") {
          sum(words, passage, 1);
          sum(shares, passage, one);
        }
    const least = rare.size < LONG ? 0 : MUCH * inAll(rare);
    return [...words].some(([one, count]) => count > ALIKE || (count === ALIKE && shares.get(one) >= least));
  };
  const passagesOf = (number) => new Set(founds[number].flatMap((found) => [...found.passages.keys()]));
  const isOurs = () => rarities(own).size >= book.rank.SEVERAL && needed.some((number) => tellsOf(OURS, number));
  const isTopical = meanings.some(({ topic }) => topic) || isAsked() || isOurs();
  // What people ask uses any words there are: it counts only if they ask about this matter.
  const has = isTopical ? founds.map((found, number) => (isElsewhere(number) ? own[number] : onPages(found, []))) : own;
  const rare = rarities(has);
  // What the book does not have weighs no more than the usual word of the query.
  const known = [...rare].filter(([number]) => has[number].size).map(([, one]) => one).sort((a, b) => a - b);
  const usual = (known[(known.length - 1) >> 1] + known[known.length >> 1]) / 2;
  if (isTopical && known.length)
    for (const [number, one] of rare) if (!has[number].size) rare.set(number, Math.min(one, usual));
  const whole = inAll(rare);
  // The pages with most of the words, and the share that each has.
  const most = (has) => {
    const shares = new Map();
    for (const [number, one] of rare) for (const page of has[number]) sum(shares, page, one);
    for (const [page, share] of shares)
      if (share / whole < book.rank.MOST) shares.delete(page);
      else shares.set(page, share / whole);
    return shares;
  };
  // The share of the words that a page has itself.
  const ownOf = remembered(() => new Map([...rare.keys()].map((number) => [number, onPages(founds[number], ["asked", "linked"])])));
  const ofPage = (page) => {
    let had = 0;
    for (const [number, one] of rare) if (ownOf().get(number).has(page)) had += one;
    return rare.size ? had / whole : 1;
  };
  // For each passage the share of the words that stands, or is meant, in itself.
  const ofPassages = () => {
    const had = new Map();
    if (rare.size < 2) return had;
    for (const [number, one] of rare) for (const passage of passagesOf(number)) sum(had, passage, one);
    for (const [passage, share] of had) had.set(passage, share / whole);
    return had;
  };
  // The pages called by most of the words, or with them in one passage of one thing.
  const close = () => {
    const pages = new Set(most(founds.map((found) => new Set(found.flatMap((one) => [...one.pages.keys()])))).keys());
    for (const [passage, share] of ofPassages())
      if (share >= book.rank.TOGETHER && !["asked", "catchwords"].includes(partOf(passage)))
        pages.add(index.passage(passage).page);
    return pages;
  };
  const firm = needed.filter(isFirm);
  // The pages that are what is cited: who cites wants them, whatever else they have.
  const cited = remembered(() => {
    const isIt = ([, worth]) => worth >= book.rank.IS_PART_OF;
    const are = (number) => new Set([...groups[number].passages].filter(isIt).map(([passage]) => index.passage(passage).page));
    const those = firm.filter((number) => isCited(asked.groups[number]));
    // Of several laws each provision answers, and a document beside them may be their law.
    const provisions = those.filter((number) => citesProvision(asked.groups[number]));
    if (provisions.some(namesLaw))
      return common(new Set(provisions.flatMap((number) => [...are(number)])), ...firm.filter((number) => !provisions.includes(number)).map((number) => has[number]));
    // A paragraph beside the citation of a ruling is one of the ruling.
    const isParagraph = (number) => asked.groups[number].every(({ tokens }) => tokens.every((token) => token.startsWith("para:")));
    const documents = those.filter((number) => !provisions.includes(number) && are(number).size);
    const isOf = documents.length && those.every((number) => documents.includes(number) || isParagraph(number));
    const others = isOf ? firm.filter((number) => !isParagraph(number)) : firm;
    const whole = isOf ? documents : those;
    return whole.length ? common(...whole.map(are), ...others.map((number) => has[number])) : new Set();
  });
  return {
    has,
    rare,
    ofPage,
    ofPassages,
    isCited: (page) => cited().has(page),
    full: () => new Set([...common(...needed.map((number) => has[number])), ...cited()]),
    most: (filtered, hasFull) => {
      if (rare.size < (hasFull ? 3 : 2)) return new Map();
      const having = firm.map((number) => has[number]);
      if (!isTopical) having.push(close());
      const shares = most(has);
      const pages = filtered(common(shares.keys(), ...having));
      return new Map([...shares].filter(([page]) => pages.has(page)));
    },
  };
};
