// What of a query the pages and passages of the book have: the twin of kb/find/coverage.py.

const coverage = (asked, needed, groups, meanings, meant) => {
  const founds = groups.map((found, number) => [
    found,
    ...meant.filter((_, at) => meanings[at].groups.includes(number)),
  ]);
  const has = founds.map((found) => new Set(found.flatMap((one) => [...on(one)])));
  const isCited = (group) => group.every(({ kind }) => kind === "citation");
  const beside = needed.some((number) => isCited(asked.groups[number]));
  // A citation, a phrase, or a bare number beside a citation.
  const isFirm = (number) => {
    const group = asked.groups[number];
    return group.every(isWhole) || (beside && group.some(({ kind }) => kind === "citation"));
  };
  const worth = (number) => Math.log(1 + index.pages / (1 + has[number].size));
  const rare = new Map(needed.filter((number) => !isFirm(number)).map((number) => [number, worth(number)]));
  const isTopical = meanings.some(({ topic }) => topic);
  // What the book does not have weighs no more than the usual word of the query.
  const known = [...rare].filter(([number]) => has[number].size).map(([, one]) => one).sort((a, b) => a - b);
  const usual = (known[(known.length - 1) >> 1] + known[known.length >> 1]) / 2;
  if (isTopical && known.length)
    for (const [number, one] of rare) if (!has[number].size) rare.set(number, Math.min(one, usual));
  const whole = [...rare.values()].reduce((sum, one) => sum + one, 0);
  // The pages with most of the words, and the share that each has.
  const most = (has) => {
    const shares = new Map();
    for (const [number, one] of rare) for (const page of has[number]) sum(shares, page, one);
    for (const [page, share] of shares)
      if (share / whole < book.rank.MOST) shares.delete(page);
      else shares.set(page, share / whole);
    return shares;
  };
  // For each passage the share of the words that stands, or is meant, in itself.
  const own = () => {
    const had = new Map();
    if (rare.size < 2) return had;
    for (const [number, one] of rare)
      for (const passage of new Set(founds[number].flatMap((found) => [...found.passages.keys()])))
        sum(had, passage, one);
    for (const [passage, share] of had) had.set(passage, share / whole);
    return had;
  };
  // The pages called by most of the words, or with them in one passage, not of catchwords.
  const close = () => {
    const pages = new Set(most(founds.map((found) => new Set(found.flatMap((one) => [...one.pages.keys()])))).keys());
    for (const [passage, share] of own())
      if (share >= book.rank.TOGETHER && partOf(passage) !== "catchwords") pages.add(index.passage(passage).page);
    return pages;
  };
  const firm = needed.filter(isFirm);
  // The pages that are all that is cited: who cites wants them, whatever else they have.
  const cited = () => {
    const are = firm
      .filter((number) => isCited(asked.groups[number]))
      .map((number) => [...groups[number].passages].filter(([, worth]) => worth >= book.rank.IS_PART_OF))
      .map((passages) => new Set(passages.map(([passage]) => index.passage(passage).page)));
    return are.length ? common(...are, ...firm.map((number) => has[number])) : [];
  };
  return {
    has,
    rare,
    own,
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
