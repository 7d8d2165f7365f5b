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
  const numbers = new Map(Object.keys(names.topics).map((key, at) => [key, at]));
  const ids = (field, known) => filters[field] && idsOf(field, filters[field], known);
  const kinds = ids("kind", names.kinds);
  const places = ids("place", names.places);
  const courts = ids("court", names.courts);
  const standings = ids("standing", names.standings);
  const topics = ids("topic", topicNames);
  const right = ids("right", rights);
  const applied = (filters.provision ?? []).map((text) => provisions(text));
  const { from = null, to = null } = filters;
  const onTopic = (some, page) => page.some((number) => [...some].some((key) => numbers.get(key) === number));

  return (page) => {
    const { record } = index.page(page);
    const kept = record < 0 ? null : index.kept(record);
    if (!kept) return false;
    const [kind, sort, ownPlaces, court, , ownYears, standing] = kept.row;
    const ownTopics = kept.topics[page - kept.first];
    return (
      (!kinds || kinds.has(kind) || kinds.has(sort)) &&
      (!places || ownPlaces.some((place) => places.has(place))) &&
      (!courts || courts.has(court)) &&
      (!standings || standings.has(standing)) &&
      (!topics || onTopic(topics, ownTopics)) &&
      (!right || onTopic(right, ownTopics)) &&
      (!applied.length || applied.some((tokens) => applies(need(`applied-${kept.at}`)?.[page - kept.first], tokens))) &&
      (from === null || (ownYears.length > 0 && ownYears[1] >= from)) &&
      (to === null || (ownYears.length > 0 && ownYears[0] <= to))
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

const FILTERS = { kind: "Kind", place: "Place", court: "Court", standing: "Standing", topic: "Topic", year: "Year" };
// How many of the records each value of each filter would leave.
const counts = (records) => {
  const names = need("names");
  const found = Object.fromEntries(Object.keys(FILTERS).map((name) => [name, new Map()]));
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
