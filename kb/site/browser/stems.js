// Snowball's stems of folded words, which have no accents, apostrophes or capitals: English, French
// and Russian of version 3 (snowballstem.org, BSD licence), written for this search.

const listed = (text) => text.split(" ");

// The longest of the endings that the word has at `from` or after it.
const ending = (word, endings, from = 0) => {
  let best = "";
  for (const one of endings)
    if (one.length > best.length && word.length - one.length >= from && word.endsWith(one)) best = one;
  return best;
};

// Where the first vowel after `from` is followed by something else: behind that.
const region = (word, from, vowels) => {
  let at = from;
  while (at < word.length && !vowels.includes(word[at])) at++;
  while (at < word.length && vowels.includes(word[at])) at++;
  return at < word.length ? at + 1 : word.length;
};

const replacements = (text) => new Map(listed(text).map((pair) => pair.split(">")));

// --- English

const ENGLISH = {
  kept: replacements(
    "andes>andes atlas>atlas bias>bias cosmos>cosmos early>earli gently>gentl howe>howe idly>idl " +
      "news>news only>onli singly>singl skies>sky skis>ski sky>sky ugly>ugli",
  ),
  begins: /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/,
  second: replacements(
    "anci>ance enci>ence ogi>og li> bli>ble abli>able alli>al fulli>ful lessli>less ousli>ous entli>ent " +
      "aliti>al biliti>ble iviti>ive tional>tion ational>ate alism>al ation>ate ization>ize izer>ize " +
      "ator>ate iveness>ive fulness>ful ousness>ous ogist>og",
  ),
  third: replacements(
    "icate>ic ative> alize>al iciti>ic ical>ic tional>tion ational>ate ful> ness>",
  ),
  fourth: listed("ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement"),
};
const SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;

const english = (given) => {
  if (ENGLISH.kept.has(given)) return ENGLISH.kept.get(given);
  if (given.length < 3) return given;
  let word = given.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const begun = ENGLISH.begins.exec(word);
  const first = begun ? begun[0].length : region(word, 0, "aeiouy");
  const second = region(word, first, "aeiouy");
  const cut = (count) => word.slice(0, word.length - count);

  // plurals
  let end = ending(word, ["ied", "s", "ies", "sses", "ss", "us"]);
  if (end === "sses") word = cut(2);
  else if (end === "ied" || end === "ies") word = cut(word.length > 4 ? 2 : 1);
  else if (end === "s" && /[aeiouy]./u.test(cut(1))) word = cut(1);

  // -ed and -ing
  end = ending(word, ["ed", "eed", "ing", "edly", "eedly", "ingly"]);
  let rest = cut(end.length);
  if (end.startsWith("eed")) {
    if (first <= rest.length && !/^(?:succ|proc|exc)$/.test(rest)) word = `${rest}ee`;
  } else if (end === "ing" && /^[^aeiouy]y$/.test(rest)) {
    word = `${rest[0]}ie`;
  } else if (end && !(end === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(rest))) {
    if (/[aeiouy]/.test(rest)) {
      word = rest;
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) {
        if (!/^[aeo]..$/.test(word)) word = cut(1);
      } else if (word.length === first && SHORT.test(word)) word += "e";
    }
  }
  if (/.[^aeiouy][yY]$/.test(word)) word = `${cut(1)}i`;

  end = ending(word, ENGLISH.second.keys());
  rest = cut(end.length);
  if (end && first <= rest.length) {
    const fits = end === "li" ? /[cdeghkmnrt]$/.test(rest) : end !== "ogi" || rest.endsWith("l");
    if (fits) word = rest + ENGLISH.second.get(end);
  }
  end = ending(word, ENGLISH.third.keys());
  rest = cut(end.length);
  if (end && first <= rest.length && (end !== "ative" || second <= rest.length))
    word = rest + ENGLISH.third.get(end);
  end = ending(word, ENGLISH.fourth);
  rest = cut(end.length);
  if (end && second <= rest.length && (end !== "ion" || /[st]$/.test(rest))) word = rest;
  rest = cut(1);
  if (word.endsWith("e")) {
    if (second <= rest.length || (first <= rest.length && !SHORT.test(rest))) word = rest;
  } else if (word.endsWith("ll") && second <= rest.length) word = rest;
  return word.replaceAll("Y", "y");
};

// --- French

const FRENCH = {
  suffixes: listed(
    "iqUe atrice ance ence logie able isme euse iste ive if usion ation ution ateur iqUes atrices ances " +
      "ences logies ables ismes euses istes ives ifs usions ations utions ateurs ments ements issements " +
      "ment ement issement amment emment aux eaux eux oux",
  ),
  is: listed(
    "ira ie isse issante i irai ir iras ies isses issantes is irais issais irions issions irons issons " +
      "issants it irait issait issant iraIent issaIent irent issent iront iriez issiez irez issez",
  ),
  verbs: listed(
    "a era aise asse ante ai erai er as eras aises asses antes ais eais erais ions erions assions erons " +
      "ants ait erait ant aIent eraIent assent eront ez iez eriez assiez erez",
  ),
};

