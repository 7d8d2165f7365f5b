// The page of the search: the field in the head, what was found, and what narrows it.

// For programs and tests: the answer as `kb find --json` gives it.
Object.assign(writbase, { find: (text, how) => settled(() => find(text, how)), fold, stem });

const byId = (name) => document.getElementById(`search-${name}`);
const make = (tag, name, ...parts) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...parts);
  return node;
};
const link = (text, url) => {
  const node = make("a", "", text);
  node.href = document.body.dataset.root + url;
  return node;
};
const present = (parts) => parts.filter(Boolean);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

// A day, a month or a year, with as much of it as is known.
const spoken = (date) => {
  const [, month, day] = date.split("-");
  const shown = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" };
  return new Date(date).toLocaleDateString("en-GB", shown);
};

const page = (results) => {
  const field = document.getElementById("q");
  const [says, meant, narrow, filters, more] = ["says", "meant", "narrow", "filters", "more"].map(byId);
  const hello = says.textContent;
  const title = document.title;
  const FIRST = [1, 4]; // results that are loaded before the others: the best, and a small screen
  const STEP = 10;
  let turn = 0;
  let limit = STEP;
  let timer = 0;

  // --- one result

  const marked = (text, marks, language) => {
    let here = 0;
    const parts = marks.flatMap(([start, end]) => {
      const before = text.slice(here, start);
      here = end;
      return [before, make("mark", "", text.slice(start, end))];
    });
    const node = make("p", "excerpt", ...parts, text.slice(here));
    node.dir = "auto";
    if (language) node.lang = language;
    return node;
  };
  const KINDS = { instrument: "Law", argument: "Argument: our words, not the law" };
  const chip = (one) => {
    const [tone, label] = book.standings[one.standing] ?? ["gone", "No longer the law"];
    const sign = { good: "✓", doubt: "!", gone: "✕" }[tone];
    return make("span", `chip chip--${tone}`, `${sign} ${label}`);
  };
  const row = (one, isMost) => {
    const isUnit = one.id.includes("/");
    const name = isUnit && one.pinpoint ? `${one.title}, ${one.pinpoint}` : one.title;
    // The name of a record leads to its head, where its standing is; the pinpoint leads to the words.
    const head = [link(name, isUnit ? one.url : `${one.id}.html`)];
    if (one.standing || one.standing_says) head.push(" ", chip(one));
    const kind = isUnit ? "Provision" : KINDS[one.kind] ?? capital(one.kind);
    // A provision may be younger than its law, so the day of the law would be a wrong day for it.
    const day = !isUnit && one.date && spoken(one.date);
    const about = [present([kind, one.where, day, isMost && "most of the words"]).join(" · ")];
    if (one.beside) about.push(" · few of the words, beside ", link(one.beside.title, one.beside.url));
    if (!isUnit && one.pinpoint) about.push(" · ", link(one.pinpoint, one.url));
    const simply = one.standing === "stands" && !one.standing_says.includes("point");
    const also = one.also.flatMap((place, at) => [at ? " · " : "Also: ", link(place.pinpoint, place.url)]);
    const parts = [
      make("p", "row-head", ...head),
      make("p", "meta", ...about),
      !simply && one.standing_says && make("p", "result-says", one.standing_says),
      marked(one.passage, one.marks, one.language),
      also.length && make("p", "meta", ...also),
    ];
    return make("li", "row", ...present(parts));
  };
  // --- what is said

  const sentences = (query, found) => {
    const said = [
      ...found.refused.map((one) => `“${one}” is a citation that this book does not hold.`),
      ...found.mentioned.map((one) => `“${one}” is spoken of here, but the book does not hold it itself.`),
    ];
    if (found.relaxed) said.push("No record has all these words; these have most, or stand beside one that has.");
    const { total } = found;
    if (total) said.unshift(`${total.toLocaleString("en")} record${total > 1 ? "s" : ""} for “${query}”.`);
    else if (!found.refused.length) said.push(`Nothing was found for “${query}”. Try other words, or the lists below.`);
    if (found.nearest.length) said.push("The nearest that the book has:");
    return said.join(" ");
  };
  const PROBLEM =
    "A part of the book could not be loaded. Load the page again, or go by the lists below.";
  const sorry = (error) => clear(error instanceof QueryProblem ? error.message : PROBLEM);
  const clear = (text) => {
    says.textContent = text;
    results.replaceChildren();
    for (const node of [meant, narrow, more]) node.hidden = true;
  };
  const show = (query, found) => {
    says.textContent = sentences(query, found);
    const nearest = found.nearest.map(({ title, url }) => make("li", "row", link(title, url)));
    results.replaceChildren(...found.results.map((one) => row(one, found.complete && !one.whole && !one.beside)), ...nearest);
    meant.hidden = !found.did_you_mean;
    if (found.did_you_mean) meant.replaceChildren("Did you mean: ", asking(found.did_you_mean, found.did_you_mean, "a"));
    narrow.hidden = !found.total;
    more.hidden = found.total <= found.results.length;
  };

  // --- asking

  const addressed = (query) => (query ? `#q=${encodeURIComponent(query)}` : "#");
  const asking = (text, query, tag, name) => {
    const node = make(tag, name, text);
    if (tag === "a") node.href = addressed(query);
    else node.type = "button";
    node.addEventListener("click", (event) => {
      event.preventDefault();
      field.value = query;
      search();
    });
    return node;
  };
  // The query stands in the address, to be passed on, in the part that is sent to no server; nothing
  // is added to the history.
  const remember = (query) => {
    try {
      history.replaceState(null, "", location.pathname + addressed(query));
    } catch (error) {
      location.replace(addressed(query));
    }
    document.title = query ? `${query} · ${title}` : title;
  };
  const given = (part) => new URLSearchParams(part).get("q");
  const givenInHash = () => given(location.hash.slice(1));

  // Tells whether something else has been asked since.
  const since = (mine = turn) => () => mine !== turn;
  const search = async (isMore = false) => {
    turn++;
    const isStale = since();
    // Half a sign, as a keyboard may leave it, has no place in an address.
    const query = field.value.replace(/\p{Cs}/gu, "\ufffd");
    if (!isMore) limit = STEP;
    remember(query);
    if (!query) return clear(hello);
    if (!isMore) says.textContent = "Searching …";
    try {
      const steps = isMore ? [] : [...FIRST, limit].map((few) => ({ limit: few, isQuick: true }));
      for (const how of [...steps, { limit }]) {
        const found = await settled(() => find(query, how), isStale);
        if (isStale()) return;
        // What is nearest, or was meant, is still being looked for.
        if (!how.isQuick || found.total || found.refused.length) show(query, found);
        if (!how.isQuick) results.dataset.query = query;
        if (!how.isQuick && narrow.open) await offer(query, isStale);
      }
    } catch (error) {
      if (!isStale()) sorry(error);
    }
  };

  // --- narrowing: filters stand in the query, so that they are in its address, too

  const withFilter = (query, typed) => {
    const parts = present(query.split(/\s+/));
    return (parts.includes(typed) ? parts.filter((part) => part !== typed) : [...parts, typed]).join(" ");
  };
  const offer = async (query, isStale) => {
    const found = await settled(() => {
      const { counts } = index.narrowing();
      return counts(find(query, { limit: 0, isQuick: true }).records ?? []);
    }, isStale);
    const { labels } = blocks.names;
    const typed = query.split(/\s+/);
    const groups = Object.entries(found).filter(([, values]) => values.size);
    filters.replaceChildren(
      ...groups.map(([name, values]) => {
        const order = name === "year" ? 0 : 1;
        const sorted = [...values].sort((a, b) => b[order] - a[order]);
        const buttons = sorted.slice(0, 15).flatMap(([value, count]) => {
          const filter = `${name}:${value}`;
          const label = labels[name]?.[value] ?? capital(`${value}`);
          const button = asking(`${label} ${count}`, withFilter(query, filter), "button", "search-filter");
          button.setAttribute("aria-pressed", typed.includes(filter));
          return [button, " "];
        });
        return make("div", "search-group", make("p", "", `${capital(name)}: `, ...buttons));
      }),
    );
  };

  // --- keys

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [field, ...results.querySelectorAll(".row-head a, li > a")];
    const at = stops.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    // In the field, Escape is the browser's own key to empty it.
    if (at < 0 || to === at || !stops[to]) return;
    stops[to].focus();
    event.preventDefault();
  });

  byId("needs").remove();
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  more.addEventListener("click", () => {
    limit += STEP;
    search(true);
  });
  narrow.addEventListener("toggle", () => {
    if (narrow.open) offer(field.value, since()).catch(sorry);
  });
  addEventListener("hashchange", () => {
    const asked = givenInHash();
    if (asked === null || asked === field.value) return;
    field.value = asked;
    search();
  });
  field.value = givenInHash() ?? given(location.search) ?? field.value;
  if (field.value) search();
};

// On other pages only the table of the book is read, to be there when the page of the search opens.
const results = byId("results");
if (results) page(results);
const prepare = async () => {
  await openBook();
  // Nearly every query needs the rows.
  if (results) book.rows.forEach((_, at) => load(`rows-${at}`));
};
if (!book) prepare().catch(() => {});
