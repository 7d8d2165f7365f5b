// The patterns of the citation grammar: the twin of kb/pattern.py. The data are in search/…/grammar.js.

const BLANK = "[\\s.,]{0,3}";
const LONGEST_RANGE = 60;
const W = "\\p{L}\\p{N}_";

// A regular expression as Python writes it, in which letters and digits are those of any script.
const regexOf = (source, flags = "g") => {
  let made = "";
  let inside = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (sign === "\\") {
      const next = source[++at];
      if (next === "d") made += "\\p{Nd}";
      else if (next === "w") made += inside ? W : `[${W}]`;
      else if (next === "W") made += `[^${W}]`;
      else if (next === "b") made += `(?:(?<=[${W}])(?![${W}])|(?<![${W}])(?=[${W}]))`;
      else made += sign + next;
      continue;
    }
    if (sign === "[") inside = true;
    if (sign === "]") inside = false;
    made += sign;
  }
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
    const at = text.indexOf("(");
    const number = at < 0 ? text : text.slice(0, at);
    const digits = /^[\p{Nd}.]+(?:-\p{Nd}+)?/u.exec(number);
    if (!digits) return "";
    const letter = number.slice(digits[0].length).replace(/^-+/, "");
    return digits[0] + (lists.suffix?.get(squeezed(letter)) ?? letter) + text.slice(number.length);
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
    if (text.startsWith("(")) text = text.replace(/^[()]+|[()]+$/g, "");
    return isDecimal(text) ? numeral(text) : text;
  };

  const made = (name, { kind, pattern, each, canonical, also = [] }) => {
    const pieces = {};
    const regex = regexOf(`(?<![\\w'])(?:${source(pattern, pieces)})(?!(?<=\\w)\\w)`, "gd");
    const item = each ? regexOf(source(each, pieces)) : null;
    const isProvision = kind === "provision" || kind === "unit";
    return { name, kind, regex, item, pieces, canonical, also, isProvision };
  };

  const all = Object.entries(data.patterns).map(([name, one]) => made(name, one));
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
  const names = [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
  return names.some((name) => !fields[name]) ? "" : text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);
};

const halves = (unit) => {
  const found = /^([0-9]+)-([0-9]+)$/.exec(unit);
  if (!found) return [];
  const [low, high] = [Number(found[1]), Number(found[2])];
  if (!(low < high && high <= low + LONGEST_RANGE)) return [];
  return Array.from({ length: high - low + 1 }, (_, step) => `${low + step}`);
};

// The items between two that are joined by 'to': 15 and 16 in 14 to 17, 2B in 2A to 2C.
const between = (first, last) => {
  const items = [];
  for (const name of ["unit", "number"]) {
    const low = first[name] ?? "";
    const high = last[name] ?? "";
    if (isDecimal(low) && isDecimal(high) && +low < +high && +high <= +low + LONGEST_RANGE) {
      for (let number = +low + 1; number < +high; number++) items.push({ [name]: `${number}` });
    } else if (/^[0-9]+[a-z]$/.test(low) && /^[0-9]+[a-z]$/.test(high) && low.slice(0, -1) === high.slice(0, -1)) {
      for (let code = low.charCodeAt(low.length - 1) + 1; code < high.charCodeAt(high.length - 1); code++)
        items.push({ [name]: low.slice(0, -1) + String.fromCharCode(code) });
    }
  }
  return items;
};

const enclosing = (token) => {
  const found = [token];
  for (let one = token; one.endsWith(")") && one.includes("("); ) found.push((one = one.slice(0, one.lastIndexOf("("))));
  return found;
};
