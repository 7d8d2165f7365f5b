// The citation grammar: a text in, the citations in it out. The twin of kb/citation.py and kb/named.py.

const WORDS = /\p{Nd}+|(?:(?!\p{Nd})[\p{L}\p{N}])+/gu;
const IN_BRACKETS = /^[\s,]{0,3}\([^()]{1,80}\)[\s,]{0,3}$/;
const WIDEST_GAP = 24, SHARED = 12, LONGEST_LAW = 100, BEFORE_NAME = 16;
const YEAR_AFTER = regexOf("[\\s,(]{1,3}(?:of )?(?:1[6-9]|20)\\d\\d(?!\\d)\\)?", "y");
const SHORT_YEAR = regexOf("(?:act|ordinance|rules)[\\s,'(]{1,3}(\\d\\d)(?![\\d(-]|\\.\\d)\\)?", "y");
const CHAPTER = regexOf("(?:chapter|ch|title)[\\s.]{1,2}(?:[ivxlc]{1,7}|\\d{1,3})(?!\\w)", "g");
const LONE = regexOf("(?<!\\d)(?<!\\d\\.)\\d{1,3}( |- | -)([a-hj-z])(?![\\w'/]|[. ]\\w(?!\\w)|\\.\\w)", "gd");
const AT_END = regexOf("\\s{0,3}(?:$|[,;:)]|of\\b|and\\b|or\\b|&|constitution\\b)", "y");

const matchAt = (regex, text, place) => {
  regex.lastIndex = place;
  return regex.exec(text);
};

// Where a name ends, the year that may stand behind it included.
const withYear = (text, end) => end + (matchAt(YEAR_AFTER, text, end)?.[0].length ?? 0);

// Of the law's own year two digits are enough: 'telecom act 96', but 'PECA 16' is a section.
const withItsYear = (text, { start, end }, ids) => {
  const year = matchAt(SHORT_YEAR, text, start);
  const isOwn = (one) => /-(?:19|20)\d\d$/.test(one) && one.endsWith(year[1]);
  return year && ids.every(isOwn) ? start + year[0].length : withYear(text, end);
};

// Of several laws that are called alike, of which each has its year, that of a year.
const ofYear = (ids, behind) => {
  const year = /\d{4}/.exec(behind)?.[0];
  return year && ids.length > 1 && ids.every((one) => /-\d{4}$/.test(one)) ? ids.filter((one) => one.endsWith(year)) : ids;
};

