// What a page can do beyond being read: colours, copying with a citation, printing, searching.
// Everything works without it except search, which says so.
(() => {
  "use strict";
  const root = document.body.dataset.root;
  const make = (tag, text, name) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (name) node.className = name;
    return node;
  };

  // --- colours

  const button = document.querySelector(".scheme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => document.documentElement.dataset.scheme || (dark.matches ? "dark" : "light");
  const name = () => {
    button.textContent = now() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use ${now() === "dark" ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  name();
  dark.addEventListener("change", name);
  button.addEventListener("click", () => {
    document.documentElement.dataset.scheme = now() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("scheme", now());
    } catch (error) {
      // Nothing is kept; the choice holds for this page.
    }
    name();
  });

  // --- a page that has moved keeps the place on it

  const moved = document.querySelector("[data-moved]");
  if (moved && location.hash) location.replace(moved.href + location.hash);

  // --- superseded words are printed, and opened where a link leads into them

  const open = () => document.querySelectorAll("details").forEach((one) => (one.open = true));
  addEventListener("beforeprint", open);
  const reveal = () => {
    const aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = aim && aim.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      aim.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // --- copying words together with what they are

  const cited = (words, { cite, note }, at, anchor) => {
    const where = `${cite}${at}${note ? ` ${note}` : ""}`;
    return `“${words}”\n— ${where}\n${location.href.split(/[?#]/)[0]}#${anchor}`;
  };
  const copier = (label, text) => {
    const copy = make("button", "Copy", "copy");
    copy.type = "button";
    copy.setAttribute("aria-label", label);
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text());
        copy.textContent = "Copied";
      } catch (error) {
        copy.textContent = "Not allowed here";
      }
      setTimeout(() => (copy.textContent = "Copy"), 2000);
    });
    return copy;
  };
  if (navigator.clipboard) {
    document.querySelectorAll("figure[data-cite]").forEach((figure) => {
      const at = figure.querySelector("[data-at]");
      const words = [...figure.querySelectorAll("blockquote p")].map((p) => p.textContent).join("\n");
      const where = at.dataset.at && `, ${at.dataset.at}`;
      const text = () => cited(words, figure.dataset, where, figure.id);
      at.append(" ", copier("Copy these words with their citation", text));
    });
    document.querySelectorAll("section[data-cite] .par").forEach((par) => {
      const words = par.querySelector(".par-words").textContent;
      const label = `Copy ${par.dataset.at || "this paragraph"} with its citation`;
      const text = () => cited(words, par.parentNode.dataset, par.dataset.at, par.id);
      const tools = make("span", "", "tools");
      tools.append(par.querySelector(".perma"), copier(label, text));
      par.append(" ", tools);
    });
  }

  // --- searching, on the page for it: Material's index and worker, fetched when a query is there

  const list = document.getElementById("search-results");
  if (!list) return;
  const says = document.getElementById("search-says");
  document.getElementById("search-needs").remove();
  const field = document.getElementById("q");
  const say = (text) => (says.textContent = text);
  let worker, waiting, asked;

  const start = async () => {
    if (location.protocol === "file:")
      throw new Error("Searching needs the site from a web server. From a folder, go by the lists below.");
    const answer = await fetch(`${root}search/search_index.json`);
    if (!answer.ok) throw new Error("The index of the search cannot be read. Go by the lists below.");
    const index = await answer.json();
    worker = new Worker(`${root}assets/javascripts/workers/writbase.js`);
    await new Promise((ready, failed) => {
      worker.onmessage = ready;
      worker.onerror = () => failed(new Error("The search did not start. Go by the lists below."));
      worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
    });
  };
  const ask = (query) =>
    new Promise((answered) => {
      worker.onmessage = (event) => answered(event.data.data.items);
      worker.postMessage({ type: 2, data: query });
    });

  // "19-A" and "19 A" are 19A; what has a meaning for the worker is taken out.
  const wordsOf = (text) =>
    text
      .replace(/(\d)[\s-]+([A-Za-z])(?![\p{L}\d])/gu, "$1$2")
      .split(/[\s\-–—.,;:!?()[\]{}"'«»“”‘’„/\\|*^~+…،۔؛؟]+/u)
      .filter(Boolean);

  // Index texts carry tags of ours; only their text and the marks of what was found are taken over.
  const marked = (html, into) => {
    const copyOf = (from, to) =>
      from.childNodes.forEach((node) => {
        if (node.nodeType === 3) to.append(node.data);
        else if (node.nodeName === "MARK") copyOf(node, to.appendChild(make("mark")));
        else copyOf(node, to), to.append(" ");
      });
    copyOf(new DOMParser().parseFromString(html, "text/html").body, into);
    return into;
  };
  const excerpt = (html) => {
    const text = marked(html || "", make("p", "", "excerpt"));
    const first = [...text.childNodes].findIndex((node) => node.nodeName === "MARK");
    const before = [...text.childNodes].slice(0, Math.max(first, 0));
    let room = 80;
    before.reverse().forEach((node) => {
      const content = node.textContent;
      if (content.length > room) {
        if (room > 0) node.textContent = `… ${content.slice(-room)}`;
        else node.remove();
      }
      room -= content.length;
    });
    let rest = 280;
    [...text.childNodes].forEach((node) => {
      const content = node.textContent;
      if (rest <= 0) node.remove();
      else if (content.length > rest) node.textContent = `${content.slice(0, rest)} …`;
      rest -= content.length;
    });
    return text;
  };
  const row = (found) => {
    const page = found.find((one) => !one.location.includes("#")) || found[0];
    const best = found.filter((one) => one.location.includes("#")).sort((a, b) => b.score - a.score)[0];
    const item = make("li", "", "row");
    const head = item.appendChild(make("p", "", "row-head"));
    const link = head.appendChild(marked(page.title, make("a")));
    link.href = root + page.location;
    const tags = (page.tags || []).map((tag) => marked(tag, make("span")).textContent);
    tags.filter((tag) => /^[✕!] /.test(tag)).forEach((tag) => {
      head.append(" ", make("span", tag, `chip chip--${tag[0] === "✕" ? "gone" : "doubt"}`));
    });
    item.append(make("p", tags.filter((tag) => !/^[✕!] /.test(tag)).join(" · "), "meta"));
    const shown = best && best.score > page.score ? best : page;
    if (shown !== page) {
      const place = marked(shown.title, make("a"));
      place.href = root + shown.location;
      item.appendChild(make("p", "", "meta")).append("In: ", place);
    }
    const text = excerpt(shown.text);
    if (text.querySelector("mark")) item.append(text);
    return item;
  };

  const search = async () => {
    const query = new URLSearchParams(location.search).get("q") || "";
    field.value = query;
    const words = wordsOf(query);
    if (!words.length) {
      if (query) say("There is no word in this query. Write a provision, a name or a topic.");
      return;
    }
    if (words.length > 40) return say("This query is too long. Write up to 40 words.");
    document.title = `${query} · ${document.title}`;
    say("Searching … (the index is fetched once)");
    try {
      await start();
    } catch (error) {
      return say(error.message);
    }
    let found = await ask(words.map((word) => `+${word}`).join(" "));
    let how = "";
    if (!found.length) {
      found = await ask(words.join(" "));
      how = words.length > 1 ? " No page has all the words; these have some of them." : "";
    }
    const count = `${found.length} page${found.length === 1 ? "" : "s"} for “${query}”.`;
    say(found.length ? count + how : `Nothing was found for “${query}”. Try fewer or other words, or the lists.`);
    list.replaceChildren(...found.slice(0, 50).map(row));
    if (found.length > 50) list.after(make("p", "Only the first 50 are shown. Add a word.", "meta"));
  };
  search();
})();
