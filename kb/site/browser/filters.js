// What narrows an answer: the twin of kb/find/filters.py, and the counts beside each filter. Loaded
// when a query has a filter, or when a reader opens the filters.

// What tells whether a page passes; throws `QueryProblem` if a value is nothing of the book.
const passing = (filters) => {
  const names = need("names");
  wait();
  const topicNames = Object.fromEntries(
    Object.entries(names.topics).map(([key, [, phrases]]) => [key, [key, fold(names.labels.topic[key]), ...phrases]]),
  );
  const rights = Object.fromEntries(Object.entries(topicNames).filter(([key]) => names.topics[key][0]));
  // Whether any of a page's own values is one of those asked for.
  const among = (field, known) => {
    if (!filters[field]) return () => true;
    const asked = idsOf(field, filters[field], known);
    return (own) => own.some((one) => asked.has(one));
  };
  const kinds = among("kind", names.kinds);
  const places = among("place", names.places);
  const courts = among("court", names.courts);
  const standings = among("standing", names.standings);
  const topics = among("topic", topicNames);
  const right = among("right", rights);
  const applied = (filters.provision ?? []).map(provisions);
  const { from = null, to = null } = filters;
  const keys = Object.keys(names.topics);

  return (page) => {
    const { record } = index.page(page);
    const kept = record < 0 ? null : index.kept(record);
    if (!kept) return false;
    const [kind, sort, ownPlaces, court, , [began, ended], standing] = kept.row;
    const ownTopics = kept.topics[page - kept.first].map((number) => keys[number]);
    return (
      kinds([kind, sort]) &&
      places(ownPlaces) &&
      courts([court]) &&
      standings([standing]) &&
      topics(ownTopics) &&
      right(ownTopics) &&
      (!applied.length || applied.some((tokens) => applies(need(`applied-${kept.at}`)?.[page - kept.first], tokens))) &&
      // Of a record without a year, neither holds.
      (from === null || ended >= from) &&
      (to === null || began <= to)
    );
  };
};

const idsOf = (field, values, known) => {
  const found = new Set();
  const plain = (name) => name.replaceAll("-", " ");
  for (const value of values) {
    const wanted = plain(fold(value)).split(/\s+/).filter(Boolean).join(" ");
    const ids = Object.keys(known).filter((key) => key === value || known[key].some((name) => plain(name) === wanted));
    if (!ids.length) {
      const near = nearest(fold(value), Object.values(known).flat());
      const meant = near ? ` Did you mean '${near}'?` : ` There are: ${Object.keys(known).join(", ")}.`;
      throw new QueryProblem(`There is no ${field} '${value}'.${meant}`);
    }
    ids.forEach((id) => found.add(id));
  }
  return found;
};

const provisions = (text) => {
  const wanted = text.trim().toLowerCase();
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+(?:\/\S*)?$/.test(wanted)) return [wanted];
  if (isDecimal(wanted)) return [`unit:${Number(wanted)}`];
  const found = index.grammar.find(text).flatMap((one) => one.wanted);
  wait();
  if (!found.length)
    throw new QueryProblem(`'${text}' is not a provision. Write it like pk-constitution/19a or Article 19A.`);
  return found;
};

const applies = (applied, tokens) =>
  (applied ?? []).some((one) => tokens.some((token) => one === token || (!token.includes("/") && one.startsWith(`${token}/`))));

// --- what is offered

const FILTERS = ["kind", "place", "court", "standing", "topic", "year"];
// How many of the records each value of each filter would leave.
const counts = (records) => {
  const names = need("names");
  const found = Object.fromEntries(FILTERS.map((name) => [name, new Map()]));
  const add = (name, value) => value && found[name].set(value, (found[name].get(value) ?? 0) + 1);
  const topics = names && Object.keys(names.topics);
  for (const one of records) {
    const kept = index.kept(one.record);
    if (!kept || !names) continue;
    const [kind, , places, court, , ownYears, standing] = kept.row;
    add("kind", kind);
    new Set(places).forEach((place) => add("place", place));
    add("court", court);
    add("standing", standing);
    for (let year = ownYears[0]; year <= ownYears[1]; year++) add("year", year);
    const pages = new Set(one.passages.map((passage) => index.passage(passage).page));
    const own = new Set([...pages].flatMap((number) => kept.topics[number - kept.first]));
    own.forEach((number) => add("topic", topics[number]));
  }
  return found;
};