const makeGrammar = (data) => {
  const patterns = makePatterns(data.grammar);
  const through = new Set(data.grammar.through.map(fold));
  const joining = new Set(["", ...data.grammar.between.map(fold)]);
  const lawsCalled = {};
  for (const [ids, names] of Object.entries(data.names)) for (const name of names) lawsCalled[name] = ids.split(" ");
  for (const [law, places] of Object.entries(data.places))
    for (const place of places)
      for (const template of data.templates) {
        const name = template.replace("{}", ` ${place} `).trim().replace(/ +/g, " ");
        lawsCalled[name] = [...new Set([...(Object.hasOwn(lawsCalled, name) ? lawsCalled[name] : []), law])];
      }
  const longest = Math.max(...Object.keys(lawsCalled).map((name) => name.split(" ").length));

  const itemsOf = (pattern, found, fields) => {
    const items = [];
    const [from, to] = found.indices.groups.items;
    const text = found.input.slice(0, to);
    pattern.item.lastIndex = from;
    for (let one; (one = pattern.item.exec(text)); ) {
      const [start, end] = [one.index, one.index + one[0].length];
      if (!one[0]) pattern.item.lastIndex++;
      let own = { ...fields };
      for (const [name, value] of Object.entries(patterns.fields(pattern, one))) if (value) own[name] = value;
      const before = items.at(-1);
      const joined = before ? text.slice(before.end, start).trim() : "";
      const included = [];
      if (through.has(joined)) included.push(...between(before.fields, own).map((more) => ({ ...own, ...more })));
      const units = halves(own.unit ?? "");
      if (units.length) {
        const middle = text.indexOf("-", start);
        items.push({ start, end: middle, fields: { ...own, unit: units[0] }, included: [] });
        included.push(...units.slice(1, -1).map((unit) => ({ ...own, unit })));
        own = { ...own, unit: units.at(-1) };
        items.push({ start: middle + 1, end, fields: own, included });
      } else items.push({ start, end, fields: own, included });
    }
    return items;
  };

  const read = (pattern, found, start) => {
    const fields = patterns.fields(pattern, found);
    const end = found.index + found[0].length;
    let items = [{ start, end, fields, included: [] }];
    if (pattern.item) {
      items = itemsOf(pattern, found, fields);
      if (items.length) {
        items[0].start = start;
        items.at(-1).end = end;
      }
    }
    return { start, end, pattern, items: items.filter((item) => filled(pattern.canonical, item.fields)) };
  };

  const matchesIn = (text, joined) => {
    const candidates = [];
    patterns.all.forEach((pattern, order) => {
      for (const found of (pattern.isProvision ? joined : text).matchAll(pattern.regex)) {
        const end = found.index + found[0].length;
        let start = found.index;
        while (start < end && " \t\r\n.,".includes(text[start])) start++;
        candidates.push({ start, end, order, found });
      }
    });
    candidates.sort((a, b) => a.start - b.start || b.end - a.end || a.order - b.order);
    const chosen = [];
    for (const { start, order, found } of candidates) {
      if (chosen.length && start < chosen.at(-1).end) continue;
      const match = read(patterns.all[order], found, start);
      if (match.items.length) chosen.push(match);
    }
    return chosen;
  };

  const either = Object.fromEntries(Object.entries(data.grammar["names-in-queries"] ?? {}).map(([name, ids]) => [stem(fold(name)), ids]));
  const namesIn = (text, isQuery) => {
    const words = [...text.matchAll(WORDS)].map((found) => ({
      start: found.index, end: found.index + found[0].length, key: stem(found[0]),
    }));
    const names = [];
    for (let here = 0; here < words.length; here++) {
      const name = words.slice(here, here + longest);
      for (; name.length; name.pop()) {
        const known = name.map((word) => word.key).join(" ");
        if (!Object.hasOwn(lawsCalled, known)) continue;
        const ids = (isQuery && Object.hasOwn(either, known) && either[known]) || lawsCalled[known];
        const end = withItsYear(text, name.at(-1), ids);
        const own = ofYear(ids, text.slice(name.at(-1).end, end));
        names.push({ start: name[0].start, end, ids: own.length ? own : [known.replace(/ /g, "-")], isKnown: own.length > 0 });
        here += name.length - 1;
        break;
      }
    }
    return names;
  };

  const citedByToken = (text, matches) => {
    const names = [];
    for (const { start, end, pattern, items } of matches) {
      if (pattern.isProvision) continue;
      const templates = [pattern.canonical, ...pattern.also];
      const tokens = items.flatMap((item) => templates.map((template) => filled(template, item.fields)));
      const held = tokens.find((token) => Object.hasOwn(data.tokens, token));
      const isLaw = ["act", "document"].includes(pattern.kind) && text[start - 1] !== "(";
      if (held || isLaw) names.push({ start, end: withYear(text, end), ids: held ? data.tokens[held] : [tokens[0].replace(/[:/]/g, "-")], isKnown: !!held });
    }
    return names;
  };

  const joins = (gap) => joining.has(gap.replace(CHAPTER, "").replace(/^[ ,:;()-]+|[ ,:;()-]+$/g, "").split(/\s+/).filter(Boolean).join(" "));

  // Provisions that are one list, 'art. 19 and art. 19A of ...'; all else by itself.
  const and = patterns.regex("^[\\s,]{0,3}{and}\\s{0,3}$");
  // What a provision calls its units: art, sec, para, or unit where no word stands.
  const wordOf = ({ pattern, items }) => filled(pattern.canonical, items[0].fields).split(":")[0];
  const isOneList = (text, one, other) =>
    one.pattern.isProvision &&
    other.pattern.isProvision &&
    wordOf(one) === wordOf(other) &&
    text.slice(one.end, other.start).match(and);
  const rowsOf = (text, matches) => {
    const rows = [];
    for (const match of matches)
      if (rows.length && isOneList(text, rows.at(-1).at(-1), match)) rows.at(-1).push(match);
      else rows.push([match]);
    return rows;
  };

  const fits = (match, { ids }) => {
    const typed = wordOf(match);
    return typed === "unit" || ids.some((one) => !data.words[one] || data.words[one] === typed);
  };

  const hasParagraphs = ({ ids }) => ids.every((one) => data.words[one] === "para");
  // The nearest name that is joined to a match; the one after it if both are as near. A law whose provisions are
  // called by another word is only taken if there is no other: 'ICCPR article 19 general comment 34'.
  const beside = (text, match, before, after) => {
    let unfit = null;
    // A name may end with the word of the provision: 'Siracusa Principles' in 'Siracusa Principle 10'.
    for (let gap = -SHARED; gap < WIDEST_GAP; gap++) {
      const next = gap >= 0 && after.get(match.end + gap);
      if (next && joins(text.slice(match.end, next.start))) {
        if (fits(match, next)) return next;
        unfit ??= next;
      }
      const last = before.get(match.start - gap);
      if (last && joins(text.slice(last.end, match.start))) {
        if (fits(match, last)) return last;
        unfit ??= last;
      }
    }
    return unfit;
  };

  // The law of each provision, if it is named beside it. What one is cited of is not that of another that its law
  // would call otherwise: 'section 54 telecom act article 19A'.
  const lawsOf = (text, matches, names) => {
    const after = new Map([...names].reverse().map((name) => [name.start, name]));
    const before = new Map(names.map((name) => [name.end, name]));
    const cited = matches.filter(({ pattern }) => pattern.isProvision);
    const near = new Map(cited.map((match) => [match, beside(text, match, before, after)]));
    const taken = new Set(cited.map((match) => near.get(match)).filter((name, at) => name && fits(cited[at], name)));
    // An article beside a general comment is one of the treaty, a principle of no law.
    const isAbout = (word, name) => word === "principle" || (word === "art" && hasParagraphs(name));
    const isOther = (match, name) => !fits(match, name) && (taken.has(name) || isAbout(wordOf(match), name));
    const own = (match, name) => (name && !isOther(match, name) ? name : otherLaw(text, match, names));
    return new Map(cited.map((match) => [match, own(match, near.get(match))]));
  };

  // In a query more provisions get their law: that whose number follows its date, or the only law before it that calls
  // its units so; a paragraph the last document before it. An article of no law behind a document is what that is about.
  const lawGap = data.grammar.pieces["law-gap"] && patterns.regex("^{law-gap}$");
  const citedBehind = (text, match, names) => {
    const behind = names.find(({ start }) => start >= match.end);
    return behind && lawGap && text.slice(match.end, behind.start).match(lawGap) && fits(match, behind) ? behind : null;
  };
  const onlyBefore = (text, match, names) => {
    if (["para", "unit"].includes(wordOf(match))) return null;
    const fit = names.filter((name) => name.end <= match.start && fits(match, name));
    const known = fit.filter(({ isKnown }) => isKnown);
    if (new Set(known.map(({ ids }) => ids.join())).size === 1) return known.at(-1);
    const isBeside = fit.length && IN_BRACKETS.test(text.slice(fit.at(-1).end, match.start));
    return isBeside && !known.length ? fit.at(-1) : null;
  };
  const inQuery = (text, matches, names, laws) => {
    // The law of one provision is not that of another further on: 'PECA section 37, section 24A'.
    const taken = new Set(laws.values());
    const free = names.filter((name) => !taken.has(name));
    for (const match of matches) {
      if (!match.pattern.isProvision || laws.get(match)) continue;
      const found = citedBehind(text, match, free) ?? onlyBefore(text, match, free);
      if (found) laws.set(match, found);
    }
    const documents = names.filter(hasParagraphs);
    const before = (match) => documents.filter(({ end }) => end <= match.start).at(-1);
    const isOwn = (match) => laws.get(match) && fits(match, laws.get(match));
    const nameless = matches.filter((match) => match.pattern.isProvision && before(match) && !isOwn(match));
    for (const match of nameless) if (wordOf(match) === "para") laws.set(match, before(match));
    const known = documents.map(({ ids }) => ids.join());
    if (![...laws.values()].some((law) => law && known.includes(law.ids.join()))) return matches;
    return matches.filter((match) => !nameless.includes(match) || wordOf(match) !== "art");
  };

  // The law beside a provision that is none of those known by name, called by its own words.
  const [lawAfter, lawBefore] = ["{law-after}", "{law-before}"].map((one) => data.grammar.pieces["law-after"] && patterns.regex(one));
  const lawHere = lawAfter && new RegExp(lawAfter.source, "uyd");
  const otherLaw = (text, match, names) => {
    if (!lawAfter) return null;
    lawBefore.lastIndex = Math.max(0, match.start - LONGEST_LAW);
    const after = matchAt(lawHere, text, match.end);
    for (const found of [after, lawBefore.exec(text.slice(0, match.start))]) {
      const isOf = found === after && found?.groups.of !== undefined;
      if (!found || !(isOf || found.groups.whole || ["sec", "rule", "reg"].includes(wordOf(match)))) continue;
      const [start, end] = found.indices.groups.law;
      if (names.some((name) => start < name.end && name.start < end)) continue;
      const words = [...found.groups.law.matchAll(WORDS)].map(([word]) => stem(word)).filter((word) => !joining.has(word));
      return { start, end: withYear(text, end), ids: [words.join("-")] };
    }
    return null;
  };

  // Of an article beside an amending act the law that it amends, else the same name.
  const amended = (name, match) => {
    const laws = data.grammar["articles-of"] ?? {};
    if (!name || !["art", "unit"].includes(wordOf(match))) return name;
    return { ...name, ids: [...new Set(name.ids.map((one) => laws[one] ?? one))] };
  };

  // 19.3 is 19(3), where a law has no article with a number like 19.3.
  const byDot = data.grammar["parts-behind-a-dot"] ?? [];
  const parted = (match, law) => {
    if (!law?.ids.every((one) => byDot.includes(one))) return match;
    const each = (fields) => ({ ...fields, unit: fields.unit?.replace(/^(\d+)[.-](\d+)/, "$1($2)") });
    return { ...match, items: match.items.map((one) => ({ ...one, fields: each(one.fields), included: one.included.map(each) })) };
  };

  // Numbers that stand without a word before or after a name: 'ICCPR 19', '19 ICCPR'.
  const { item } = patterns.all.find((pattern) => pattern.item && pattern.isProvision);
  const units = { ...patterns.all.find(({ kind }) => kind === "unit"), item };
  const afterName = patterns.regex("(?!\\s?\\(\\d+\\))(?:[\\s,:(]{1,3}|(?<=\\w)(?<!\\d)(?=\\d))(?P<p>pp?[\\s.]{0,2}|at\\s\\[|(?<=,\\s)\\[)?(?:a(?=\\d))?(?!\\d{4})(?P<items>{units})(?! {month}| of \\d{4})(?!\\w|[./]\\d)");
  const beforeName = patterns.regex("(?<![\\w./-])(?:a(?=\\d))?(?!\\d{4})(?P<items>{units})(?:[\\s,]{1,2}| of | of the )$");
  const afterHere = new RegExp(afterName.source, "uyd");
  const numbersBeside = (text, matches, names) => {
    const made = [];
    for (const name of names) {
      beforeName.lastIndex = Math.max(0, name.start - BEFORE_NAME);
      for (const found of [matchAt(afterHere, text, name.end), beforeName.exec(text.slice(0, name.start))]) {
        const p = found?.indices.groups.p;
        // Behind the name of what has paragraphs a 'p' is no page: 'GC 34 p 36'.
        if (!found || (p && !hasParagraphs(name))) continue;
        const [start, end] = found.indices.groups.items;
        if ([...matches, ...made].some((one) => one.start < end && start < one.end)) continue;
        made.push({ start: p ? p[0] : start, end, pattern: units, items: itemsOf(units, found, {}) });
      }
    }
    return made;
  };

  const find = (text, isQuery = false) => {
    if (!/\p{Nd}/u.test(text)) return [];
    const folded = foldInPlace(text);
    const joined = withLoneLettersJoined(text, folded);
    const order = (a, b) => a.start - b.start || a.end - b.end || (a.ids.join() < b.ids.join() ? -1 : 1);
    let matches = matchesIn(folded.text, joined);
    // 'GC/25' of CRC/C/GC/25 is no general comment.
    const hasWithin = ({ pattern, start, end }, name) =>
      !pattern.isProvision && start <= name.start && name.end <= end && end - start > name.end - name.start;
    const named = namesIn(folded.text, isQuery).filter((name) => !matches.some((match) => hasWithin(match, name)));
    // Of a name that is typed whole, 'Comment 34: Article 19: Freedoms', all is name.
    const isInName = (one) => one.pattern.isProvision && named.some((name) => name.start < one.start && one.end <= name.end);
    if (isQuery) matches = matches.filter((one) => !isInName(one));
    const isNew = (one, at, all) => JSON.stringify(one) !== JSON.stringify(all[at - 1]);
    const names = [...named, ...citedByToken(folded.text, matches)].sort(order).filter(isNew);
    matches.push(...numbersBeside(joined, matches, names));
    matches.sort((a, b) => a.start - b.start);
    const laws = lawsOf(folded.text, matches, names);
    if (isQuery) matches = inQuery(folded.text, matches, names, laws);
    return rowsOf(folded.text, matches).flatMap((row) => {
      const beside = row.map((match) => laws.get(match)).filter(Boolean);
      // The law beside one provision of a list is that of all, unless there are two of them.
      const common = new Set(beside).size === 1 ? beside[0] : null;
      const all = [...row, ...beside];
      const span = [Math.min(...all.map(({ start }) => start)), Math.max(...all.map(({ end }) => end))];
      return row.flatMap((match) => {
        const law = amended(laws.get(match) ?? common, match);
        return founds(text, folded, parted(match, law), law, span);
      });
    });
  };
  const given = Object.entries(data.grammar.numerals?.words ?? {});
  const words = Object.fromEntries(given.map(([word, value]) => [fold(word), value]));
  const valueOf = (number) => {
    const parts = fold(number).split(/[\s-]+/).filter((word) => word !== "and");
    // 'One ninety nine', as it is said.
    const add = (whole, value) => (whole && whole < 10 && value > 9 ? whole * 100 : whole) + value;
    if (words[parts[0]]) return parts.reduce((whole, word) => (words[word] > 99 ? (whole || 1) * 100 : add(whole, Number(words[word] ?? 0))), 0);
    const values = [...parts[0]].map((letter) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[letter] ?? 0);
    return values.reduce((whole, one, at) => whole + (one < Math.max(...values.slice(at)) ? -one : one), 0);
  };
  // Numbers in words, or Roman ones, in digits: 'Article nineteen A'; a paragraph apart from its comment: 'gc34p35'.
  const inDigits = (text, pattern) =>
    text
      .replace(new RegExp(pattern, "giu"), (_, unit, number) => `${unit} ${valueOf(number)}`)
      .replace(/(?<=[a-z]\p{Nd}{2})(?=p(?:ara)?\.?\p{Nd})/giu, " ");
  return { find, inDigits };
};

