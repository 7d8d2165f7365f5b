// The page of the search: the field in the head, what was found, and what narrows it.

// For programs and tests: the answer as `kb find --json` gives it.
writbase.find = (text, how) => settled(() => find(text, how));
Object.assign(writbase, { fold, stem });

const byId = (name) => document.getElementById(`search-${name}`);
const make = (tag, text = "", name = "") => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (name) node.className = name;
  return node;
};
const link = (text, url, name) => {
  const node = make("a", text, name);
  node.href = document.body.dataset.root + url;
  return node;
};
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const counted = (number, thing) => `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;

const MONTHS =
  "January February March April May June July August September October November December".split(" ");
const spoken = (date) => {
  const [year, month, day] = date.split("-").map(Number);
  return [day, MONTHS[month - 1], year].filter(Boolean).join(" ");
};

const page = (results) => {
  const field = document.getElementById("q");
  const [says, meant, narrow, filters, more] = ["says", "meant", "narrow", "filters", "more"].map(byId);
  const hello = says.textContent;
  const title = document.title;
  const FIRST = 3; // results that fill a small screen: these are loaded before the others
  const STEP = 10;
  let turn = 0;
  let limit = STEP;
  let timer = 0;

  // --- one result

  const marked = (text, marks, language) => {
    const node = make("p", "", "excerpt");
    node.dir = "auto";
    if (language) node.lang = language;
    let here = 0;
    for (const [start, end] of marks) {
      node.append(text.slice(here, start), make("mark", text.slice(start, end)));
      here = end;
    }
    node.append(text.slice(here));
    return node;
  };
  const KINDS = { instrument: "Law", argument: "Argument: our words, not the law" };
  const chip = (one) => {
    const [tone, label] = book.standings[one.standing] ?? ["gone", "No longer the law"];
    const sign = { good: "✓", doubt: "!", gone: "✕" }[tone];
    return make("span", `${sign} ${label}`, `chip chip--${tone}`);
  };
  const row = (one) => {
    const isUnit = one.id.includes("/");
    const item = make("li", "", "row");
    const head = item.appendChild(make("p", "", "row-head"));
    const name = isUnit && one.pinpoint ? `${one.title}, ${one.pinpoint}` : one.title;
    // The name of a record leads to its head, where its standing is; the pinpoint leads to the words.
    head.append(link(name, isUnit ? one.url : `${one.id}.html`));
    if (one.standing || one.standing_says) head.append(" ", chip(one));
    const kind = isUnit ? "Provision" : KINDS[one.kind] ?? capital(one.kind);
    // A provision may be younger than its law, so the day of the law would be a wrong day for it.
    const day = !isUnit && one.date && spoken(one.date);
    const about = item.appendChild(make("p", [kind, one.where, day].filter(Boolean).join(" · "), "meta"));
    if (!isUnit && one.pinpoint) about.append(" · ", link(one.pinpoint, one.url));
    const simply = one.standing === "stands" && !one.standing_says.includes("point");
    if (one.standing_says && !simply) item.append(make("p", one.standing_says, "result-says"));
    item.append(marked(one.passage, one.marks, one.language));
    if (one.also.length) {
      const also = item.appendChild(make("p", "Also: ", "meta"));
      one.also.forEach((place, at) => also.append(at ? " · " : "", link(place.pinpoint, place.url)));
    }
    return item;
  };

  // --- what is said

  const sentences = (query, found) => {
    const said = [
      ...found.refused.map((one) => `“${one}” is a citation that this book does not hold.`),
      ...found.mentioned.map((one) => `“${one}” is spoken of here, but the book does not hold it itself.`),
    ];
    if (found.relaxed) said.push("No record has all these words. These have most of them.");
    if (found.total) said.unshift(`${counted(found.total, "record")} for “${query}”.`);
    else if (!found.refused.length) said.push(`Nothing was found for “${query}”. Try fewer or other words, or the lists below.`);
    if (found.nearest.length) said.push("The nearest that the book has:");
    return said.join(" ");
  };
  const PROBLEM =
    "A part of the book could not be loaded, so this search has no answer. Load the page again, or go by the lists below.";
  const sorry = (error) => {
    clear(error instanceof QueryProblem ? error.message : PROBLEM);
  };
  const clear = (text) => {
    says.textContent = text;
    results.replaceChildren();
    for (const node of [meant, narrow, more]) node.hidden = true;
  };
  const show = (query, found) => {
    says.textContent = sentences(query, found);
    results.replaceChildren(...found.results.map(row));
    for (const one of found.nearest) results.append(make("li", "", "row"));
    [...results.children].slice(found.results.length).forEach((item, at) => {
      item.append(link(found.nearest[at].title, found.nearest[at].url));
    });
    meant.hidden = !found.did_you_mean;
    if (found.did_you_mean) meant.replaceChildren("Did you mean: ", asking(found.did_you_mean, found.did_you_mean, "a"));
    narrow.hidden = !found.total;
    more.hidden = found.total <= found.results.length;
  };

  // --- asking

  const addressed = (query) => `?q=${encodeURIComponent(query)}`;
  const asking = (text, query, tag, name) => {
    const node = make(tag, text, name);
    if (tag === "a") node.href = addressed(query);
    else node.type = "button";
    node.addEventListener("click", (event) => {
      event.preventDefault();
      field.value = query;
      search();
    });
    return node;
  };
  // The query stands in the address, to be passed on; nothing is added to the history.
  const remember = (query) => {
    try {
      history.replaceState(null, "", query ? addressed(query) : location.pathname);
    } catch (error) {
      location.replace(`#q=${encodeURIComponent(query)}`);
    }
    document.title = query ? `${query} · ${title}` : title;
  };
  const given = () => {
    const inHash = /^#q=(.*)/.exec(location.hash);
    try {
      return inHash ? decodeURIComponent(inHash[1].replaceAll("+", " ")) : new URLSearchParams(location.search).get("q") || "";
    } catch (error) {
      return "";
    }
  };

  const search = async ({ isMore = false } = {}) => {
    const mine = ++turn;
    const query = field.value;
    const isStale = () => mine !== turn;
    if (!isMore) limit = STEP;
    remember(query);
    if (!query) return clear(hello);
    if (!isMore) says.textContent = "Searching …";
    try {
      const steps = isMore ? [] : [{ limit: FIRST, isQuick: true }, { limit, isQuick: true }];
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
    const parts = query.split(/\s+/).filter(Boolean);
    return parts.includes(typed) ? parts.filter((part) => part !== typed).join(" ") : [...parts, typed].join(" ");
  };
  const offer = async (query, isStale) => {
    const found = await settled(() => {
      const narrowing = index.narrowing();
      const { records = [] } = find(query, { limit: 0, isQuick: true });
      return narrowing.counts(records);
    }, isStale);
    const { labels } = blocks.names;
    const typed = query.split(/\s+/);
    const groups = Object.entries(found).filter(([, values]) => values.size);
    filters.replaceChildren(
      ...groups.map(([name, values]) => {
        const group = make("div", "", "search-group");
        const list = make("p", `${capital(name)}: `);
        const sorted = [...values].sort((a, b) => (name === "year" ? b[0] - a[0] : b[1] - a[1]));
        for (const [value, count] of sorted.slice(0, 15)) {
          const filter = `${name}:${value}`;
          const label = labels[name]?.[value] ?? capital(`${value}`);
          const button = asking(`${label} ${count}`, withFilter(query, filter), "button", "search-filter");
          button.setAttribute("aria-pressed", typed.includes(filter));
          list.append(button, " ");
        }
        group.append(list);
        return group;
      }),
    );
  };

  // --- keys

  const links = () => [...results.querySelectorAll(".row-head a, li > a")];
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = links();
    const at = all.indexOf(target);
    if (key === "Escape" && at >= 0) field.focus();
    else if (key === "ArrowDown" && target === field && all.length) all[0].focus();
    else if (key === "ArrowDown" && at >= 0 && at + 1 < all.length) all[at + 1].focus();
    else if (key === "ArrowUp" && at === 0) field.focus();
    else if (key === "ArrowUp" && at > 0) all[at - 1].focus();
    else return;
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
    search({ isMore: true });
  });
  narrow.addEventListener("toggle", () => {
    const mine = turn;
    if (narrow.open) offer(field.value, () => mine !== turn).catch(sorry);
  });
  addEventListener("hashchange", () => {
    if (!location.hash.startsWith("#q=") || given() === field.value) return;
    field.value = given();
    search();
  });
  field.value = given() || field.value;
  if (field.value) search();
};

// On other pages only the table of the book is read, to be there when the page of the search opens.
const results = byId("results");
if (results) page(results);
const prepare = async () => {
  await openBook();
  // Every query needs the rows; those of a small book are one block.
  if (results && book.rows.length < 3) book.rows.forEach((_, at) => load(`rows-${at}`));
};
if (!book) prepare().catch(() => {});
