// Snowball's stems of folded words, which have no accents, apostrophes or capitals: English, French
// and Russian of version 3 (snowballstem.org, BSD licence), written for this search.

// A word in two: what is left of it, and the ending that it has at `from` or after, the longest of
// several since that one begins first.
const parted = (word, endings, from = 0) => {
  const at = word.slice(from).search(endings);
  return at < 0 ? [word, ""] : [word.slice(0, from + at), word.slice(from + at)];
};

// Behind the first vowel after `from` that another letter follows, and that letter.
const region = (word, from, pair) => {
  const at = word.slice(from).search(pair);
  return at < 0 ? word.length : from + at + 2;
};
const PAIR = /[aeiouy][^aeiouy]/;

// --- English

const replacements = (text) => new Map(text.split(" ").map((pair) => pair.split(">")));
const step = (text) => {
  const table = replacements(text);
  return { table, endings: new RegExp(`(${[...table.keys()].join("|")})$`) };
};

const ENGLISH = {
  kept: replacements(
    "andes atlas bias cosmos early>earli gently>gentl howe idly>idl news only>onli singly>singl " +
      "skies>sky skis>ski sky ugly>ugli",
  ),
  begins: /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/,
  second: step(
    "anci>ance enci>ence ogi>og li bli>ble abli>able alli>al fulli>ful lessli>less ousli>ous entli>ent " +
      "aliti>al biliti>ble iviti>ive tional>tion ational>ate alism>al ation>ate ization>ize izer>ize " +
      "ator>ate iveness>ive fulness>ful ousness>ous ogist>og",
  ),
  third: step("icate>ic ative alize>al iciti>ic ical>ic tional>tion ational>ate ful ness"),
  fourth: step("ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement"),
  // What must stand before an ending.
  before: { li: /[cdeghkmnrt]$/, ogi: /l$/, ion: /[st]$/ },
};
const SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;

const english = (given) => {
  if (ENGLISH.kept.has(given)) return ENGLISH.kept.get(given) ?? given;
  if (given.length < 3) return given;
  let word = given.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const begun = ENGLISH.begins.exec(word);
  const first = begun ? begun[0].length : region(word, 0, PAIR);
  const second = region(word, first, PAIR);

  // plurals
  let [rest, end] = parted(word, /(ie[ds]|s?s|sses|us)$/);
  if (end === "sses") word = `${rest}ss`;
  else if (end === "ied" || end === "ies") word = rest.length > 1 ? `${rest}i` : `${rest}ie`;
  else if (end === "s" && /[aeiouy]./u.test(rest)) word = rest;

  // -ed and -ing
  [rest, end] = parted(word, /(e?ed|ing)(ly)?$/);
  if (end.startsWith("eed")) {
    if (first <= rest.length && !/^(?:succ|proc|exc)$/.test(rest)) word = `${rest}ee`;
  } else if (end === "ing" && /^[^aeiouy]y$/.test(rest)) {
    word = `${rest[0]}ie`;
  } else if (end && /[aeiouy]/.test(rest) && !(end === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(rest))) {
    word = rest;
    if (/(?:at|bl|iz)$/.test(rest)) word += "e";
    else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) {
      if (!/^[aeo]..$/.test(rest)) word = rest.slice(0, -1);
    } else if (rest.length === first && SHORT.test(rest)) word += "e";
  }
  word = word.replace(/(.[^aeiouy])[yY]$/, "$1i");

  for (const [{ table, endings }, from] of [[ENGLISH.second, first], [ENGLISH.third, first], [ENGLISH.fourth, second]]) {
    [rest, end] = parted(word, endings);
    if (!end || (end === "ative" ? second : from) > rest.length) continue;
    if (ENGLISH.before[end]?.test(rest) ?? true) word = rest + (table.get(end) ?? "");
  }
  rest = word.slice(0, -1);
  if (word.endsWith("e")) {
    if (second <= rest.length || (first <= rest.length && !SHORT.test(rest))) word = rest;
  } else if (word.endsWith("ll") && second <= rest.length) word = rest;
  return word.replaceAll("Y", "y");
};

// --- French

const FRENCH = {
  suffixes:
    /((iqUe|atrice|[ae]nce|logie|able|isme|euse|iste|ive|if|[au]tion|usion|ateur|(iss)?ement|ment)s?|[ae]mment|e?aux|[eo]ux)$/,
  is: /i(es?|s|t|r(a(s|i[st]?|Ient)?|i?(ons|ez)|[eo]nt)?|ss(es?|antes?|ants?|ai[st]|aIent|i?(ons|ez)|ent))?$/,
  verbs:
    /(a(s|i([st]|ses?)?|Ient|sses?|ntes?|nts?|ss(ions|ent|iez))?|er(a(s|i[st]?|Ient)?|i?(ons|ez)|ont)?|eais|ions|i?ez)$/,
};

