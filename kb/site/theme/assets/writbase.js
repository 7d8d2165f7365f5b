// What a page can do beyond being read: colours, copying with a citation, printing.
// Everything works without it.
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
  const aimed = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      return null; // an address that was cut off within a sign
    }
  };
  const reveal = () => {
    const aim = aimed();
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

  // --- the search is fetched as soon as someone goes to the field, on a page without it

  const field = document.getElementById("q");
  const fetchSearch = () => {
    const script = make("script");
    script.src = `${root}assets/search.js`;
    document.head.append(script);
  };
  if (field && !document.getElementById("search-results")) {
    field.addEventListener("focus", fetchSearch, { once: true });
    // Behind the # it is not sent to the server. And Firefox lets no form lead from file to file.
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(`${field.form.action}#${new URLSearchParams({ q: field.value })}`);
    });
  }
})();