const french = (given) => {
  const letters = [...given];
  const is = (at, some) => at < letters.length && some.includes(letters[at]);
  const vowel = (at) => is(at, "aeiouy");
  for (let at = 0; at < letters.length; ) {
    if (vowel(at) && is(at + 1, "ui") && vowel(at + 2)) letters[at + 1] = letters[at + 1].toUpperCase();
    else if (vowel(at) && is(at + 1, "y")) letters[at + 1] = "Y";
    else if (is(at, "y") && vowel(at + 1)) letters[at] = "Y";
    else if (is(at, "q") && is(at + 1, "u")) letters[at + 1] = "U";
    else at++;
  }
  let word = letters.join("");
  const begun = /^(?:[aeiouy]{2}.|col|ni[aeiouy]|par|tap|.[^aeiouy]*[aeiouy])/u.exec(word);
  const verbal = begun ? begun[0].length : word.length;
  const first = region(word, 0, "aeiouy");
  const second = region(word, first, "aeiouy");
  const cut = (count) => word.slice(0, word.length - count);
  // Takes an ending off that stands in the second region, or puts another in its place.
  const drop = (end, instead) => {
    if (!word.endsWith(end)) return false;
    const fits = second <= word.length - end.length;
    if (fits) word = cut(end.length);
    else if (instead) word = cut(end.length) + instead;
    return fits;
  };

  const standard = () => {
    const end = ending(word, FRENCH.suffixes);
    const rest = cut(end.length);
    const at = rest.length;
    const one = end.replace(/s$/, "");
    if (!end) return false;
    if (["iqUe", "ance", "able", "isme", "iste", "eux"].includes(one)) return drop(end);
    if (["atrice", "ation", "ateur"].includes(one)) {
      if (!drop(end)) return false;
      drop("ic", "iqU");
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
      const inner = ending(word, ["iqU", "abl", "eus", "iv"]);
      if (inner === "eus" && second > word.length - 3) {
        if (first <= word.length - 3) word = `${cut(3)}eux`;
      } else if (inner && drop(inner) && inner === "iv") drop("at");
      return true;
    }
    if (one === "ive" || one === "if") {
      if (!drop(end)) return false;
      if (drop("at")) drop("ic", "iqU");
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
      else if (one === "ment" && /[aeiouy]$/.test(rest) && verbal <= at - 1) word = rest;
      return false;
    }
    return true;
  };
  const verb = () => {
    let end = ending(word, FRENCH.is, verbal);
    if (end && word.length - end.length > verbal && /[^aeiouy]$/u.test(cut(end.length))) {
      word = cut(end.length);
      return true;
    }
    end = ending(word, FRENCH.verbs, verbal);
    const rest = cut(end.length);
    if (!end) return false;
    if (end === "ions") return drop(end);
    if (/^ais(?:es?)?$/.test(end)) {
      if (/(?:^.al|auv)$/u.test(rest)) return false;
      word = rest;
    } else if (/^(?:era|eai|e?r|i?ez|eri)|^er/.test(end)) word = rest;
    else word = rest.endsWith("e") && verbal < rest.length ? rest.slice(0, -1) : rest;
    return true;
  };

  if (standard() || verb()) {
    word = word.replace(/Y$/, "i");
  } else {
    if (/[^aiosu]s$/u.test(word)) word = cut(1);
    const end = ending(word, ["e", "ion", "Ier", "ier"], verbal);
    const rest = cut(end.length);
    if (end === "ion") {
      if (second <= rest.length && rest.length > verbal && /[st]$/.test(rest)) word = rest;
    } else if (end) word = end === "e" ? rest : `${rest}i`;
  }
  if (/(?:ell|eill|enn|onn|ett)$/.test(word)) word = cut(1);
  return word.toLowerCase();
};

// --- Russian

const RUSSIAN = {
  gerunds: listed("в вши вшись ив ыв ивши ывши ившись ывшись"),
  adjectives: listed(
    "ее ие ое ые ими ыми ей ий ой ый ем им ом ым его ого ему ому их ых ею ою ую юю ая яя",
  ),
  participles: listed("ем нн вш щ ющ ивш ывш ующ"),
  verbs: listed(
    "ла на ете йте ли й л ем н ло но нно ет ют ны ть ешь ила ыла ена ите ейте уйте или ыли ей уй ил ыл " +
      "им ым ен ило ыло ено ует ит ыт уют ят ены ить ыть ишь ю ую",
  ),
  nouns: listed(
    "а ев ов е ие ье и еи ии ами ями иями й ей ией ий ой ам ем ием ом ям иям о у ах ях иях ы ь ю ию ью " +
      "я ия ья",
  ),
  // These stand only behind а or я.
  bound: new Set(
    listed("в вши вшись ем нн вш щ ющ ла на ете йте ли й л н ло но нно ет ют ны ть ешь"),
  ),
};

const russian = (given) => {
  let word = given;
  const vowels = "аеиоуыэюя";
  let verbal = 0;
  while (verbal < word.length && !vowels.includes(word[verbal])) verbal++;
  verbal = Math.min(verbal + 1, word.length);
  const second = region(word, region(word, 0, vowels), vowels);
  const drop = (endings, mayBeBound) => {
    const end = ending(word, endings, verbal);
    const rest = word.slice(0, word.length - end.length);
    if (!end) return false;
    if (mayBeBound && RUSSIAN.bound.has(end) && !(rest.length > verbal && /[ая]$/.test(rest))) return false;
    word = rest;
    return true;
  };
  if (!drop(RUSSIAN.gerunds, true)) {
    drop(["сь", "ся"]);
    if (drop(RUSSIAN.adjectives)) drop(RUSSIAN.participles, true);
    else if (!drop(RUSSIAN.verbs, true)) drop(RUSSIAN.nouns);
  }
  drop(["и"]);
  const abstract = ending(word, ["ост", "ость"], Math.max(verbal, second));
  if (abstract && ending(word, ["ост", "ость"], verbal) === abstract)
    word = word.slice(0, word.length - abstract.length);
  if (drop(["ейше", "ейш"])) {
    if (word.endsWith("нн") && word.length - 2 >= verbal) word = word.slice(0, -1);
  } else if (word.endsWith("нн") && word.length - 2 >= verbal) word = word.slice(0, -1);
  else drop(["ь"]);
  return word;
};
