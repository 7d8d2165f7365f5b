// A query as it was typed, read into what is wanted, what is not, and filters: kb/find/parse.py.

const TYPED = ["kind", "place", "court", "topic", "standing", "right", "provision", "applies", "year"];

const withTyped = (filters, name, value) => {
  if (name === "year") {
    const [from, to] = years(value);
    return { ...filters, from, to };
  }
  const field = name === "applies" ? "provision" : name;
  return { ...filters, [field]: [...(filters[field] ?? []), value] };
};

const years = (text) => {
  const found = /^([0-9]{4})?(?:(-|\.\.)([0-9]{4})?)?$/.exec(fold(text).trim());
  if (!found || !(found[1] || found[3]))
    throw new QueryProblem(`'${text}' is not a year. Write year:2024 or year:2020-2024.`);
  const first = found[1] ? Number(found[1]) : null;
  const last = found[3] ? Number(found[3]) : null;
  return [first, found[2] ? last : first];
};

const SIGNS = { OR: "or", "|": "or", "||": "or", NOT: "not", AND: "", "&": "", "&&": "", "+": "" };
const APART = new RegExp(
  `(?<!\\S)(?<no>-?)(?<field>${TYPED.join("|")}):(?<value>"[^"]*"|[^\\s"]+)|(?<minus>(?<!\\S)-)?"(?<phrase>[^"]*)"`,
  "giu",
);
const MINUS = /(?<!\S)[-−](?=[^\s-])/gu;

const isSmall = (wanted) => wanted.kind === "word" && book.small.has(wanted.tokens[0]);
// Citations and phrases are wanted whole.
const isWhole = ({ kind }) => kind === "citation" || kind === "phrase";
// The groups that count: small words only if there are no others.
const neededOf = ({ groups }) => {
  const numbers = [...groups.keys()];
  const telling = numbers.filter((number) => !groups[number].every(isSmall));
  return telling.length ? telling : numbers;
};
const unquoted = (value) => value.replace(/^"+|"+$/g, "");

