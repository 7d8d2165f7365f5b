// The patterns of the citation grammar: the twin of kb/pattern.py. The data are in search/…/grammar.js.

const BLANK = "[\\s.,]{0,3}";
const LONGEST_RANGE = 60;
const W = "\\p{L}\\p{N}_";

// A regular expression as Python writes it, in which letters and digits are those of any script.
const regexOf = (source, flags = "g") => {
  let inside = false;
  const made = source.replace(/\\(.)|[[\]]/gs, (sign, letter) => {
    if (!letter) inside = sign === "[";
    if (letter === "d") return "\\p{Nd}";
    if (letter === "w") return inside ? W : `[${W}]`;
    if (letter === "W") return `[^${W}]`;
    if (letter === "b") return `(?:(?<=[${W}])(?![${W}])|(?<![${W}])(?=[${W}]))`;
    return sign;
  });
  return new RegExp(made.replaceAll("(?P<", "(?<"), `u${flags}`);
};

const squeezed = (text) => text.replace(/[\s.-]+/g, "");
const escaped = (sign) => sign.replace(/[\^$\\.*+?()[\]{}|/]/, "\\$&");
const numeral = (text) => text.replace(/^0+(?=[0-9])/, "");

const alternatives = (table) => {
  const spellings = new Set(Object.values(table).flat().map(fold));
  const order = (a, b) => b.length - a.length || (a < b ? -1 : 1);
  const one = (spelling) =>
    [...spelling].map((sign) => (sign === " " || sign === "-" ? "[\\s.\\-]{0,2}" : escaped(sign))).join("");
  return [...spellings].sort(order).map(one).join("|");
};

const makePatterns = (data) => {
  const lists = {};
  for (const [name, table] of Object.entries(data.lists)) {
    lists[name] = new Map();
    for (const [value, row] of Object.entries(table))
      for (const spelling of row) lists[name].set(squeezed(fold(spelling)), value);
  }

  const source = (template, pieces) =>
    template.replaceAll(" ", BLANK).replace(/\{(?:([a-z]+)=)?([a-z][a-z0-9-]*)\}/g, (_, kept, name) => {
      const inner = lists[name] ? alternatives(data.lists[name]) : source(data.pieces[name], {});
      if (!kept) return `(?:${inner})`;
      pieces[kept] = name;
      return `(?P<${kept}>${inner})`;
    });

  const unitOf = (text) => {
    const [, digits = "", letter, part] = /^(\p{Nd}+(?:\.\p{Nd}+)*(?:-\p{Nd}+)?)[-.]*([^(]*)(.*)$/su.exec(text) ?? [];
    // 19(1)a is 19(1)(a).
    return digits && digits + (lists.suffix?.get(squeezed(letter)) ?? letter) + part.replace(/\)([a-z])$/, ")($1)");
  };

  const value = (piece, given) => {
    if (lists[piece]) return lists[piece].get(squeezed(given)) ?? "";
    let text = given.replace(/\s/g, "");
    if (piece === "unit" || piece === "bare") return unitOf(text);
    if (piece === "case-number") {
      const found = /^([a-z]*)-*([0-9]+)-*([a-z]*)$/.exec(text);
      const parts = found ? [found[1], numeral(found[2]), found[3]] : [text];
      return parts.filter(Boolean).join("-");
    }
    if (piece === "case-year" && text.length === 2) return `${Number(text) > 46 ? "19" : "20"}${text}`;
    if (piece === "un-symbol") text = text.replace(/\/(add|rev|corr)(\d)/g, "/$1.$2");
    if (text.startsWith("(")) text = text.replace(/^[()]+|[()]+$/g, "");
    return isDecimal(text) ? numeral(text) : text;
  };

  const made = ({ kind, pattern, each, canonical, also = [] }) => {
    const pieces = {};
    const regex = regexOf(`(?<![\\w'])(?:${source(pattern, pieces)})(?!(?<=\\w)\\w)`, "gd");
    const item = each ? regexOf(source(each, pieces)) : null;
    const isProvision = kind === "provision" || kind === "unit";
    return { kind, regex, item, pieces, canonical, also, isProvision };
  };

  const all = Object.values(data.patterns).map(made);
  const fields = (pattern, found) => {
    const kept = {};
    for (const [name, text] of Object.entries(found.groups ?? {}))
      if (name in pattern.pieces) kept[name] = value(pattern.pieces[name], text ?? "");
    return kept;
  };
  return { all, fields, value, regex: (template) => regexOf(source(template, {}), "gd") };
};

const filled = (template, fields) => {
  const text = template.replace(/\(\{(\w+)\}\)/g, (_, name) => (fields[name] ? `(${fields[name]})` : ""));
  let isWhole = true;
  const made = text.replace(/\{(\w+)\}/g, (_, name) => fields[name] || (isWhole = false));
  return isWhole ? made : "";
};

const numbers = (low, high) => Array.from({ length: high - low + 1 }, (_, step) => `${low + step}`);
const isRange = (low, high) => low < high && high <= low + LONGEST_RANGE;

const halves = (unit) => {
  const [low, high] = /^[0-9]+-[0-9]+$/.test(unit) ? unit.split("-").map(Number) : [];
  return isRange(low, high) ? numbers(low, high) : [];
};

// The items between two that are joined by 'to': 15 and 16 in 14 to 17, 2B in 2A to 2C.
const between = (first, last) => {
  const items = [];
  for (const name of ["unit", "number"]) {
    const [low, high] = [first[name] ?? "", last[name] ?? ""];
    const [, number, from] = /^([0-9]+)([a-z])$/.exec(low) ?? [];
    const [, other, to] = /^([0-9]+)([a-z])$/.exec(high) ?? [];
    if (isDecimal(low) && isDecimal(high) && isRange(+low, +high)) {
      for (const one of numbers(+low + 1, +high - 1)) items.push({ [name]: one });
    } else if (number && number === other) {
      for (let code = from.charCodeAt() + 1; code < to.charCodeAt(); code++)
        items.push({ [name]: number + String.fromCharCode(code) });
    }
  }
  return items;
};
