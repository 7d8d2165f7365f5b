// The piece of a passage that is shown, and the marks in it: the twin of kb/find/excerpt.py.

const LONG = 240;

const excerpt = (text, language, asked) => {
  // Words stand where they stand, whatever is cited around them; only numbers are read otherwise.
  const cites = asked.some(({ kind, tokens }) => kind === "citation" || (kind === "phrase" && tokens.some(hasDigit)));
  const cut = wordsIn(text, cites ? index.grammar : null, language);
  const different = new Map();
  for (const wanted of asked) for (const span of spansOf(cut, wanted)) different.set(span.join(), span);
  const spans = [...different.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const [start, end] = windowOf(text, spans);
  const front = start ? "… " : "";
  const back = end < text.length ? " …" : "";
  const shift = front.length - start;
  const marks = spans.filter(([a, b]) => start <= a && b <= end).map(([a, b]) => [a + shift, b + shift]);
  return [front + text.slice(start, end).replaceAll("\n", " ") + back, apart(marks)];
};

const spansOf = (cut, wanted) => {
  if (wanted.kind === "phrase") return phraseSpans(cut, wanted.tokens);
  if (isSmall(wanted)) return [];
  const stemmed = wanted.kind === "word" ? stems(wanted.tokens[0]) : [];
  const isIt = (word) =>
    wanted.kind === "prefix"
      ? word.token.startsWith(wanted.tokens[0])
      : wanted.tokens.includes(word.token) || (word.stem && stemmed.includes(word.stem));
  return cut.filter(isIt).map(({ start, end }) => [start, end]);
};

const phraseSpans = (cut, tokens) => {
  const at = new Map();
  for (const word of cut) {
    if (!at.has(word.place)) at.set(word.place, new Map());
    at.get(word.place).set(word.token, word);
  }
  const spans = [];
  for (const place of at.keys()) {
    const run = tokens.map((token, step) => at.get(place + step)?.get(token));
    if (run.every(Boolean)) spans.push([run[0].start, run.at(-1).end]);
  }
  return spans;
};

const windowOf = (text, spans) => {
  if (text.length <= LONG + 20) return [0, text.length];
  let best = [0, 0];
  for (const [first] of spans.length ? spans : [[0, 0]]) {
    const inside = spans.filter(([a, b]) => first <= a && b <= first + LONG - 40);
    const different = new Set(inside.map(([a, b]) => text.slice(a, b).toLowerCase())).size;
    const one = [different * 100 + inside.length, -first];
    if (before(best, one)) best = one;
  }
  const middle = -best[1];
  let start = Math.max(0, Math.min(middle - 30, text.length - LONG));
  let end = Math.min(text.length, start + LONG);
  while (start && !/\s/.test(text[start - 1]) && start < middle) start++;
  while (end < text.length && !/\s/.test(text[end]) && end > start + LONG / 2) end--;
  return [start, end];
};

const apart = (marks) => {
  const joined = [];
  for (const [start, end] of marks) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else joined.push([start, end]);
  }
  return joined;
};