const french = (given) => {
  // A vowel that is heard as a consonant becomes a capital.
  const capital = (found) => found.slice(0, -1) + found.slice(-1).toUpperCase();
  let word = given.replace(/[aeiouy](?:[ui](?=[aeiouy])|y)|y(?=[aeiouy])|qu/g, capital);
  const begun = /^(?:[aeiouy]{2}.|col|ni[aeiouy]|par|tap|.[^aeiouy]*[aeiouy])/u.exec(word);
  const verbal = begun ? begun[0].length : word.length;
  const first = region(word, 0, PAIR);
  const second = region(word, first, PAIR);
  // Takes an ending off that stands in the second region, or puts another in its place.
  const drop = (end, instead) => {
    const [rest, found] = parted(word, `${end}$`);
    const fits = second <= rest.length;
    if (found) word = fits ? rest : instead ? rest + instead : word;
    return found && fits;
  };

  const standard = () => {
    const [rest, end] = parted(word, FRENCH.suffixes);
    const at = rest.length;
    const one = end.replace(/s$/, "");
    if (/^(iqUe|ance|able|isme|iste|eux|atrice|ation|ateur|ive|if)$/.test(one)) {
      if (!drop(end)) return false;
      if (/^at/.test(one) || (/^i[fv]/.test(one) && drop("at"))) drop("ic", "iqU");
      return true;
    }
    const other = { logie: "log", usion: "u", ution: "u", ence: "ent" }[one];
    if (other) {
      if (second > at) return false;
      word = rest + other;
      return true;
    }
    if (one === "ement") {
      if (verbal > at) return false;
      word = rest;
      const [left, inner] = parted(word, /(iqU|abl|eus|iv)$/);
      if (inner === "eus" && second > left.length) {
        if (first <= left.length) word = `${left}eux`;
      } else if (inner && drop(inner) && inner === "iv") drop("at");
      return true;
    }
    if (end === "eaux") word = `${rest}eau`;
    else if (end === "aux" && first <= at) word = `${rest}al`;
    else if (end === "oux" && /[bhjlnp]$/.test(rest)) word = `${rest}ou`;
    else if (one === "euse" && first <= at) word = second <= at ? rest : `${rest}eux`;
    else if (one === "issement" && first <= at && /[^aeiouy]$/u.test(rest)) word = rest;
    else {
      // After these a verb's ending is looked for all the same.
      if (end === "amment" && verbal <= at) word = `${rest}ant`;
      else if (end === "emment" && verbal <= at) word = `${rest}ent`;
      else if (one === "ment" && /[aeiouy]$/.test(rest) && verbal < at) word = rest;
      return false;
    }
    return true;
  };
  const verb = () => {
    let [rest, end] = parted(word, FRENCH.is, verbal);
    if (end && rest.length > verbal && /[^aeiouy]$/u.test(rest)) {
      word = rest;
      return true;
    }
    [rest, end] = parted(word, FRENCH.verbs, verbal);
    if (!end) return false;
    if (end === "ions") return drop(end);
    if (/^ais(?:es?)?$/.test(end)) {
      if (/(?:^.al|auv)$/u.test(rest)) return false;
    } else if (!/^(?:era|eai|e?r|i?ez|eri)|^er/.test(end) && verbal < rest.length) rest = rest.replace(/e$/, "");
    word = rest;
    return true;
  };

  if (standard() || verb()) {
    word = word.replace(/Y$/, "i");
  } else {
    word = word.replace(/([^aiosu])s$/u, "$1");
    const [rest, end] = parted(word, /(e|ion|[Ii]er)$/, verbal);
    if (end === "ion") {
      if (second <= rest.length && rest.length > verbal && /[st]$/.test(rest)) word = rest;
    } else if (end) word = end === "e" ? rest : `${rest}i`;
  }
  if (/(?:ell|eill|enn|onn|ett)$/.test(word)) word = word.slice(0, -1);
  return word.toLowerCase();
};

// --- Russian

// Some endings stand only behind а or я.
const RUSSIAN = {
  gerunds: /((?<=[ая])|[иы])в(ши(сь)?)?$/,
  reflexive: /с[ья]$/,
  adjectives: /([еиоы][ейм]|[иы](ми|х)|[ео](го|му)|[еоую]ю|[ая]я)$/,
  participles: /((?<=[ая])(ем|нн|вш|ю?щ)|[иы]вш|ующ)$/,
  verbs:
    /((?<=[ая])(л[аио]?|н(а|н?о|ы)?|[ею]т|ете|й(те)?|ем|ть|ешь)|[иы]л[аио]?|ен[аоы]?|[еу]й(те)?|у[ею]т|ят|[иы](м|ть?)|ите|ишь|у?ю)$/,
  nouns: /([ео]в|[иь]?[еюя]|[еи]?и|(а|и?я)(ми|х)|(и?е|и|о)?й|(а|о|и?[ея])м|[аоуыь])$/,
};

const russian = (given) => {
  let word = given;
  const pair = /[аеиоуыэюя][^аеиоуыэюя]/;
  const verbal = /[аеиоуыэюя]|$/.exec(word).index + 1;
  const second = region(word, region(word, 0, pair), pair);
  const drop = (endings, from = verbal) => {
    const [rest, end] = parted(word, endings, from);
    word = rest;
    return end;
  };
  if (!drop(RUSSIAN.gerunds)) {
    drop(RUSSIAN.reflexive);
    if (drop(RUSSIAN.adjectives)) drop(RUSSIAN.participles);
    else if (!drop(RUSSIAN.verbs)) drop(RUSSIAN.nouns);
  }
  drop(/и$/);
  drop(/ость?$/, Math.max(verbal, second));
  const isMost = drop(/ейше?$/);
  if (parted(word, /нн$/, verbal)[1]) word = word.slice(0, -1);
  else if (!isMost) drop(/ь$/);
  return word;
};