const founds = (text, folded, match, name, [low, high]) => {
  const ids = name ? name.ids : [];
  const whole = [folded.starts[low], folded.ends[high - 1]];
  return match.items.map((item) => {
    const [start, end] = [folded.starts[item.start], folded.ends[item.end - 1]];
    const all = [item.fields, ...item.included];
    const tokens = new Set(all.flatMap((fields) => tokensOf(match.pattern, fields, ids)));
    const wanted = all.flatMap((fields) => {
      const canonical = filled(match.pattern.canonical, fields);
      return ids.length ? ids.map((one) => fullToken(canonical, one)) : [canonical];
    });
    return { start, end, text: text.slice(start, end), tokens: [...tokens], wanted, whole };
  });
};

const tokensOf = (pattern, fields, ids) => {
  const canonical = filled(pattern.canonical, fields);
  const tokens = [];
  for (const token of [canonical, ...pattern.also.map((template) => filled(template, fields))]) {
    if (pattern.isProvision)
      tokens.push(...enclosing(token), ...enclosing(`unit:${token.slice(token.indexOf(":") + 1)}`));
    else tokens.push(token);
  }
  for (const one of ids) tokens.push(...enclosing(fullToken(canonical, one)));
  return tokens;
};

// What the number of a unit begins with where its word is part of it: op11, appendix-2.2.1.
const BEGINS = { op: "op", pp: "pp", appendix: "appendix-" };

const fullToken = (token, instrument) => {
  const at = token.indexOf(":");
  const word = token.slice(0, at);
  return `${instrument}/${BEGINS[word] ?? ""}${token.slice(at + 1)}`;
};

// The folded text in which '19 A' is '19-A', where provisions are looked for.
const withLoneLettersJoined = (text, folded) => {
  let joined = folded.text;
  for (const found of folded.text.matchAll(LONE)) {
    const written = text[folded.starts[found.indices[2][0]]];
    if (/\p{Lu}/u.test(written) || matchAt(AT_END, folded.text, found.index + found[0].length)) {
      const [from, to] = found.indices[1];
      joined = joined.slice(0, from) + "-".repeat(to - from) + joined.slice(to);
    }
  }
  return joined;
};
