// Answers a query: which pages, and on each the passages that hold its words.
// A passage is worth what MiniSearch says (BM25+) for each of the query's words that it holds;
// what holds rare words counts for more than what holds common ones, and all words for more
// than some.  Pages come by their passages and by their kind: chapters before lists.
(() => {
  "use strict";
  const { counts, fold, formsOf, forms, inLatin, index, pages, passages, spellings, words } = book.finding;
  const OF_PAGES = { chapter: 1, front: 0.9, reference: 0.35, list: 0.25, contributing: 0.15 };
  const OF_PASSAGES = { t: 5, h: 1.2, p: 1, i: 0.6, n: 0.6, r: 0.7 };
  // Words of more than this share of the passages say nothing beside others.
  const COMMON = 0.3;
  const MOST_PAGES = 25;
  const MOST_PASSAGES = 3;
  // Passages differ in length more than in worth: length counts for less than is usual.
  const bm25 = { k: 1.2, b: 0.4, d: 0.5 };
  const asIs = { processTerm: term => term, tokenize: term => [term], bm25 };

  // One letter may be wrong in a short word, two in a longer one, none in a number.
  const slips = word => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 7 ? 1 : 2);
  const often = word => Math.max(...formsOf(word).map(form => counts.get(form) ?? 0));

  const spelledLike = (word, isThere) => {
    if (forms.has(word)) return [[word, 2]];
    if (isThere) return [];
    const options = { prefix: word.length > 3, fuzzy: slips(word), ...asIs };
    return spellings.search(word, options).slice(0, 3).map(hit => [hit.word, 0.6]);
  };

  // "Хрущёв" is Khrushchev, though he had a son.
  const shortest = names => names.filter(name => !names.some(other => other !== name && name.split(" ").includes(other)));

  // Who mistypes a word seldom mistypes its first letter.
  const slipped = word => {
    const near = others => ({
      queries: [word], fuzzy: slips(word), boostDocument: (_passage, term) => (term[0] === word[0] ? 0.8 : others), ...asIs,
    });
    return index.search(near(0)).length ? near(0) : near(0.4);
  };

  // A Russian word may stand in Latin letters: "Тимашук" is Timashuk.
  const lettered = word => {
    const latin = inLatin(word);
    return latin === word || forms.has(word) ? [] : [{ queries: formsOf(latin), fuzzy: slips(latin), boostTerm: () => 0.9, ...asIs }];
  };

  // What stands for one word of the query, as a query of MiniSearch's.
  const meant = (word, isLast) => {
    const isThere = often(word) > 0;
    const others = spelledLike(word, isThere).flatMap(([spelling, worth]) =>
      shortest([...forms.get(spelling)]).map(used => ({
        queries: used.split(" "), combineWith: "AND", boostTerm: () => worth, ...asIs,
      })),
    );
    const exact = { queries: formsOf(word), ...asIs };
    const begun = { queries: [word], prefix: word.length > (isLast ? 1 : 4), boostTerm: () => 0.6, ...asIs };
    return { combineWith: "OR", queries: [exact, begun, ...others, ...lettered(word), ...(isThere ? [] : [slipped(word)])] };
  };

  // The query's words, without those that stand everywhere (unless there are no others).
  const asked = query => {
    const all = words(query.replace(/[’']s\b/g, "")).map(fold);
    const telling = all.filter(word => often(word) < passages.length * COMMON);
    return telling.length ? telling : all;
  };

  // Each word's hits, and how much the word says (the rarer, the more).
  const answers = query =>
    asked(query).map((word, place, all) => {
      const hits = index.search(meant(word, place === all.length - 1));
      return { hits, says: Math.log(1 + passages.length / Math.max(1, hits.length)) };
    });

  const found = query => {
    const byPassage = new Map();
    const slots = answers(query);
    const whole = slots.reduce((sum, slot) => sum + slot.says, 0);
    slots.forEach((slot, place) => {
      for (const hit of slot.hits) {
        if (!byPassage.has(hit.id)) byPassage.set(hit.id, { ...passages[hit.id], worth: 0, slots: new Map(), terms: new Set() });
        const passage = byPassage.get(hit.id);
        passage.worth += hit.score;
        passage.slots.set(place, new Set(hit.terms));
        hit.terms.forEach(term => passage.terms.add(term));
      }
    });
    const share = held => [...held].reduce((sum, place) => sum + slots[place].says, 0) / whole;
    return { all: [...byPassage.values()], share, count: slots.length };
  };

  const folded = text => ` ${words(text).map(fold).join(" ")} `;

  // Words within quotation marks must stand together.
  const withPhrases = (query, all) => {
    const phrases = [...query.matchAll(/["“„”]([^"“„”]+)["“”]/g)].map(([, phrase]) => folded(phrase));
    const holding = all.filter(({ text }) => phrases.every(phrase => folded(text).includes(phrase)));
    return holding.length ? holding : all;
  };

  // Others count for more where they do, with no more than two words between them.
  const together = ({ text, slots }, count) => {
    if (count < 2 || slots.size < count) return 1;
    const forms = words(text).map(formsOf);
    const stands = (place, slot) => forms[place]?.some(form => slots.get(slot).has(form));
    const follows = (place, slot) =>
      slot === count || [1, 2, 3].some(step => stands(place + step, slot) && follows(place + step, slot + 1));
    return forms.some((_, place) => stands(place, 0) && follows(place, 1)) ? 2 : 1;
  };

  const gather = (share, count, all) => {
    const byPage = new Map();
    for (const passage of all) {
      passage.share = share(passage.slots.keys());
      passage.worth *= passage.share ** 2 * OF_PASSAGES[passage.sort] * together(passage, count);
      if (!byPage.has(passage.page)) byPage.set(passage.page, []);
      byPage.get(passage.page).push(passage);
    }
    return byPage;
  };

  const valued = ([page, ofPage], share) => {
    ofPage.sort((one, other) => other.worth - one.worth || one.id - other.id);
    const [address, title, kind] = pages[page];
    const held = share(new Set(ofPage.flatMap(passage => [...passage.slots.keys()])));
    const sum = ofPage.reduce((total, passage, place) => total + passage.worth / (place + 1), 0);
    const named = ofPage.find(passage => passage.sort === "t")?.share ?? 0;
    return { page, address, title, kind, held, worth: sum * held ** 2 * (1 + named) * OF_PAGES[kind], passages: ofPage };
  };

  // What is shown of a page: its best sentences, or a heading where there is none.
  const shown = page => {
    const best = Math.max(...page.passages.map(passage => passage.share));
    const text = page.passages.filter(passage => !"th".includes(passage.sort) && passage.share >= best * 0.7);
    return { ...page, passages: (text.length ? text : page.passages).slice(0, MOST_PASSAGES) };
  };

  book.finding.ask = query => {
    if (!words(query).length) return [];
    const { all, share, count } = found(query);
    const valuedPages = [...gather(share, count, withPhrases(query, all))].map(entry => valued(entry, share));
    const most = Math.max(0, ...valuedPages.map(page => page.held));
    return valuedPages
      .filter(page => page.held >= most * 0.6)
      .sort((one, other) => other.worth - one.worth || one.page - other.page)
      .slice(0, MOST_PAGES)
      .map(shown);
  };
})();