// The query without quotes round the name of a law: ст. 64 закона «О связи» is one thing.
const withoutQuotesInLaws = (text, grammar) => {
  const letters = [...Array(text.length).keys()].map((at) => text[at]);
  for (const { whole } of grammar && text.includes('"') ? grammar.find(text, true) : []) {
    // One of the two may stand right before or behind what is cited, not both: that is a phrase.
    for (const [from, to] of [[whole[0] - 1, whole[1]], [whole[0], whole[1] + 1]]) {
      const quotes = letters.flatMap((_, at) => (text[at] === '"' && at >= from && at < to ? [at] : []));
      if (quotes.length === 2) for (const at of quotes) letters[at] = " ";
    }
  }
  // The title of a Russian law: «О связи».
  for (const { index: from, 0: title } of text.matchAll(/"об? [^"]*"/gi)) letters[from] = letters[from + title.length - 1] = " ";
  return letters.join("");
};

const parse = (text, given) => {
  if ([...text].length > 2000) throw new QueryProblem("The query has more than 2,000 characters. Take the words that matter.");
  // Without a number there is no citation, and the grammar need not be loaded.
  const hasNumber = hasDigit(text) || new RegExp(book.rank.numerals, "iu").test(text);
  const grammar = hasNumber ? index.grammar : null;
  // What is a blank to Python, and only that.
  const blanks = text.replaceAll("\ufeff", "\u2060").replace(/[\x1c-\x1f\x85]/g, " ");
  const plain = withoutQuotesInLaws(blanks.replace(/[“”„«»‟″＂]/g, '"'), grammar);
  const items = [];
  let filters = given;
  let here = 0;
  for (const apart of plain.matchAll(APART)) {
    const { no, field, value, minus, phrase } = apart.groups;
    items.push(...plainItems(plain.slice(here, apart.index), grammar));
    here = apart.index + apart[0].length;
    if (field) {
      if (no) throw new QueryProblem("A filter cannot be excluded; leave out the - before it.");
      filters = withTyped(filters, field.toLowerCase(), unquoted(value));
    } else items.push({ wanted: phraseOf(phrase, grammar), excluded: minus });
  }
  items.push(...plainItems(plain.slice(here), grammar));
  wait();
  const [groups, excluded] = combined(items);
  if (!groups.length && !Object.keys(filters).length) {
    if (excluded.length) throw new QueryProblem("The query says only what is not wanted. Add a word that is.");
    throw new QueryProblem("There is no word in this query. Type a word, a citation or a provision.");
  }
  return { text, groups, excluded, filters };
};

const combined = (items) => {
  const groups = [];
  const excluded = [];
  let joining = false;
  let negating = false;
  for (const { wanted = [], sign = "", excluded: isExcluded, either } of items) {
    if (sign === "or") joining = groups.length > 0;
    else if (sign === "not") negating = true;
    else if (wanted.length) {
      if (negating || isExcluded) excluded.push(...wanted);
      else if (joining) groups[groups.length - 1] = [...groups[groups.length - 1], ...wanted];
      else if (either) groups.push(wanted);
      else groups.push(...wanted.map(withNumber));
      joining = negating = false;
    }
  }
  return [groups, excluded];
};

const withNumber = (wanted) => {
  const number = wanted.tokens[0];
  if (wanted.kind === "word" && /^[1-9][0-9]{0,2}$/.test(number))
    return [wanted, { kind: "citation", text: wanted.text, tokens: [`unit:${Number(number)}`] }];
  return [wanted];
};

const phraseOf = (text, grammar) => {
  const found = grammar ? grammar.find(text) : [];
  if (found.length === 1 && !/[\p{L}\p{N}]/u.test(without(text, found)))
    return [{ kind: "citation", text, tokens: found[0].wanted }];
  const tokens = [];
  for (const word of wordsIn(text, grammar)) if (word.place === tokens.length) tokens.push(word.token);
  return tokens.length ? [{ kind: "phrase", text, tokens }] : [];
};

const without = (text, found) => {
  let left = text;
  for (const { whole: [from, to] } of found) left = left.slice(0, from) + " ".repeat(to - from) + left.slice(to);
  return left;
};

const plainItems = (given, grammar) => {
  const typed = grammar ? grammar.inDigits(given, book.rank.numerals) : given;
  const excluded = new Set([...typed.matchAll(MINUS)].map((found) => found.index + found[0].length));
  let text = typed.replace(MINUS, " ");
  const at = [];
  for (const found of text.matchAll(/\S+/gu)) {
    const one = found[0].toLowerCase();
    if (one.includes("-") && index.has("tokens", one)) {
      const wanted = [{ kind: "citation", text: found[0], tokens: [one] }];
      at.push([found.index, { wanted, excluded: excluded.has(found.index) }]);
      text = text.slice(0, found.index) + " ".repeat(found[0].length) + text.slice(found.index + found[0].length);
    }
  }
  const citations = outermost(grammar ? grammar.find(text, true) : []);
  // Of several in one list, 'Articles 19 and 19A', each is an answer.
  for (let from = 0; from < citations.length; ) {
    const { whole } = citations[from];
    let to = from + 1;
    while (to < citations.length && sameSpan(citations[to].whole, whole)) to++;
    const row = citations.slice(from, to);
    const typed = (one) => (row.length === 1 ? text.slice(...whole) : one.text);
    const wanted = row.map((one) => ({ kind: "citation", text: typed(one), tokens: one.wanted }));
    at.push([row[0].start, { wanted, excluded: excluded.has(whole[0]), either: true }]);
    from = to;
  }
  for (const found of without(text, citations).matchAll(/\S+/gu))
    for (const item of wordItems(found[0], excluded.has(found.index))) at.push([found.index, item]);
  return at.sort((a, b) => a[0] - b[0]).map(([, item]) => item);
};

const sameSpan = (a, b) => a[0] === b[0] && a[1] === b[1];

const outermost = (found) =>
  found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          !sameSpan(other.whole, [other.start, other.end]) &&
          sameSpan(one.whole, [one.start, one.end]) &&
          other.whole[0] <= one.start &&
          one.end <= other.whole[1],
      ),
  );

const wordItems = (text, excluded) => {
  const number = `unit:${text}`;
  if (/^[0-9]+\.[0-9]+(-[0-9]+)?$/.test(text) && index.has("tokens", number))
    return [{ wanted: [{ kind: "citation", text, tokens: [number] }], excluded }];
  if (Object.hasOwn(SIGNS, text)) return SIGNS[text] ? [{ sign: SIGNS[text] }] : [];
  const cut = wordsIn(text);
  return cut.map((word, at) => {
    const starred = at === cut.length - 1 && text[word.end] === "*";
    const kind = starred && [...word.token].length > 1 ? "prefix" : "word";
    return { wanted: [{ kind, text: text.slice(word.start, word.end), tokens: [word.token] }], excluded };
  });
};
